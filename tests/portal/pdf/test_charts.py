"""Charts: escaped, repeatable, without script or address; they cope with nothing to show."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from portal.pdf import charts, svg

EVIL = "<script>alert(1)</script>\"'&"
QUARTERS = ["2026Q1", "2026Q2", "2026Q3"]


def all_charts(label=EVIL):
    return {
        "line": charts.line(QUARTERS, {label: [90, None, 95], "b": [1, 2, 3]}, unit="%", target=95, target_label=label,
                            title=label),
        "bar": charts.bar([label, "b"], [Decimal("1.5"), None], target=2, target_label=label, title=label),
        "stacked": charts.stacked(QUARTERS, {label: [10, 20, 30], "b": [1, None, 300]}, title=label),
        "donut": charts.donut({label: 3, "b": 0, "c": Decimal(5)}, title=label, centre_label=label),
        "against_target": charts.against_target([(label, 90, 95), ("b", None, 95), ("c", 3, None)], title=label),
        "bars": charts.bars([(label, 3)], title=label),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(all_charts()))
def test_a_chart_is_sound_xml_and_escapes_its_texts(name):
    drawn = all_charts()[name]
    root = ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    texts = [root.get("aria-label"), *(element.text for element in root.iter() if element.text)]
    assert any(text and text.startswith("<scr") for text in texts)


@pytest.mark.parametrize("name", sorted(all_charts()))
def test_a_chart_is_repeatable_and_loads_nothing(name):
    drawn = all_charts("合作伙伴")[name]
    assert drawn == all_charts("合作伙伴")[name]
    assert drawn.replace("http://www.w3.org/2000/svg", "").find("http") == -1
    assert "<style" not in drawn


@pytest.mark.parametrize(
    "drawn",
    [
        charts.line([], {}),
        charts.line(["a"], {"x": [None]}),
        charts.line(["a"], {"x": [5]}),
        charts.bar([], []),
        charts.stacked([], {}),
        charts.stacked(["a"], {"x": [0]}),
        charts.donut({}),
        charts.donut({"a": 0}),
        charts.donut({"a": 5}),
        charts.against_target([]),
        charts.against_target([("a", 0, 0)]),
    ],
)
def test_a_chart_with_little_or_nothing_to_show_is_drawn(drawn):
    ElementTree.fromstring(drawn)
    assert "nan" not in drawn


def test_a_missed_target_is_red_and_a_kept_one_is_not():
    assert svg.TARGET in charts.against_target([("a", 90, 95)])
    assert svg.TARGET not in charts.against_target([("a", 95, 95)])
    assert svg.TARGET in charts.against_target([("a", 5, 3)], higher_is_better=False)


def test_many_labels_are_thinned_out():
    labels = [f"2026-{n:02d}-15" for n in range(1, 41)]
    drawn = charts.line(labels, {"x": list(range(40))})
    assert 3 <= sum(label in drawn for label in labels) < 20


def test_ticks_are_round_and_hold_the_values():
    assert svg.ticks(0, 97) == [0, 20, 40, 60, 80, 100]
    assert svg.ticks(5, 5) == [5, 5.2, 5.4, 5.6, 5.8, 6]
    assert svg.ticks(0, 1234)[-1] >= 1234


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (1284, "1,284"), (Decimal("96.40"), "96.4"), (0, "0"), (1 / 3, "0.33")]
)
def test_numbers_are_written_short(value, words):
    assert svg.plain(value) == words


def test_long_words_are_cut():
    assert svg.shorten("上海明远汽车服务有限公司", 60) == "上海明远…"
    assert svg.shorten("短", 60) == "短"
