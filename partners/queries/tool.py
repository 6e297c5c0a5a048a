"""What an outlet must have, has, lacks and must have calibrated (R179, R209)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from partners.choices.tool import NeedState, ToolState
from partners.models import CalibrationWarning, Outlet, Tool, ToolType
from partners.rules.tool import OVERDUE, SOON_DAYS, is_asked, need_state
from portal.accounts.actor import Actor


@dataclass(slots=True)
class Need:
    """One type of tool at one outlet: how many are asked for, and which are there; what may measure counts first."""

    type: ToolType
    wanted: int
    tools: list[Tool] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many more must be bought."""
        return max(0, self.wanted - len(self.tools))

    @property
    def calibrated(self) -> list[Tool]:
        """Those that count against the need: calibrated, or of a type that needs no calibration (R179)."""
        return [tool for tool in self.tools if not tool.is_late]

    @property
    def late(self) -> list[Tool]:
        """Those without a valid calibration that the need waits for; none where enough others are calibrated."""
        return self.uncalibrated if len(self.calibrated) < self.wanted else []

    @property
    def uncalibrated(self) -> list[Tool]:
        """All whose calibration is missing, overdue or failed; beyond a need that is met they are no fault."""
        return [tool for tool in self.tools if tool.is_late]

    @property
    def state(self) -> NeedState:
        """Missing weighs more than not calibrated."""
        return need_state(self.wanted, len(self.tools), len(self.calibrated))


@dataclass(frozen=True, slots=True)
class OutletTools:
    """An outlet with what it needs and what it has beyond that."""

    outlet: Outlet
    needs: list[Need]
    others: list[Tool]

    @property
    def missing(self) -> int:
        return sum(need.missing for need in self.needs)

    @property
    def late(self) -> list[Tool]:
        return [tool for need in self.needs for tool in need.late] + [tool for tool in self.others if tool.is_late]

    @property
    def complete(self) -> bool:
        """Whether everything asked for is there, and calibrated (R179)."""
        return not self.missing and not self.late


def outlet_tools(outlets: Iterable[Outlet]) -> list[OutletTools]:
    """Each outlet's tools against what is asked of it, in five queries however many there are (R179)."""
    rows = list(Outlet.objects.filter(pk__in=[row.pk for row in outlets]).prefetch_related("product_lines"))
    types = list(ToolType.objects.filter(active=True).prefetch_related("product_lines"))
    kept: dict[int, list[Tool]] = {}
    found = Tool.objects.filter(outlet__in=rows).exclude(state=ToolState.RETIRED)
    for tool in found.select_related("type", "holder"):
        kept.setdefault(tool.outlet_id, []).append(tool)
    return [_of_outlet(outlet, types, kept.get(outlet.pk, [])) for outlet in rows]


def _of_outlet(outlet: Outlet, types: list[ToolType], tools: list[Tool]) -> OutletTools:
    lines = [line.pk for line in outlet.product_lines.all()]
    asked = [row for row in types if is_asked([x.pk for x in row.product_lines.all()], row.tiers, lines, outlet.tiers)]
    needs = [Need(row, row.quantity, [tool for tool in tools if tool.type_id == row.pk]) for row in asked]
    wanted = {row.pk for row in asked}
    return OutletTools(outlet, needs, [tool for tool in tools if tool.type_id not in wanted])


def lacking(outlets: Iterable[Outlet]) -> dict[int, tuple[int, int]]:
    """(missing, late) by outlet, for pages and figures of other subjects; zeros where all is well."""
    return {row.outlet.pk: (row.missing, len(row.late)) for row in outlet_tools(outlets)}


def measuring(outlet: Outlet | None, today: date) -> QuerySet[Tool]:
    """What may be named as used on a job of the outlet today (R209)."""
    rows = Tool.objects.none() if outlet is None else Tool.objects.filter(outlet=outlet).measuring(today)
    return rows.select_related("type", "holder").order_by("type__name", "number")


def narrowed(
    rows: QuerySet[Tool], today: date, *, text: str = "", state: str = "", outlet: str = "", standing: str = ""
) -> QuerySet[Tool]:
    """The list as somebody filtered it; unknown filters narrow nothing."""
    found = rows.standing(standing, today) if standing else rows  # type: ignore[attr-defined]
    if state in ToolState.values:
        found = found.filter(state=state)
    if outlet.isascii() and outlet.isdigit() and len(outlet) < 10:
        found = found.filter(outlet=int(outlet))
    for word in text.split():
        found = found.filter(
            Q(number__icontains=word)
            | Q(serial__icontains=word)
            | Q(model__icontains=word)
            | Q(type__name__icontains=word)
            | Q(holder__name__icontains=word)
        )
    return found.select_related("type", "outlet", "holder")


def due_within(today: date) -> list[Tool]:
    """Tools that must be told of: due within the widest limit, or overdue."""
    last = date.fromordinal(today.toordinal() + SOON_DAYS)
    rows = Tool.objects.filter(type__interval_months__isnull=False, failed=False, due_on__lte=last)
    kept = rows.exclude(state=ToolState.RETIRED).filter(outlet__active=True)
    told = CalibrationWarning.objects.filter(tool=OuterRef("pk"), due_on=OuterRef("due_on"), days=OVERDUE)
    return list(kept.filter(~Exists(told)).select_related("outlet__partner", "type"))


def late_count(actor: Actor, today: date) -> int:
    """How many tools in sight may not be used for want of a calibration."""
    rows = Tool.objects.all().visible_to(actor).exclude(state=ToolState.RETIRED)
    late = Q(failed=True) | Q(due_on=None) | Q(due_on__lt=today)
    return rows.filter(late, type__interval_months__isnull=False).count()
