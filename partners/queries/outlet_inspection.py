"""Check lists in force, marks of an inspection, populations of draws, and the figures that an assessment asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from partners.choices import Standing
from partners.choices.outlet_inspection import (
    DONE,
    UNSETTLED,
    FindingState,
    Grade,
    InspectionKind,
    InspectionState,
    ListState,
    Result,
)
from partners.models import (
    CheckList,
    CheckVersion,
    Outlet,
    OutletDraw,
    OutletInspection,
    OutletInspectionAnswer,
    OutletInspectionFinding,
    Partner,
    Staff,
)
from partners.rules.outlet_inspection import CENT, Mark
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.files.models import Attachment
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.worktime.calendar import WorkCalendar
from portal.worktime.models import BRAND
from portal.worktime.queries import calendar_of

#: What the brand found itself; a self-inspection is no proof, a re-check looks at old findings only.
BY_THE_BRAND = (InspectionKind.PLANNED, InspectionKind.RANDOM, InspectionKind.MYSTERY)


@dataclass(frozen=True, slots=True)
class Figures:
    """What inspections say of a partner in a quarter. `score`: mean of the outlets' latest, or None."""

    inspections: int
    outlets: int
    score: Decimal | None
    failed: int
    open_findings: int
    overdue_findings: int


def in_force(check_list: CheckList, day: date) -> CheckVersion | None:
    """The version that holds on a day."""
    rows = check_list.versions.filter(state=ListState.RELEASED, valid_from__lte=day)
    return rows.order_by("-valid_from", "-number").first()


def lists_in_force(day: date) -> QuerySet[CheckList]:
    """The lists that have a version in force on a day."""
    return CheckList.objects.filter(versions__state=ListState.RELEASED, versions__valid_from__lte=day).distinct()


def calendar_for(outlet: Outlet) -> WorkCalendar:
    """The working calendar of an outlet: its own, its partner's or the brand's."""
    return calendar_of(outlet.calendar_id or outlet.partner.calendar_id or BRAND)


def photos_of(prefix: str, pks: Iterable[int]) -> dict[int, list[Attachment]]:
    """The files of many rows of one model, by key of the row."""
    subjects = {f"{prefix}:{pk}": pk for pk in pks}
    found: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(subject__in=subjects):
        found.setdefault(subjects[file.subject], []).append(file)
    return found


def answers_of(inspection: OutletInspection) -> list[OutletInspectionAnswer]:
    """The answers in the order of the list, each with its photos as `photos`."""
    rows = list(inspection.answers.select_related("item").order_by("item__place", "item"))
    photos = photos_of("outletinspectionanswer", [row.pk for row in rows])
    for row in rows:
        row.photos = photos.get(row.pk, [])
    return rows


def marks_of(inspection: OutletInspection, answers: list[OutletInspectionAnswer] | None = None) -> list[Mark]:
    """What score and summary are reckoned from; an item whose finding was dropped counts as passed."""
    dropped = set(inspection.findings.filter(state=FindingState.DROPPED).order_by().values_list("answer_id", flat=True))
    return [
        Mark(
            number=row.item.number,
            result=Result.PASS if row.pk in dropped else row.result,
            weight=row.item.weight,
            core=row.item.core,
            photo=row.item.photo,
            photos=len(row.photos),
            remark=row.remark,
        )
        for row in (answers_of(inspection) if answers is None else answers)
    ]


def population(
    actor: Actor,
    *,
    regions: list[str] | None = None,
    channel_types: list[str] | None = None,
    tiers: list[str] | None = None,
    not_since: date | None = None,
) -> QuerySet[Outlet]:
    """Active outlets in the actor's sight that a draw with these filters chooses from."""
    rows = Outlet.objects.filter(active=True).visible_to(actor).exclude(partner__standing=Standing.TERMINATED)
    if regions:
        rows = rows.filter(region__in=regions)
    if channel_types:
        rows = rows.filter(partner__channel_type__in=channel_types)
    if not_since:
        rows = rows.exclude(pk__in=_inspected_since(not_since).values("outlet"))
    if tiers:
        # Tiers are a list in the row, empty for all; neither database of ours asks a list in the same words.
        wanted = [pk for pk, held in rows.values_list("pk", "tiers") if not held or set(held) & set(tiers)]
        rows = rows.filter(pk__in=wanted)
    return rows.order_by("code")


def drawn_before(check_list: CheckList, day: date, codes: Iterable[str]) -> OutletDraw | None:
    """The newest draw by this list for the quarter of the day that chose from one of these outlets already (R182)."""
    quarter, pot = Quarter.of(day), set(codes)
    rows = OutletDraw.objects.filter(
        check_version__check_list=check_list, planned_on__range=(quarter.first_day, quarter.last_day)
    )
    return next((row for row in rows.order_by("-drawn_at", "-pk") if pot & set(row.population)), None)


def own_outlets(actor: Actor) -> QuerySet[Outlet]:
    """Active outlets that a partner's manager inspects himself; a dispatcher's own where he has one."""
    rows = Outlet.objects.all().visible_to(actor).filter(active=True)
    mine = Staff.objects.filter(user_id=actor.user_id, active=True).values("outlet")
    return rows.filter(pk__in=mine) if actor.role == Role.DISPATCHER and mine.exists() else rows


def self_under_way(outlet: Outlet, check_list: CheckList) -> OutletInspection | None:
    """The self-inspection of the outlet by that list that is not handed in yet."""
    rows = OutletInspection.objects.filter(outlet=outlet, kind=InspectionKind.SELF, state=InspectionState.UNDER_WAY)
    return rows.filter(check_version__check_list=check_list).first()


def _inspected_since(day: date) -> QuerySet[OutletInspection]:
    begin = clock.end_of(day).replace(hour=0, minute=0, second=0)
    return OutletInspection.objects.filter(kind__in=BY_THE_BRAND, state__in=DONE, submitted_at__gte=begin)


def with_plan(rows: Any) -> Any:
    """Outlets with when and how they were inspected last, what is planned next, and findings not yet corrected."""
    last = OutletInspection.objects.filter(outlet=OuterRef("pk"), kind__in=BY_THE_BRAND, state__in=DONE)
    last = last.order_by("-submitted_at", "-pk")
    coming = Q(inspections__state__in=[InspectionState.PLANNED, InspectionState.UNDER_WAY])
    open_ones = Q(inspections__findings__state__in=UNSETTLED)
    late = Q(inspections__findings__state=FindingState.OPEN, inspections__findings__due_on__lt=clock.today())
    return rows.annotate(
        last_at=Subquery(last.values("submitted_at")[:1]),
        last_score=Subquery(last.values("score")[:1]),
        last_grade=Subquery(last.values("grade")[:1]),
        next_on=Min("inspections__planned_on", filter=coming),
        findings_open=Count("inspections__findings", filter=open_ones, distinct=True),
        findings_late=Count("inspections__findings", filter=late, distinct=True),
    )


def figures(partner: Partner, quarter: Quarter) -> Figures:
    """What the brand's inspections of a quarter say of a partner; findings are counted as they stand now."""
    done = OutletInspection.objects.filter(
        outlet__partner=partner, kind__in=BY_THE_BRAND, submitted_at__gte=quarter.start, submitted_at__lt=quarter.end
    )
    rows = list(done.filter(state__in=DONE).order_by("submitted_at", "pk").values_list("outlet", "score", "grade"))
    latest = {outlet: score for outlet, score, _grade in rows}
    scores = [score for score in latest.values() if score is not None]
    # What a partner found at himself speaks for him: it is his to correct, and counts in no assessment.
    findings = OutletInspectionFinding.objects.filter(
        inspection__outlet__partner=partner, inspection__kind__in=BY_THE_BRAND
    )
    return Figures(
        inspections=len(rows),
        outlets=len(latest),
        score=(sum(scores, Decimal(0)) / len(scores)).quantize(CENT, ROUND_HALF_UP) if scores else None,
        failed=sum(grade == Grade.FAILED for _outlet, _score, grade in rows),
        open_findings=findings.filter(state__in=UNSETTLED).count(),
        overdue_findings=findings.overdue().count(),
    )


def trend(rows: QuerySet[OutletInspection], most: int = 8) -> list[tuple[date, Decimal]]:
    """Day and score of the latest inspections by the brand, the oldest first."""
    scored = rows.filter(kind__in=BY_THE_BRAND, state__in=DONE, score__isnull=False)
    latest = list(scored.order_by("-submitted_at", "-pk").values_list("submitted_at", "score")[:most])
    return [(clock.local(moment).date(), score) for moment, score in reversed(latest) if moment and score is not None]


def trends(rows: QuerySet[OutletInspection]) -> list[tuple[str, list[tuple[date, Decimal]]]]:
    """Name and `trend` of each outlet that was scored at least twice: scores of two outlets are no course of time."""
    scored = rows.filter(kind__in=BY_THE_BRAND, state__in=DONE, score__isnull=False)
    often = scored.order_by().values("outlet", "outlet__name", "outlet__code").annotate(n=Count("pk")).filter(n__gte=2)
    return [(one["outlet__name"], trend(rows.filter(outlet=one["outlet"]))) for one in often.order_by("outlet__code")]


def findings_in_sight(actor: Actor) -> QuerySet[OutletInspectionFinding]:
    """Findings that the actor sees, with what a list shows of them."""
    rows = OutletInspectionFinding.objects.all().visible_to(actor)
    return rows.select_related("inspection__outlet", "answer__item", "answer__inspection", "owner")


def overdue_count(actor: Actor) -> int:
    """How many findings in the actor's sight are overdue."""
    return OutletInspectionFinding.objects.all().visible_to(actor).overdue().count()


def unsettled(inspection: OutletInspection) -> QuerySet[OutletInspectionFinding]:
    """The findings of an inspection that still wait for somebody."""
    return inspection.findings.filter(state__in=UNSETTLED)


def with_counts(rows: Any) -> Any:
    """Inspections with the number of their findings, open and overdue ones."""
    late = Q(findings__state=FindingState.OPEN, findings__due_on__lt=clock.today())
    return rows.annotate(
        found=Count("findings", distinct=True),
        open_findings=Count("findings", filter=Q(findings__state__in=UNSETTLED), distinct=True),
        late_findings=Count("findings", filter=late, distinct=True),
        due_first=Min("findings__due_on", filter=Q(findings__state=FindingState.OPEN)),
    )
