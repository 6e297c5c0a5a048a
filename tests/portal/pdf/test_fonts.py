"""The cut fonts: what they hold, and what happens without them."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal.pdf import fonts

MADE = Path("var/fonts/PortalSans-Regular.ttf")


def test_the_characters_of_gb2312_and_latin_are_kept():
    points = fonts.code_points()
    assert {ord(c) for c in "工单受理诊断解决回访，。（）①A é喆㎡"} <= points
    assert 7000 < len(points) < 9000


def test_without_the_files_there_are_no_rules(tmp_path):
    assert fonts.faces(tmp_path) == ""
    assert fonts.faces(None) == ""


def test_a_rule_for_each_file_that_is_there(tmp_path):
    (tmp_path / "PortalSans-Bold.ttf").touch()
    assert "font-weight: 700" in fonts.faces(tmp_path)
    assert "Regular" not in fonts.faces(tmp_path)


def test_making_keeps_what_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "find_source", lambda style: None)
    (tmp_path / "PortalSans-Bold.ttf").touch()
    assert fonts.make(tmp_path) == [tmp_path / "PortalSans-Bold.ttf"]


@pytest.mark.skipif(not MADE.exists(), reason="the cut fonts were not made (python -m portal.pdf.fonts var/fonts)")
def test_the_made_font_is_small_truetype_under_its_own_name():
    with TTFont(MADE) as font:
        assert font["name"].getDebugName(1) == fonts.FAMILY
        assert "glyf" in font
        assert ord("修") in font.getBestCmap()
    assert MADE.stat().st_size < 4_000_000
