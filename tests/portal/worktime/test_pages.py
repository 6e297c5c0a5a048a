"""Calendars in the admin: list, month, year, drafts, review, sheet (workflow.md, rule 9)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.kernel import clock
from portal.worktime.choices import DayKind, DraftState
from portal.worktime.models import BRAND, Calendar, CalendarDay, CalendarPlan
from portal.worktime.queries import brand_calendar
from tests import factories as make
from tests.factories.calendar import day_row, fresh, make_calendar, override

pytestmark = pytest.mark.django_db
DAY = date(2035, 3, 7)


@pytest.fixture
def mary(client, brand_manager):
    client.force_login(brand_manager)
    return client


@pytest.fixture
def second(brand, client):
    user = make.member("brand_manager", brand, name="Max")

    def enter():
        client.force_login(user)
        return client

    return enter


def entry(**said):
    """What is typed for a day."""
    return {"calendar": "brand", "day": str(DAY), "kind": "rest", "reason": "盘点", "source": "通知", **said}


def page(name, *args):
    return reverse(f"admin:worktime_{name}", args=args)


@pytest.mark.parametrize("role", ["brand_manager", "service_desk", "auditor", "administrator"])
def test_readers_open_every_page_and_managers_alone_add(client, request, role):
    client.force_login(request.getfixturevalue(role))
    reads, adds = role != "administrator", role == "brand_manager"
    calendar = fresh(BRAND)
    for name, args in (
        ("calendar_changelist", ()), ("calendarday_changelist", ()), ("calendarplan_changelist", ()),
        ("calendarversion_changelist", ()), ("calendar_change", (calendar.pk,)),
        ("month", (calendar.pk,)), ("year", (calendar.pk,)),
    ):  # fmt: skip
        assert client.get(page(name, *args)).status_code in ((200,) if reads else (403, 404)), name
    for name in ("calendar", "calendarday", "calendarplan"):
        assert client.get(page(f"{name}_add")).status_code == (200 if adds else 403)


def test_the_month_shows_kinds_hours_and_sources(mary):
    answer = mary.get(page("month", fresh(BRAND).pk), {"month": "2026-10"})
    text = answer.content.decode()
    assert "国庆节" in text
    assert "调休上班日" in text
    assert "09:00-18:00" in text
    assert "国务院通知" in text
    assert dict(answer.context["legend"])[DayKind.MAKEUP] == 1
    assert text.count('class="cal-cell"') == 31


def test_a_year_that_is_not_announced_says_so(mary):
    calendar = fresh(BRAND).pk
    assert "尚未公布" in mary.get(page("year", calendar), {"year": "2027"}).content.decode()
    assert "尚未公布" not in mary.get(page("year", calendar), {"year": "2026"}).content.decode()
    assert "尚未公布" in mary.get(page("month", calendar), {"month": "2027-05"}).content.decode()


@pytest.mark.parametrize("month", ["", "2026-13", "x", "0001-01", "9999-12"])
def test_an_address_that_makes_no_sense_shows_this_month(mary, month):
    answer = mary.get(page("month", fresh(BRAND).pk), {"month": month})
    assert answer.context["month"].first == clock.today().replace(day=1)


def test_a_days_cell_leads_to_a_new_entry_which_is_a_draft_until_a_second_person_agrees(mary, second):
    calendar = fresh(BRAND)
    text = mary.get(page("month", calendar.pk), {"month": "2035-03"}).content.decode()
    address = f"{page('calendarday_add')}?calendar=brand&amp;day=2035-03-07"
    assert address in text
    form = mary.get(address.replace("&amp;", "&")).context["adminform"].form
    assert (form.initial["calendar"], form.initial["day"]) == ("brand", "2035-03-07")
    said = {
        "calendar": "brand",
        "day": str(DAY),
        "kind": "working",
        "windows": "10:00-12:00，13:00-15:00",
        "reason": "盘点",
    }
    assert mary.post(page("calendarday_add"), said).status_code == 200  # no source, no entry
    assert mary.post(page("calendarday_add"), said | {"source": "公司通知"}).status_code == 302
    row = CalendarDay.objects.get()
    assert (row.windows, row.state, row.author.name) == ([["10:00", "12:00"], ["13:00", "15:00"]], "draft", "Mary")
    assert "盘点" in mary.get(page("calendar_change", calendar.pk)).content.decode()
    deed = page("calendar_deed", calendar.pk, "publish")
    assert mary.post(deed).status_code == 403
    assert second().post(deed).status_code == 302
    assert brand_calendar().day_kind(DAY).windows == ((600, 720), (780, 900))
    row.refresh_from_db()
    assert row.state == DraftState.IN_FORCE


def test_hours_that_cannot_be_read_stay_and_say_why(mary):
    said = {
        "calendar": "brand",
        "day": str(DAY),
        "kind": "working",
        "windows": "nine to five",
        "reason": "x",
        "source": "y",
    }
    answer = mary.post(page("calendarday_add"), said)
    assert answer.status_code == 200
    assert "nine to five" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_day_that_has_begun_is_refused_at_its_field(mary):
    said = entry(day=str(clock.today()))
    answer = mary.post(page("calendarday_add"), said)
    assert answer.status_code == 200
    assert "已经开始" in answer.content.decode()


def test_a_plan_is_typed_as_hours_a_weekday(mary):
    week = dict.fromkeys(["monday", "tuesday", "wednesday", "thursday", "friday"], "08:30-12:00, 13:00-17:30")
    said = {
        "calendar": "brand",
        "since": str(DAY),
        "windows": "08:30-17:30",
        "with_holidays": "on",
        "reason": "夏令",
        "source": "通知",
    }
    assert mary.post(page("calendarplan_add"), said | week | {"saturday": "", "sunday": ""}).status_code == 302
    plan = CalendarPlan.objects.get(since=DAY)
    assert plan.weekly[0] == [["08:30", "12:00"], ["13:00", "17:30"]]
    assert plan.weekly[6] == []
    assert mary.get(page("calendarplan_change", plan.pk)).status_code == 200
    assert mary.post(page("calendarplan_add"), {**said, "since": "2036-01-01"}).status_code == 200  # no hours at all


def test_an_entry_is_taken_out_with_a_reason(mary):
    override(DAY)
    row = CalendarDay.objects.get()
    assert mary.post(page("calendarday_deed", row.pk, "take_out"), {"reason": "取消"}).status_code == 302
    row.refresh_from_db()
    assert row.state == DraftState.LEAVING


def test_a_draft_is_discarded_with_a_reason(mary):
    override(DAY)
    CalendarDay.objects.update(state=DraftState.DRAFT, reason="x")
    deed = page("calendar_deed", fresh(BRAND).pk, "discard")
    assert mary.post(deed, {"reason": ""}).status_code == 400
    assert mary.post(deed, {"reason": "不用了"}).status_code == 302
    assert CalendarDay.objects.get().reason == "盘点"


def sheet(*rows, head="日期,日历,日期类型,工作时段,原因,来源"):
    return SimpleUploadedFile("2027.csv", "\n".join([head, *rows]).encode(), "text/csv")


def take(client, *rows):
    answer = client.post(page("calendarday_sheet_import"), {"file": sheet(*rows)})
    token = answer.context.get("token") if answer.context else ""
    return client.post(page("calendarday_sheet_confirm"), {"token": token}) if token else answer


def test_a_newly_announced_year_is_one_sheet(mary, second):
    days = [date(2035, 10, 1) + timedelta(days=n) for n in range(11)]
    rows = [f"{day},,statutory,,国庆节,国办发明电〔2034〕9号" for day in days]
    assert take(mary, *rows, "2035-10-13,,makeup,,调休上班日,国办发明电〔2034〕9号").status_code == 302
    assert CalendarDay.objects.filter(state=DraftState.DRAFT, author__name="Mary").count() == 12
    assert not brand_calendar().official(2035)
    second().post(page("calendar_deed", fresh(BRAND).pk, "publish"))
    assert brand_calendar().official(2035)
    assert brand_calendar().day_kind(date(2035, 10, 13)).kind == DayKind.MAKEUP


def test_a_wrong_row_is_told_with_its_place_and_nothing_is_taken(mary):
    wrong = (f"{clock.today()},brand", f"{DAY},brand", "2035-03-09,nowhere")
    rows = [f"{where},rest,,盘点,通知" for where in (f"{DAY},brand", *wrong)]
    answer = take(mary, *rows, "2035-03-10,,working,9 to 5,盘点,通知")
    assert {problem.line for problem in answer.context["problems"]} == {3, 4, 5, 6}
    assert not CalendarDay.objects.exists()


def test_what_was_exported_comes_back_unchanged(mary):
    make_calendar("a")
    override(DAY)
    override(DAY, DayKind.WORKING, "a", windows=[["10:00", "12:00"]])
    answer = mary.post(page("calendarday_sheet_export"), {"kind": "csv", "purpose": "备份"})
    text = b"".join(answer.streaming_content)
    back = mary.post(page("calendarday_sheet_import"), {"file": SimpleUploadedFile("x.csv", text, "text/csv")})
    outcome = back.context["outcome"]
    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.problems) == (0, 0, 2, [])


def test_lists_cost_a_fixed_number_of_queries(mary, django_assert_max_num_queries):
    for n in range(5):
        make_calendar(f"c{n}")
        override(DAY + timedelta(days=n), code=f"c{n}")
    for name in ("calendar", "calendarday", "calendarplan", "calendarversion"):
        with django_assert_max_num_queries(12):
            mary.get(page(f"{name}_changelist"))
    with django_assert_max_num_queries(12):
        mary.get(page("year", fresh(BRAND).pk))


def test_a_calendar_in_force_keeps_its_code_and_zone(mary):
    calendar = make_calendar("a")
    mary.post(page("calendar_change", calendar.pk), {"name": "新名", "code": "b", "zone": "Europe/Berlin"})
    assert (fresh("a").name, fresh("a").zone) == ("新名", "Asia/Shanghai")


def test_a_change_on_the_page_of_a_day_is_a_draft_again(mary):
    override(DAY)
    row = CalendarDay.objects.get()
    said = {"day": str(DAY), "kind": "rest", "reason": "停电", "source": "通知"}
    assert mary.post(page("calendarday_change", row.pk), said).status_code == 302
    row.refresh_from_db()
    assert (row.reason, row.state) == ("停电", DraftState.DRAFT)
    assert brand_calendar().day_kind(DAY).name == "盘点"


def test_the_working_copy_is_drafted_by_nobody_else(client, service_desk):
    client.force_login(service_desk)
    assert client.post(page("calendarday_add"), {}).status_code == 403
    day_row(DAY)


@pytest.mark.parametrize("party", ["partner", "outlet", "customer"])
def test_a_party_names_a_calendar_that_is_in_force(mary, client, side_a, served, service_desk, party):
    make_calendar("own")
    Calendar.objects.create(code="later", name="以后")
    row = served.customer if party == "customer" else getattr(side_a, party)
    app = "tickets" if party == "customer" else "partners"
    address = reverse(f"admin:{app}_{party}_change", args=[row.pk])
    field = mary.get(address).context["adminform"].form.fields["calendar"]
    assert set(field.queryset.values_list("code", flat=True)) == {BRAND, "own"}
    if party == "customer":
        client.force_login(service_desk)
        assert "calendar" not in client.get(address).context["adminform"].form.fields
