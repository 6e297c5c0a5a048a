"""Sections of figures that fill an agenda; upper apps register theirs, and the portal's own stand here (R076, R225)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partners.choices.cooperation import PlanStage, TaskState
from partners.models import (
    AgendaItem,
    Certificate,
    CooperationPlan,
    CooperationTask,
    Meeting,
    Partner,
    PlanGoal,
    Receipt,
)
from partners.rules import agenda as rules
from partners.rules.cooperation import LIVE, reached_share
from partners.rules.meeting import before

#: Certificates that end so soon are said.
SOON = timedelta(days=90)
#: So many rows of each company are kept with a section.
ROWS = 10


@dataclass(frozen=True, slots=True)
class About:
    """What figures are about: one partner or (None) the whole network, and the days, both included."""

    partner: Partner | None
    plan: CooperationPlan | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figure:
    """One number by its code; `good` says which way is better: 'up', 'down' or '' for neither. None: no data."""

    code: str
    value: int | Decimal | None
    unit: str = ""
    good: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the agenda: `fill` gives its figures for some days, `rows` what is the case at present.

    Each row says whose it is (`partner`, a key or None for the brand), so that a partner reads his own alone (A01).
    """

    code: str
    fill: Callable[[About], list[Figure]]
    place: int
    rows: Callable[[About], list[dict[str, Any]]] | None = None


_SECTIONS: dict[str, Section] = {}


def register(
    code: str, title: Any, labels: Mapping[str, Any], fill: Callable[[About], list[Figure]], place: int,
    rows: Callable[[About], list[dict[str, Any]]] | None = None,
) -> None:  # fmt: skip
    """Make a section and the names of its figures known; the same code twice is a programming error."""
    if code in _SECTIONS:
        raise ValueError(f"agenda section {code!r} is registered twice")
    _SECTIONS[code] = Section(code, fill, place, rows)
    rules.name(code, title, labels)


def sections() -> list[Section]:
    """Every section, in the order of the agenda."""
    return sorted(_SECTIONS.values(), key=lambda section: (section.place, section.code))


def lists_rows(code: str) -> bool:
    """Whether the section lists rows beside its figures."""
    return code in _SECTIONS and _SECTIONS[code].rows is not None


def about(meeting: Meeting, today: date) -> About:
    """What the figures of a meeting are about; of a meeting with several partners the whole network."""
    partners = list(meeting.partners.all()[:2])
    last = max(meeting.period_first, min(meeting.period_last, today))
    return About(partners[0] if len(partners) == 1 else None, meeting.plan, meeting.period_first, last)


def filled(section: Section, what: About) -> list[dict[str, Any]]:
    """The figures of a section beside those of the days before, as they are kept on the agenda: codes and values."""
    first, last = before(what.first, what.last)
    earlier = {row.code: row.value for row in section.fill(About(what.partner, what.plan, first, last))}
    return [
        {
            "code": row.code,
            "value": _plain(row.value),
            "before": _plain(earlier.get(row.code)),
            "unit": row.unit,
            "good": row.good,
        }
        for row in section.fill(what)
    ]


def last_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting of the same kind with the same partners before this one."""
    rows = Meeting.objects.filter(kind=meeting.kind, held_at__isnull=False).exclude(pk=meeting.pk)
    partners = list(meeting.partners.values_list("pk", flat=True)[:2])
    rows = rows.filter(partners__in=partners).distinct()
    return rows.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at").first()


def hand_written(meeting: Meeting) -> list[AgendaItem]:
    """The items that no section fills."""
    return list(meeting.items.filter(source=""))


def _plain(value: int | Decimal | None) -> str | None:
    """A number without trailing zeros, as text; None stays None."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _given(what: About) -> QuerySet[CooperationTask]:
    """The tasks of those concerned; what only prepares a meeting that is still to come is no subject of one."""
    rows = CooperationTask.objects.exclude(meeting__isnull=False, meeting__held_at=None)
    return rows.filter(partner=what.partner) if what.partner else rows


def _tasks(what: About) -> list[Figure]:
    rows = _given(what)
    done = rows.filter(done_at__date__range=(what.first, what.last))
    in_time = sum(clock_day <= due for clock_day, due in done.values_list("done_at__date", "due_on"))
    still = Q(done_at=None) | Q(done_at__date__gt=what.last)
    late = (
        rows.exclude(state=TaskState.CANCELLED)
        .filter(still, due_on__lt=what.last, given_at__date__lte=what.last)
        .count()
    )
    return [
        Figure("tasks.done", done.count(), good="up"),
        Figure("tasks.in_time", in_time, good="up"),
        Figure("tasks.overdue", late, good="down"),
    ]


def _few_of_each(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first rows of every company: nobody's are crowded out by another's."""
    taken: Counter[int | None] = Counter()
    for row in rows:
        taken[row["partner"]] += 1
        if taken[row["partner"]] <= ROWS:
            yield row


def _open_tasks(what: About) -> list[dict[str, Any]]:
    rows = _given(what).filter(state=TaskState.OPEN).select_related("owner").order_by("due_on", "pk")
    found = (
        {"partner": row.partner_id, "day": str(row.due_on), "title": row.title, "who": str(row.owner)} for row in rows
    )
    return list(_few_of_each(found))


def _goals(what: About) -> list[Figure]:
    rows = PlanGoal.objects.filter(due_on__range=(what.first, what.last)).exclude(plan__stage=PlanStage.STOPPED)
    if what.plan or what.partner:
        rows = rows.filter(plan=what.plan) if what.plan else rows.filter(plan__partner=what.partner)
    reached, known = reached_share(goal.facts() for goal in rows)
    return [
        Figure("goals.due", len(rows)),
        Figure("goals.measured", known, good="up"),
        Figure("goals.reached", reached, good="up"),
    ]


def _plans(what: About) -> list[dict[str, Any]]:
    rows = CooperationPlan.objects.filter(stage__in=LIVE)
    if what.plan or what.partner:
        rows = rows.filter(pk=what.plan.pk) if what.plan else rows.filter(partner=what.partner)
    found = ({"partner": row.partner_id, "title": row.title, "stage": row.stage} for row in rows.order_by("number"))
    return list(_few_of_each(found))


def _people(what: About) -> list[Figure]:
    rows = Certificate.objects.valid_on(what.last)
    rows = rows.filter(staff__outlet__partner=what.partner) if what.partner else rows
    return [
        Figure("people.certificates", rows.count(), good="up"),
        Figure("people.ending", rows.filter(valid_until__lte=what.last + SOON).count(), good="down"),
    ]


def _standards(what: About) -> list[Figure]:
    rows = Receipt.objects.filter(told_at__date__range=(what.first, what.last))
    rows = rows.filter(partner=what.partner) if what.partner else rows
    return [
        Figure("standards.announced", rows.count()),
        Figure("standards.unconfirmed", rows.filter(acknowledged_at=None).count(), good="down"),
    ]


register(
    "tasks",
    _("Tasks of earlier meetings"),
    {
        "tasks.done": _("Tasks done"),
        "tasks.in_time": _("of these in time"),
        "tasks.overdue": _("Tasks overdue at the end"),
    },
    _tasks,
    10,
    _open_tasks,
)
register(
    "plans",
    _("Cooperation plans and goals"),
    {
        "goals.due": _("Goals due"),
        "goals.measured": _("Goals measured"),
        "goals.reached": _("Goals reached"),
    },
    _goals,
    40,
    _plans,
)
register(
    "people",
    _("Training and certificates"),
    {
        "people.certificates": _("Valid certificates"),
        "people.ending": _("of these ending within 90 days"),
    },
    _people,
    50,
)
register(
    "standards",
    _("Standards and bulletins"),
    {
        "standards.announced": _("Standards and bulletins announced"),
        "standards.unconfirmed": _("of these not confirmed"),
    },
    _standards,
    60,
)
