"""The provinces as addresses name them (R182)."""

from tickets.rules.region import REGIONS


def test_every_province_stands_there_once():
    assert len(REGIONS) == len(set(REGIONS)) == 34
    assert {"上海市", "新疆维吾尔自治区", "香港特别行政区"} <= set(REGIONS)
