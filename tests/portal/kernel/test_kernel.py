"""The small things that everything else stands on."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from threading import Thread
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import canonical, clock
from portal.kernel.choices import ColouredChoices
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.money import yuan
from portal.kernel.quarter import Quarter
from portal.kernel.verdict import ALLOWED, Allowed, Denied, first_denied

MIDNIGHT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # the new year begins in Shanghai


def test_travel_ends_and_nests():
    with clock.travel(MIDNIGHT):
        assert clock.now() == MIDNIGHT
        assert clock.today() == date(2027, 1, 1)
        with clock.travel(MIDNIGHT + timedelta(days=1)):
            assert clock.today() == date(2027, 1, 2)
        assert clock.now() == MIDNIGHT
    assert clock.now() != MIDNIGHT
    assert clock.now().tzinfo is UTC


def test_travel_needs_to_know_the_zone():
    with pytest.raises(ValueError), clock.travel(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_travel_takes_nobody_else_along():
    seen = []
    with clock.travel(MIDNIGHT):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen != [MIDNIGHT]


def test_a_quarter_begins_at_midnight_in_shanghai():
    quarter = Quarter(2027, 1)
    assert quarter.start == MIDNIGHT
    assert (quarter.first_day, quarter.last_day) == (date(2027, 1, 1), date(2027, 3, 31))
    assert Quarter.of(MIDNIGHT) == quarter
    assert Quarter.of(MIDNIGHT - timedelta(microseconds=1)) == quarter.previous()
    assert str(quarter.previous(2)) == "2026Q3"


@given(st.integers(2000, 2100), st.integers(1, 4), st.integers(-40, 40))
def test_quarters_are_seamless(year, number, steps):
    quarter = Quarter(year, number)
    assert quarter.end == quarter.next().start
    assert Quarter.parse(str(quarter)) == quarter
    assert quarter.next(steps).previous(steps) == quarter
    assert Quarter.from_index(quarter.index) == quarter


@pytest.mark.parametrize("text", ["", "2026", "2026Q0", "2026Q5", "Q1", "26Q1", "2026-Q1", "2026Q11"])
def test_other_writings_are_no_quarter(text):
    with pytest.raises(InvalidInput) as refused:
        Quarter.parse(text)
    assert refused.value.field == "quarter"


def test_canonical_form_does_not_depend_on_order_or_zone():
    there = MIDNIGHT.astimezone(timezone(timedelta(hours=8)))
    one = canonical.dumps({"b": Decimal("1.50"), "a": MIDNIGHT, "c": {"z": 1, "y": date(2026, 1, 2)}})
    two = canonical.dumps({"c": {"y": "2026-01-02", "z": 1}, "a": there, "b": Decimal("1.50")})
    assert one == two == b'{"a":"2026-12-31T16:00:00.000000Z","b":"1.50","c":{"y":"2026-01-02","z":1}}'


def test_canonical_form_keeps_chinese_as_it_is_and_refuses_what_has_none():
    assert canonical.text("工单") == '"工单"'
    assert canonical.plain({"id": UUID(int=1)}) == {"id": "00000000-0000-0000-0000-000000000001"}
    with pytest.raises(TypeError):
        canonical.dumps({1, 2})
    with pytest.raises(ValueError):
        canonical.dumps(float("nan"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_what_was_read_back_is_written_the_same(value):
    assert canonical.dumps(canonical.plain(value)) == canonical.dumps(value)


def test_a_verdict_is_an_answer_with_a_reason():
    no, late = Denied("not yours"), Denied("too late", wrong_state=True)
    assert bool(ALLOWED) is bool(Allowed()) is True
    assert bool(no) is False
    assert first_denied(ALLOWED, late, no) is late
    assert first_denied() is ALLOWED


@pytest.mark.parametrize(("error", "status"), [(Refused, 403), (Conflict, 409), (InvalidInput, 400)])
def test_errors_carry_their_words(error, status):
    assert (error("words").status, str(error("words"))) == (status, "words")


@pytest.mark.parametrize(("value", "rounded"), [("0.005", "0.01"), ("2.675", "2.68"), ("-0.005", "-0.01"), (3, "3.00")])
def test_money_rounds_as_an_invoice(value, rounded):
    assert str(yuan(value)) == rounded


def test_choices_know_their_colour():
    class Light(ColouredChoices):
        STOP = "stop", "red", "Stop"

    assert (Light.STOP, Light.STOP.colour, Light.STOP.label) == ("stop", "red", "Stop")
    assert Light.choices == [("stop", "Stop")]
