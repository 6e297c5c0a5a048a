"""Who is there: a duty roster, people on leave with deputies, calendars of brand and partner; then what was warned."""

from datetime import date, datetime, time, timedelta
from random import Random

from partners.actions import absence
from partners.choices.absence import AbsenceReason
from partners.models import Partner, Staff
from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.demo import accounts
from portal.demo.network import SYSTEM, Network
from portal.kernel import clock
from portal.worktime import actions as worktime
from portal.worktime.choices import DayKind
from portal.worktime.models import BRAND, Calendar, CalendarDay, CalendarPlan
from tickets.actions import warning
from tickets.models import DutyTurn

SHOP_HOURS = [["08:30", "12:00"], ["13:00", "18:30"]]
WEEKS = 6
AWAY = (
    (AbsenceReason.LEAVE, "年休假", 5),
    (AbsenceReason.TRAINING, "参加新款电池包培训", 3),
    (AbsenceReason.SICK, "病假", 2),
)


def fill(random: Random, network: Network, today: date) -> None:
    """Everything is made by the actions; warnings come last, when it is known who is away."""
    _roster(today)
    _absences(random, today)
    _calendars(network, today)
    warning.warn_due()


def _morning(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), clock.LOCAL)


def _roster(today: date) -> None:
    members = Membership.objects.filter(role=Role.BRAND_MANAGER, active=True).select_related("user").order_by("pk")
    officers = [member.user for member in members if not member.regions]
    monday = today - timedelta(days=today.weekday() + 7)
    for week in range(WEEKS):
        start = monday + timedelta(days=7 * week)
        DutyTurn.objects.create(
            officer=officers[week % len(officers)],
            since=_morning(start),
            until=_morning(start + timedelta(days=7)),
            note="每周一 09:00 交接",
        )


def _absences(random: Random, today: date) -> None:
    named = {account.username for account in accounts.ACCOUNTS}
    staff = Staff.objects.filter(active=True, on_duty=True).exclude(user__username__in=named).select_related("outlet")
    away = random.sample(list(staff.order_by("pk")), 6)
    for number, person in enumerate(away):
        reason, note, days = AWAY[number % len(AWAY)]
        start = today + timedelta(days=number - 2)
        mates = staff.filter(outlet=person.outlet).exclude(pk__in=[each.pk for each in away]).order_by("pk")
        deputy = mates.first() if number % 3 else None
        since, until = _morning(start, 8), _morning(start + timedelta(days=days), 18)
        absence.note(SYSTEM, person, since, until, reason=reason, deputy=deputy, note=note)


def _calendars(network: Network, today: date) -> None:
    partner = Partner.objects.get(code=accounts.PARTNER)
    calendar = Calendar.objects.create(
        code=partner.code.lower(), name=f"{partner.short_name}工作日历", organisation=partner.organisation
    )
    plan = CalendarPlan(calendar=calendar, since=date(2020, 1, 1), reason="网点六天营业", source="合作伙伴营业时间备案")
    plan.weekly, plan.windows = [SHOP_HOURS] * 6 + [[]], SHOP_HOURS
    worktime.draft(SYSTEM, plan)
    stocktaking = today + timedelta(days=24 - today.weekday())
    closed = {"kind": DayKind.REST, "reason": "年终盘点", "source": "合作伙伴通知"}
    worktime.draft(SYSTEM, CalendarDay(calendar=calendar, day=stocktaking, **closed))
    worktime.publish(SYSTEM, calendar)
    partner.calendar = Calendar.objects.get(pk=calendar.pk)
    partner.save()
    gala = today + timedelta(
        days=53 - today.weekday()
    )  # a Friday some weeks on: drafted, for a second person to review
    row = CalendarDay(
        calendar_id=BRAND, day=gala, kind=DayKind.REST, reason="公司年会", source="综合管理部通知〔草案〕"
    )
    worktime.draft(network.manager, row)
