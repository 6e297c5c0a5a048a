"""Small drawn pictures: signatures, and devices as a customer would photograph them."""

from functools import cache
from io import BytesIO
from math import sin
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

#: How many different ones are drawn; more would only cost time.
KINDS = 8


def signature(random: Random) -> ContentFile:
    """A drawn signature as the customer's page would send it."""
    return ContentFile(_signature(random.randrange(KINDS)), name="signature.png")


def scan(random: Random) -> ContentFile:
    """The signed paper form, scanned by the desk."""
    return ContentFile(_scan(random.randrange(KINDS)), name="服务完成确认单.png")


def photo(random: Random, line: str, subject: str) -> ContentFile:
    """A device of that product line."""
    return ContentFile(_photo(line, random.randrange(KINDS)), name=f"{subject}.jpg")


def premises(random: Random, subject: str) -> ContentFile:
    """A corner of an outlet as an inspector photographs it."""
    return ContentFile(_premises(random.randrange(KINDS)), name=f"{subject}.jpg")


@cache
def _premises(kind: int) -> bytes:
    random = Random(f"premises{kind}")
    picture = Image.new("RGB", (640, 480), random.choice(("#dfe4e8", "#e8e2d6", "#d5dedb")))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 370, 640, 480), fill="#8b9298")
    draw.rectangle((60, 40, 580, 110), fill="#1b4f8f")
    draw.rectangle((90, 62, 90 + random.randint(200, 420), 88), fill="#f4f7fb")
    for index in range(3):
        left = 70 + index * 180 + random.randint(-12, 12)
        draw.rectangle((left, 170, left + 140, 372), fill="#f7f9fa", outline="#4a545c", width=4)
        draw.rectangle((left + 20, 200, left + 120, 260), fill=random.choice(("#c8d6e2", "#e3c9a8", "#b9d3bd")))
    draw.ellipse((500, 300, 560, 372), fill=random.choice(("#c0392b", "#37474f")))
    return _bytes(picture, "JPEG")


@cache
def _signature(kind: int) -> bytes:
    picture = Image.new("RGB", (240, 80), "white")
    _scribble(ImageDraw.Draw(picture), kind, (20, 40), 190)
    return _bytes(picture, "PNG")


@cache
def _scan(kind: int) -> bytes:
    picture = Image.new("RGB", (420, 594), "#fbfaf6")
    draw = ImageDraw.Draw(picture)
    for row in range(12):
        draw.rectangle((40, 60 + row * 34, 380, 94 + row * 34), outline="#555")
    _scribble(draw, kind, (240, 510), 120)
    draw.ellipse((80, 460, 180, 560), outline="#c0392b", width=4)
    return _bytes(picture, "PNG")


def _scribble(draw: ImageDraw.ImageDraw, kind: int, at: tuple[int, int], width: int) -> None:
    random = Random(kind)
    a, b = random.uniform(4, 9), random.uniform(11, 19)
    points = [(at[0] + x, at[1] + 16 * sin(x / a) + 9 * sin(x / b + kind) - x / 14) for x in range(0, width, 2)]
    draw.line(points, fill="#1b2a4a", width=3, joint="curve")


@cache
def _photo(line: str, kind: int) -> bytes:
    random = Random(f"{line}{kind}")
    wall = random.choice(("#c9d2d8", "#d8d2c4", "#b8c4bc"))
    picture = Image.new("RGB", (640, 480), wall)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 640, 480), fill="#7d8388")
    if line == "ESS":
        _cabinet(draw, random)
    elif line == "SWAP":
        _station(draw, random)
    else:
        _pile(draw, random, tall=line == "DC")
    return _bytes(picture, "JPEG")


def _pile(draw: ImageDraw.ImageDraw, random: Random, *, tall: bool) -> None:
    left, top = random.randint(200, 260), 70 if tall else 150
    draw.rounded_rectangle((left, top, left + 170, 390), 18, fill="#f4f6f8", outline="#39424c", width=4)
    draw.rectangle((left + 30, top + 30, left + 140, top + 100), fill="#11263c")
    lamp = random.choice(("#e53935", "#e53935", "#fbc02d"))
    draw.ellipse((left + 70, top + 120, left + 100, top + 150), fill=lamp)
    draw.arc((left + 120, top + 110, left + 300, 420), 200, 60, fill="#20262c", width=12)
    draw.rounded_rectangle((left + 255, 290, left + 300, 350), 8, fill="#20262c")


def _cabinet(draw: ImageDraw.ImageDraw, random: Random) -> None:
    for index in range(3):
        left = 110 + index * 145
        draw.rectangle((left, 90, left + 135, 395), fill="#eef1f2", outline="#4a545c", width=4)
        for row in range(6):
            draw.line((left + 20, 120 + row * 14, left + 115, 120 + row * 14), fill="#9aa4ab", width=4)
        lamp = "#e53935" if index == random.randrange(3) else "#43a047"
        draw.ellipse((left + 58, 230, left + 78, 250), fill=lamp)


def _station(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((60, 110, 580, 390), fill="#e9edf0", outline="#39424c", width=5)
    draw.rectangle((220, 200, 430, 390), fill="#2b3640")
    for index in range(4):
        colour = "#e53935" if index == random.randrange(4) else "#1e88e5"
        draw.rectangle((90, 150 + index * 55, 190, 190 + index * 55), fill=colour)
    draw.rounded_rectangle((250, 320, 400, 370), 14, fill="#90a4ae")


def _bytes(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **({"quality": 72} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue()
