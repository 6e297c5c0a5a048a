"""Versions of agreements, their service levels, duty turns, rungs and customers' calendars by sheet."""

from datetime import timedelta

import pytest

from portal.exchange import running
from portal.exchange.registry import resource_for
from portal.exchange.sheet import Sheet
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.worktime.models import Calendar, CalendarPlan
from tests.cast import actor
from tests.factories import agreement, calendar
from tickets.choices.agreement import AgreementState
from tickets.models import AgreementLine, AgreementVersion, Customer, DutyTurn, LadderRung


@pytest.fixture
def take(service_desk):
    def run(model, headers, *rows, user=service_desk):
        sheet = Sheet(headers.split(","), [list(row) for row in rows], list(range(2, len(rows) + 2)))
        return running.take(resource_for(model)(actor(user)), sheet)

    return run


def places(outcome):
    return [(problem.line, str(problem.column)) for problem in outcome.problems]


VERSION = "code,reason,valid_from,valid_until,tier"


def test_r187_a_new_line_drafts_the_next_version_of_an_agreement(take, served):
    held = agreement.AgreementVersionFactory(agreement=served.agreement)
    agreement.AgreementLineFactory(version=held, number="3")
    first = clock.today() + timedelta(days=5)
    row = ("FW-1/2", "延长", str(first), "2040-12-31", "")
    assert places(take(AgreementVersion, VERSION, ("FW-1/4", *row[1:]))) == [(2, "版本编码")]
    assert places(take(AgreementVersion, VERSION, ("FW-404/1", *row[1:])))[0] == (2, "版本编码")
    assert [line for line, _column in places(take(AgreementVersion, VERSION, ("FW-1/2", "", *row[2:])))] == [2]
    outcome = take(AgreementVersion, VERSION, row)
    assert outcome.new == 1, outcome.problems
    made = AgreementVersion.objects.get(number=2)
    assert (made.state, made.valid_until.year, made.tier, made.lines.get().number) == ("draft", 2040, "basic", "3")
    assert entries_for(served.agreement).last().facts["version"] == 2
    assert not take(AgreementVersion, "code,tier", ("FW-1/1", "advanced")).good
    assert take(AgreementVersion, "code,tier", ("FW-1/2", "advanced")).changed == 1


def test_r187_service_levels_go_into_a_draft_only(take, served):
    draft = agreement.AgreementVersionFactory(agreement=served.agreement, state=AgreementState.DRAFT)
    headers = "code,text,level,category,limit,unit,replaces"
    row = ("FW-1/1/3.1", "三十六小时内修复。", "resolution", "fault", "36", "hour", "R200")
    assert take(AgreementLine, headers, row).new == 1
    assert draft.lines.get().limit == 36
    for code in ("FW-1/7/1", "FW-1/x/1", "FW-1/1/", "FW-1"):
        assert places(take(AgreementLine, headers, (code, *row[1:])))[0] == (2, "条款编码")
    AgreementVersion.objects.update(state=AgreementState.SIGNED)
    assert not take(AgreementLine, "code,limit", ("FW-1/1/3.1", "48")).good
    assert draft.lines.get().limit == 36


TURN = "officer,since,until,regions"


def test_turns_of_duty_are_named_by_officer_and_moment(take, brand_manager, service_desk, ann):
    rows = [("mary", f"2026-07-0{day} 18:00", f"2026/7/{day} 22:00", "上海市") for day in (1, 2)]
    assert take(DutyTurn, TURN, *rows, user=brand_manager).new == 2
    assert take(DutyTurn, TURN, *rows, user=brand_manager).unchanged == 2
    later = ("mary", "2026/7/1 18:00", "2026-07-01 23:00", "上海市、浙江省")
    assert take(DutyTurn, TURN, later, user=brand_manager).changed == 1
    assert DutyTurn.objects.filter(officer=brand_manager).count() == 2
    overlapping = [
        ("dora", "2026-08-01 18:00", "2026-08-01 22:00", ""),
        ("dora", "2026-08-01 20:00", "2026-08-01 23:00", ""),
    ]
    for bad in (
        overlapping,
        [("dora", "2026-08-01 18:00", "2026-08-01 17:00", "")],
        [("dora", "", "2026-08-01 17:00", "")],
        [("ann", "2026-08-01 18:00", "2026-08-01 22:00", "")],
        [("dora", "2026-08-01 18:00", "2026-08-01 22:00", "月球")],
    ):
        outcome = take(DutyTurn, TURN, *bad, user=brand_manager)
        assert [place[0] for place in places(outcome)] == [len(bad) + 1], bad
    assert not DutyTurn.objects.filter(officer=service_desk).exists()


def test_rungs_come_in_and_go_out_of_use(take, brand_manager):
    headers = "audience,kind,category,percent,minutes_after,active"
    row = ["owner", "", "", "66", "", "是"]
    assert take(LadderRung, headers, row, user=brand_manager).new == 1
    assert take(LadderRung, headers, ["责任人", "", "", "66", "", "否"], user=brand_manager).changed == 1
    assert not LadderRung.objects.get(percent=66).active
    assert not take(LadderRung, headers, ["owner", "", "", "66", "5", "是"], user=brand_manager).good
    assert places(take(LadderRung, headers, row, row, user=brand_manager))[-1][0] == 3


def test_managers_name_the_calendar_of_a_customer_the_desk_does_not(take, brand_manager, customer):
    calendar.make_calendar("night")
    rows = ("C-1", "night")
    assert places(take(Customer, "code,calendar", rows)) == [(2, "工作日历")]
    assert take(Customer, "code,calendar", rows, user=brand_manager).changed == 1
    assert take(Customer, "code,calendar,active", (*rows, "否")).changed == 1
    customer.refresh_from_db()
    assert (customer.calendar_id, customer.active) == ("night", False)


def test_calendars_and_weekly_plans_are_drafted_by_sheet(take, brand_manager, partner_a):
    assert (
        take(
            Calendar,
            "code,name,organisation,zone",
            ("a-shop", "门店", partner_a.organisation.code, ""),
            user=brand_manager,
        ).new
        == 1
    )
    assert not take(Calendar, "code,name,zone", ("b-shop", "门店", "火星"), user=brand_manager).good
    headers = "calendar,since,weekday_1,weekday_6,windows,with_holidays,reason,source"
    row = ("a-shop", "2026-08-01", "09:00-12:00, 13:00-18:00", "", "09:00-18:00", "是", "门店时间", "通知")
    assert take(CalendarPlan, headers, row, user=brand_manager).new == 1
    plan = CalendarPlan.objects.get(calendar="a-shop")
    assert (plan.state, plan.weekly[0], plan.weekly[5]) == ("draft", [["09:00", "12:00"], ["13:00", "18:00"]], [])
    assert take(CalendarPlan, headers, (*row[:3], "10:00-16:00", *row[4:]), user=brand_manager).changed == 1
    assert places(take(CalendarPlan, headers, (*row[:2], "", "", *row[4:]), user=brand_manager))[0][0] == 2
    assert not take(CalendarPlan, headers, (*row[:2], "25:00", "", *row[4:]), user=brand_manager).good
