"""Who gets a file, and how it is handed over (A08, A10, E16, E17, Q09)."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.files import access, download, storage
from portal.files.store import store
from portal.links import session, tokens
from tests.factories import member

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture(autouse=True)
def _tickets_of_brand_and_own_customer(monkeypatch):
    """Brand sees ticket 1 and 2, a customer the one of his link."""

    def resolver(actor, pk):
        return actor.is_brand or (actor.is_customer and actor.ticket_id == pk)

    monkeypatch.setattr(access, "_resolvers", {"ticket": resolver})


@pytest.fixture
def desk(client):
    client.force_login(member(Role.SERVICE_DESK))
    return client


def log(content=b"0123456789", name="trace.log", subject="ticket:1", **extra):
    return store(SimpleUploadedFile(name, content), subject, "log", SYSTEM, **extra)


def photo():
    out = BytesIO()
    Image.new("RGBA", (1200, 600), (31, 95, 191, 128)).save(out, "PNG")
    return store(SimpleUploadedFile("front.png", out.getvalue()), "ticket:1", "photo", SYSTEM)


def get(client, path, **headers):
    """The answer, read to its end, whereupon the client closes it; what was read stands in `.data`.

    Closing by hand would end PostgreSQL's connection in the midst of the test's transaction.
    """
    response = client.get(path, headers=headers)
    response.data = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def test_the_desk_reads_it_with_safe_headers(desk):
    response = get(desk, f"/files/{log().key}/")
    assert (response.status_code, response.data) == (200, b"0123456789")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Disposition"].startswith("attachment")
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/files/{0}/", "/files/{0}/thumb/"])
@pytest.mark.parametrize("who", [None, Role.TECHNICIAN, Role.PARTNER_MANAGER, Role.AUDITOR])
def test_a08_strangers_get_404(client, who, path):
    row = photo()
    if who:
        client.force_login(member(who))
    assert get(client, path.format(row.key)).status_code == 404
    assert get(client, path.format(row.key), Range="bytes=0-1").status_code == 404
    assert client.head(path.format(row.key)).status_code == 404


def test_a08_neither_row_number_nor_hash_nor_path_is_a_key(desk):
    row = log()
    for guess in (row.pk, row.sha256, "0" * 48, row.key[:-1], row.key.upper() + "x"):
        assert get(desk, f"/files/{guess}/").status_code == 404
    assert get(desk, f"/files/{storage.path_of(row.key)}/").status_code == 404


def test_a_subject_that_nobody_answers_for_is_closed(desk):
    assert get(desk, f"/files/{log(subject='secret:1').key}/").status_code == 404
    assert get(desk, f"/files/{log(subject='ticket:x').key}/").status_code == 404


@pytest.fixture
def customer(client, rf):
    """A browser that opened the link of ticket 1."""
    link = tokens.resolve(tokens.issue("ticket:1", "track", days=1, holder="张伟"), "track")
    request = rf.get("/")
    request.session = client.session
    session.remember(request, link)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client


def test_a_customer_reads_what_is_meant_for_him(customer):
    assert get(customer, f"/files/{log().key}/").status_code == 200
    assert get(customer, f"/files/{log(public=False).key}/").status_code == 404
    assert get(customer, f"/files/{log(subject='ticket:2').key}/").status_code == 404


def test_i02_a_revoked_link_closes_the_files_too(customer):
    row = log()
    tokens.revoke("ticket:1")
    assert get(customer, f"/files/{row.key}/").status_code == 404


def test_q09_a_replaced_file_is_refused(desk, settings):
    row = log()
    path = settings.MEDIA_ROOT / storage.path_of(row.key)
    path.write_bytes(b"9876543210")
    with pytest.raises(download.FileChanged), storage.open_file(row.key) as file:
        download.check(file, row)
    assert get(desk, f"/files/{row.key}/").status_code == 409
    path.unlink()
    assert get(desk, f"/files/{row.key}/").status_code == 404


@pytest.mark.parametrize(
    ("header", "status", "content", "span"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=" + ",".join(["0-0"] * 1000), 200, b"0123456789", None),
    ],
)
def test_e16_ranges(desk, header, status, content, span):
    response = get(desk, f"/files/{log().key}/", Range=header)
    assert (response.status_code, response.data, response.get("Content-Range")) == (status, content, span)
    if status == 206:
        assert response["Content-Length"] == str(len(content))


@pytest.mark.parametrize("name", ["故障 日志.log", 'a"b\r\nSet-Cookie: x=1.log', "x;filename=evil.bat.log"])
def test_e17_names_cannot_break_the_header(desk, name):
    header = get(desk, f"/files/{log(name=name).key}/")["Content-Disposition"]
    assert "\r" not in header
    assert "\n" not in header
    assert header.startswith("attachment; filename")
    assert header.count(";") == 1


def test_a_thumb_is_small_made_once_and_a_jpeg(desk, settings):
    row = photo()
    first = get(desk, f"/files/{row.key}/thumb/")
    with Image.open(BytesIO(first.data)) as small:
        assert (small.format, small.size) == ("JPEG", (360, 180))
    assert (settings.MEDIA_ROOT / storage.path_of(row.key, "thumbs/")).exists()
    storage.write_thumb(row.key, b"again")
    assert get(desk, f"/files/{row.key}/thumb/").data == first.data


def test_only_pictures_have_thumbs(desk):
    assert get(desk, f"/files/{log().key}/thumb/").status_code == 404


def test_pictures_and_pdfs_open_in_the_browser(desk):
    assert get(desk, f"/files/{photo().key}/")["Content-Disposition"].startswith("inline")
    pdf = store(SimpleUploadedFile("a.pdf", b"%PDF-1.7\n"), "ticket:1", "scan", SYSTEM)
    response = get(desk, f"/files/{pdf.key}/")
    assert response["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_nothing_is_written_by_reading(desk):
    assert desk.post(f"/files/{log().key}/").status_code == 405
