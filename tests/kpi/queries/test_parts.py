"""Parts supplied on time: by the quarter of the promise, once decided, with its denominator (R086, R090)."""

from datetime import date, timedelta

import pytest

from kpi.choices import Grouping
from kpi.queries.breakdown import breakdown, quarters
from kpi.queries.figures import figures
from kpi.queries.scope import BRAND, Scope
from kpi.rules.period import of_days, of_quarter
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests.cast import actor
from tests.factories.stock import SparePartFactory
from tests.kpi.cohort import at
from tickets.choices.part_request import RequestState as S
from tickets.models import PartRequest

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
NOW = at("2026-09-20 12:00")


@pytest.fixture(autouse=True)
def _in_september():
    with clock.travel(NOW):
        yield


@pytest.fixture
def add(side_a):
    part = SparePartFactory()

    def make(state, promised, until, end=None, outlet=side_a.outlet, **values):
        moment = at(promised)
        ends = {S.SUPPLIED: "supplied_at", S.CANCELLED: "cancelled_at"}
        given = {ends[state]: at(end)} if end else {}
        given |= {"cancel_reason": "停产"} if state == S.CANCELLED else {}
        return PartRequest.objects.create(
            number=f"BJ-{PartRequest.objects.count()}",
            outlet=outlet,
            part=part,
            quantity=1,
            author="Ann",
            requested_at=moment,
            promised_at=moment,
            promised_until=date.fromisoformat(until),
            state=state,
            **given,
            **values,
        )

    return make


def counted(scope=BRAND, period=None, **options):
    found = figures(scope, period or of_quarter(Q3), **options).figures["parts_on_time"]
    return found.numerator, found.denominator


def test_nothing_promised_is_no_data(db):
    assert figures(BRAND, of_quarter(Q3)).figures["parts_on_time"].value is None


def test_r086_what_counts_for_what(add):
    add(S.SUPPLIED, "2026-07-01 09:00", "2026-07-03", "2026-07-03 23:59")  # kept, to the last minute in Shanghai
    add(S.SUPPLIED, "2026-07-01 09:00", "2026-07-03", "2026-07-04 00:00")  # late by a minute
    add(S.SHIPPED, "2026-09-01 09:00", "2026-09-19")  # overdue
    add(S.PROMISED, "2026-09-01 09:00", "2026-09-20")  # not decided yet: today is its last day
    add(S.CANCELLED, "2026-09-01 09:00", "2026-09-10", "2026-09-10 12:00")  # withdrawn in time
    add(S.CANCELLED, "2026-09-01 09:00", "2026-09-10", "2026-09-11 12:00")  # withdrawn when the promise was broken
    add(S.SUPPLIED, "2026-06-30 23:59", "2026-07-02", "2026-07-01 09:00")  # promised in the quarter before
    assert counted() == (1, 4)
    assert counted(period=of_quarter(Q2)) == (1, 1)
    assert counted(period=of_days(date(2026, 9, 1), date(2026, 9, 1))) == (0, 2)


def test_a_closed_quarter_stands_still(add):
    late = add(S.SUPPLIED, "2026-03-30 09:00", "2026-04-05", "2026-05-20 09:00")
    add(S.SUPPLIED, "2026-03-30 09:00", "2026-06-05", "2026-05-20 09:00")  # undecided at the freezing
    assert counted(period=of_quarter(Quarter(2026, 1))) == (0, 1)
    late.delete()
    assert counted(period=of_quarter(Quarter(2026, 1))) == (0, 0)


def test_by_partner_outlet_month_and_quarter(add, side_a, side_b):
    from tests.kpi.cohort import add as add_fact  # noqa: PLC0415

    for side in (side_a, side_b):
        add_fact(side, "2026-07-02 09:00")
    add(S.SUPPLIED, "2026-07-01 09:00", "2026-07-03", "2026-07-03 10:00")
    add(S.SUPPLIED, "2026-07-01 09:00", "2026-07-03", "2026-07-09 10:00", outlet=side_b.outlet)
    assert [counted(Scope(partner=side.partner)) for side in (side_a, side_b)] == [(1, 1), (0, 1)]
    for by, of in ((Grouping.PARTNER, "partner"), (Grouping.OUTLET, "outlet")):
        groups = {group.key: group.figures["parts_on_time"] for group in breakdown(BRAND, of_quarter(Q3), by)}
        assert groups[getattr(side_a, of).pk].numerator == 1
        assert (groups[getattr(side_b, of).pk].numerator, groups[getattr(side_b, of).pk].denominator) == (0, 1)
    (month,) = breakdown(BRAND, of_quarter(Q3), Grouping.MONTH)
    assert (month.figures["parts_on_time"].numerator, month.figures["parts_on_time"].denominator) == (1, 2)
    assert quarters(BRAND, Q3)[Q3].figures["parts_on_time"].denominator == 2


def test_a_figure_counts_what_its_reader_sees(add, side_a, side_b):
    ann = side_a.technicians[0].user
    add(S.SUPPLIED, "2026-07-01 09:00", "2026-07-03", "2026-07-03 10:00", requested_by=ann)
    add(S.SUPPLIED, "2026-07-01 09:00", "2026-07-03", "2026-07-03 10:00")
    people = (side_a.manager, ann, side_a.technicians[1].user, side_b.manager)
    assert [counted(actor=actor(user)) for user in people] == [(2, 2), (1, 1), (0, 0), (0, 0)]
    assert NOW - clock.now() == timedelta(0)
