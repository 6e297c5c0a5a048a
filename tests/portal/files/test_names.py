"""Names made harmless (E02)."""

import pytest

from portal.files.names import ending_of, neutral


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("故障 照片.JPG", "故障 照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/absolute/a.png", "a.png"),
        ("a\x00b.png", "a b.png"),
        ("evil\u202egnp.exe", "evil gnp.exe"),
        ("trailing.dot.", "trailing.dot"),
        ("con.txt", "file_con.txt"),
        ("LPT1.log", "file_LPT1.log"),
        ("", "file"),
        ("...", "file"),
        (".htaccess", "htaccess"),
        ("\u200b.htaccess", "htaccess"),
        ('a"b<c>.txt', "a_b_c_.txt"),
    ],
)
def test_e02_names(name, shown):
    assert neutral(name, ending_of(shown)) == shown


def test_e02_a_long_name_keeps_its_ending():
    assert neutral("x" * 300 + ".png", "png") == "x" * 120 + ".png"


def test_the_ending_is_the_contents():
    assert neutral("photo.jpeg.php", "jpg") == "photo.jpeg.jpg"
