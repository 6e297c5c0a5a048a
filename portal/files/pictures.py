"""Pictures: looked at by their header first, then written anew without what the camera added (E04, E12)."""

from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from portal.files.limits import MAX_PIXELS
from portal.kernel.errors import InvalidInput

# Pillow's own net, should a picture reach it by another way.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

THUMB_SIDE = 360
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_TOO_MANY = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError)


def check_header(file: IO[bytes], name: str) -> None:
    """Refuse from the header, before a pixel is decoded. Raises InvalidInput."""
    file.seek(0)
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            width, height = picture.size
    except _TOO_MANY:
        width, height = MAX_PIXELS, 2
    except _DAMAGED as error:
        raise _damaged(name) from error
    finally:
        file.seek(0)
    if width * height > MAX_PIXELS:
        raise InvalidInput(
            _(
                "“%(name)s” has more than %(limit)d million pixels. Take it again at a smaller picture size, "
                "or send a part of it."
            )
            % {"name": name, "limit": MAX_PIXELS // 1_000_000}
        )


def rewritten(file: IO[bytes], name: str) -> tuple[BytesIO, str]:
    """The picture upright, without EXIF, comments or hidden parts; and its new content type. Raises InvalidInput."""
    check_header(file, name)
    # WeasyPrint turns this on for the whole process when it is imported: half a picture would pass as whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(file, formats=_FORMATS) as source:
            kind = "PNG" if source.format == "GIF" else source.format or "PNG"
            picture = ImageOps.exif_transpose(source)
            out = BytesIO()
            _plain(picture, kind).save(out, kind, **({"quality": 88} if kind in ("JPEG", "WEBP") else {}))
    except (*_TOO_MANY, *_DAMAGED) as error:
        raise _damaged(name) from error
    out.seek(0)
    return out, Image.MIME[kind]


def thumbnail(file: IO[bytes]) -> bytes:
    """A small JPEG of a stored picture."""
    with Image.open(file, formats=_FORMATS) as source:
        source.draft("RGB", (THUMB_SIDE * 2, THUMB_SIDE * 2))
        picture = source.convert("RGBA") if source.mode in ("P", "LA", "PA", "RGBA") else source.convert("RGB")
    picture.thumbnail((THUMB_SIDE, THUMB_SIDE))
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    """Only the pixels, in a mode that the format can write."""
    seen = picture.mode in ("P", "LA", "PA", "RGBA", "RGBa", "La") and kind != "JPEG"
    picture = picture.convert("RGBA" if seen else "L" if picture.mode in ("1", "L") else "RGB")
    picture.info.clear()
    return picture


def _damaged(name: str) -> InvalidInput:
    return InvalidInput(
        _("“%(name)s” is damaged: it cannot be read as a picture. Save it again, then upload it.") % {"name": name}
    )
