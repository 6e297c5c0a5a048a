"""How values are written on pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock
from portal.kernel.choices import ColouredChoices
from portal.webkit import show

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class State(ColouredChoices):
    OPEN = "open", "azure", _("Open")
    ODD = "odd", "javascript", "<b>"


@pytest.fixture(autouse=True)
def _english_at_noon():
    with translation.override("en"), clock.travel(NOON):
        yield


def test_a_badge_has_the_colour_and_label_of_its_choice():
    assert show.badge(State.OPEN) == '<span class="badge-state c-azure">Open</span>'
    assert show.badge("open", State) == show.badge(State.OPEN)


def test_a_badge_escapes_and_knows_only_the_palette():
    assert show.badge(State.ODD) == '<span class="badge-state c-secondary">&lt;b&gt;</span>'
    assert "&lt;i&gt;" in show.badge("<i>", State)


def test_no_value_draws_no_badge():
    assert show.badge(None) == ""
    assert show.badge("", State) == ""


def test_a_moment_is_shown_in_shanghai():
    assert show.moment(NOON) == '<time datetime="2026-11-22T12:00:00+08:00">2026-11-22 12:00</time>'
    assert show.moment(NOON, "short").endswith(">11-22 12:00</time>")
    assert show.moment(date(2026, 1, 2)) == '<time datetime="2026-01-02">2026-01-02</time>'
    assert show.moment(None) == ""


@pytest.mark.parametrize(
    ("minutes", "level", "words"),
    [
        (90, "calm", "1 h 30 min left"),
        (45, "soon", "45:00 left"),
        (10, "urgent", "10:00 left"),
        (-5, "over", "overdue by 05:00"),
        (-3000, "over", "overdue by 2 d 2 h"),
    ],
)
def test_a_countdown_says_what_is_left_and_how_pressing_it_is(minutes, level, words):
    drawn = show.due(NOON + timedelta(minutes=minutes))
    assert f'data-level="{level}"' in drawn
    assert words in drawn
    assert f'data-now="{int(NOON.timestamp())}"' in drawn


def test_the_colour_of_a_countdown_follows_the_fraction_that_is_left():
    start = NOON - timedelta(hours=9)
    assert show.level(NOON + timedelta(hours=1), start, NOON) == "urgent"
    assert show.level(NOON + timedelta(hours=10), start, NOON) == "calm"


def test_a_stopped_clock_shows_its_outcome():
    assert "on time" in show.due(NOON, stopped=NOON)
    assert "late by 1 h 0 min" in show.due(NOON, stopped=NOON + timedelta(hours=1))
    assert show.due(None) == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("010-12345678", "010*****5678"),
        ("12345", "***45"),
        ("1", "1"),
        ("", ""),
        (None, ""),
    ],
)
def test_telephone_numbers_are_masked(number, shown):
    assert show.masked_phone(number) == shown
