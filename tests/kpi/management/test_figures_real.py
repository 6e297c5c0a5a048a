"""The 311 log through `figures --json`: every number of its reference.json, to 6 decimals (R102)."""

import json
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.conftest import shared_data

MAPPING = Path(__file__).resolve().parents[3] / "docs" / "examples" / "service_requests_311.toml"
WHOLE = ("--from", "2014-01-01", "--to", "2019-12-31")
NAMES = {"n": "n_valid", "median": "median_h", "p90": "p90_h"} | {f"within_{h}h": f"within_{h}h" for h in (24, 48, 72)}


def answer(*arguments):
    out = StringIO()
    call_command("figures", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def agree(found, expected):
    for name, other in NAMES.items():
        assert found[name] == pytest.approx(expected[other], abs=1e-6), name


def on_time(found, expected):
    figure = found["on_time_by_source"]
    assert (figure["numerator"], figure["denominator"]) == (expected["on_time_num"], expected["on_time_den"])
    assert figure["value"] == pytest.approx(expected["on_time_rate"], abs=1e-6)


@pytest.mark.django_db
def test_figures_agree_with_the_reference():
    expected = json.loads(shared_data("service_requests_311/reference.json").read_text(encoding="utf-8"))[
        "no_duplicates"
    ]
    log = shared_data("service_requests_311/311_sample.csv")
    call_command("import_log", str(log), "--mapping", str(MAPPING), stdout=StringIO(), stderr=StringIO())
    check_whole(expected)
    for name in ("2014Q1", "2016Q2", "2018Q4", "2019Q1"):
        check_quarter(answer(name), expected["quarters"][name])
    for agency, figures in list(expected["by_agency"].items())[:5]:
        agree(answer(*WHOLE, "--partner", agency)["distributions"]["resolution_hours"], figures)


def check_whole(expected):
    found = answer(*WHOLE, "--by", "channel", "--by", "partner", "--by", "category")
    assert found["tickets"] == expected["resolution"]["n_all"]
    agree(found["distributions"]["resolution_hours"], expected["resolution"])
    on_time(found, expected["on_time"])
    words = tomllib.loads(MAPPING.read_text(encoding="utf-8"))["values"]["channel"]
    channels = {group["key"]: group for group in found["by"]["channel"]}
    for name, figures in expected["by_channel"].items():
        agree(channels[words[name]]["distributions"]["resolution_hours"], figures)
    agencies = {group["name"]: group for group in found["by"]["partner"]}
    for name, figures in expected["by_agency"].items():
        agree(agencies[name]["distributions"]["resolution_hours"], figures)
    counts = {group["key"]: group["tickets"] for group in found["by"]["category"]}
    assert counts == expected["portal_category_counts"]


def check_quarter(found, expected):
    """Shares as known at the freezing, durations of all that is known by now."""
    agree(found["distributions"]["resolution_hours"], expected)
    on_time(found, expected)
    rate = found["figures"]["resolution_rate"]
    assert (rate["numerator"], rate["denominator"]) == (expected["resolved_by_freeze"], expected["received"])
    assert rate["value"] == pytest.approx(expected["resolution_rate_at_freeze"], abs=1e-6)
