"""What is taken in, what is refused and in which words, and that nothing stays behind."""

import base64
import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from PIL import Image

from portal.accounts.actor import Actor
from portal.files import storage
from portal.files.limits import LIMITS, MB
from portal.files.models import Attachment
from portal.files.store import check, kind_of, store, store_data_url
from portal.kernel.errors import InvalidInput

ACTOR = Actor.system("test")


def picture(kind="JPEG", size=(40, 20), name="photo.jpg", **save):
    out = BytesIO()
    Image.new("RGB", size, "#1f5fbf").save(out, kind, **save)
    return SimpleUploadedFile(name, out.getvalue())


def files_on_disk(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] if settings.MEDIA_ROOT.exists() else []


def stored(row):
    with storage.open_file(row.key) as file:
        return file.read()


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03\x00", b"<html><body>hello</body></html>"])
def test_a_file_of_no_kind_is_told_all_that_is_taken(content):
    upload = SimpleUploadedFile("report.pdf", content)
    with translation.override("en"), pytest.raises(InvalidInput) as refused:
        kind_of(upload)
    for words in ("a picture (JPEG", "a video (MP4", "a document (PDF", " or a log file (text"):
        assert words in str(refused.value)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings


@pytest.mark.django_db
def test_a_photo_is_kept_under_a_random_key(media):
    row = store(picture(), "ticket:1", "photo", ACTOR)
    (path,) = files_on_disk(media)
    assert path.relative_to(media.MEDIA_ROOT).as_posix() == f"{row.key[:2]}/{row.key[2:]}"
    assert len(row.key) * 4 >= 128
    assert row.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (row.content_type, row.size, row.uploaded_by) == ("image/jpeg", path.stat().st_size, "test")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("photo.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "photo"),
        ("photo.jpg", b"<?php system($_GET['c']); ?>", "photo"),
        ("photo.png", b"\n\t <html><body>hello</body></html>", "scan"),
        ("report.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "document"),
        ("report.exe", b"%PDF-1.7\n%\xe2\xe3", "document"),
        ("trace.log", b"<html><body>hello</body></html>", "log"),
        ("trace.log", b"\x00\x01\x02\x03", "log"),
        ("film.mp4", b"PK\x03\x04rest", "video"),
    ],
)
def test_e01_content_and_name_must_agree(media, name, content, kind):
    with pytest.raises(InvalidInput) as refusal:
        store(SimpleUploadedFile(name, content), "ticket:1", kind, ACTOR)
    assert name in str(refusal.value)
    assert not files_on_disk(media)


def test_e01_the_declared_type_counts_too():
    upload = SimpleUploadedFile("trace", b"12:00 start\n", content_type="image/jpeg")
    with pytest.raises(InvalidInput):
        check(upload, "log")


def test_e04_too_many_pixels_are_refused_from_the_header():
    bomb = BytesIO()
    Image.new("1", (13_300, 13_300)).save(bomb, "PNG", optimize=True)
    assert len(bomb.getvalue()) < MB
    with pytest.raises(InvalidInput, match="50"):
        check(SimpleUploadedFile("huge.png", bomb.getvalue()), "photo")


def test_e04_just_above_the_limit():
    out = BytesIO()
    Image.new("1", (10_000, 5_001)).save(out, "PNG")
    with pytest.raises(InvalidInput, match="50"):
        check(SimpleUploadedFile("wide.png", out.getvalue()), "photo")


@pytest.mark.django_db
def test_e12_what_the_camera_added_is_gone_and_the_picture_stands_upright(media):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    row = store(picture(exif=exif), "ticket:1", "photo", ACTOR)
    content = stored(row)
    with Image.open(BytesIO(content)) as kept:
        assert kept.size == (20, 40)
        assert not dict(kept.getexif())
    assert b"SECRET-CAMERA" not in content


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name", "expected"), [("PNG", "a.png", "image/png"), ("GIF", "a.gif", "image/png")])
def test_pictures_come_out_as_what_they_are(media, kind, name, expected):
    row = store(picture(kind, name=name), "ticket:1", "photo", ACTOR)
    assert row.content_type == expected
    assert row.name == "a.png"


@pytest.mark.django_db
def test_transparency_survives(media):
    out = BytesIO()
    Image.new("LA", (5, 5), (100, 0)).save(out, "PNG")
    row = store(SimpleUploadedFile("a.png", out.getvalue()), "ticket:1", "signature", ACTOR)
    with Image.open(BytesIO(stored(row))) as kept:
        assert kept.mode == "RGBA"
        assert kept.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_40_mb_photo_is_refused_with_limit_and_remedy(language):
    upload = SimpleUploadedFile("big.jpg", b"\xff\xd8\xff")
    upload.size = 40 * MB
    with translation.override(language), pytest.raises(InvalidInput) as refusal:
        check(upload, "photo")
    assert "40.0 MB" in str(refusal.value)
    assert "20 MB" in str(refusal.value)
    assert str(LIMITS["photo"].remedy)


def test_an_empty_file_is_refused():
    with pytest.raises(InvalidInput):
        check(SimpleUploadedFile("a.jpg", b""), "photo")


def test_heic_is_refused_with_the_way_out():
    with pytest.raises(InvalidInput, match="HEIC"):
        check(SimpleUploadedFile("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00"), "photo")


@pytest.mark.django_db
def test_a_cut_picture_is_refused(media):
    whole = picture("PNG", (300, 300), "a.png").read()
    with pytest.raises(InvalidInput):
        store(SimpleUploadedFile("a.png", whole[: len(whole) // 2]), "ticket:1", "photo", ACTOR)
    assert not files_on_disk(media)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["2026-11-22 启动\n".encode(), "故障码 P0A80\n".encode("gb18030"), b"\xff\xfea\x00"])
def test_logs_in_any_encoding(media, text):
    row = store(SimpleUploadedFile("trace.log", text), "ticket:1", "log", ACTOR, public=False)
    assert (row.content_type, row.name, row.public) == ("text/plain", "trace.log", False)


def store_and_fail():
    with transaction.atomic():
        row = store(picture(), "ticket:1", "photo", ACTOR)
        assert stored(row)
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_file_away(media):
    with pytest.raises(ZeroDivisionError):
        store_and_fail()
    assert not files_on_disk(media)
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_commit_keeps_it_also_when_another_hook_fails(media):
    def fails():
        raise RuntimeError

    def change():
        with transaction.atomic():
            transaction.on_commit(fails)
            store(picture(), "ticket:1", "photo", ACTOR)

    with pytest.raises(RuntimeError):
        change()
    assert len(files_on_disk(media)) == Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_only_the_savepoint_that_failed_loses_its_file(media):
    with transaction.atomic():
        kept = store(picture(), "ticket:1", "photo", ACTOR)
        with pytest.raises(ZeroDivisionError):
            store_and_fail()
    assert stored(kept)
    assert len(files_on_disk(media)) == 1


@pytest.mark.django_db
def test_a_drawn_signature(media):
    drawn = "data:image/png;base64," + base64.b64encode(picture("PNG").read()).decode()
    row = store_data_url(drawn, "ticket:1", "signature", ACTOR)
    assert (row.kind, row.content_type, row.name) == ("signature", "image/png", "signature.png")


@pytest.mark.parametrize(
    "text", ["", "data:image/png;base64,@@@", "data:text/html;base64,PGI+", "data:image/png;base64," + "A" * 2_000_000]
)
def test_a_broken_signature_is_refused(text):
    with pytest.raises(InvalidInput):
        store_data_url(text, "ticket:1", "signature", ACTOR)
