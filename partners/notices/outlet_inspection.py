"""Whom outlet inspections and their findings are told, and in which words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.choices.outlet_inspection import ANNOUNCED, InspectionKind
from partners.models import OutletInspection, OutletInspectionFinding
from partners.notices.telling import tell
from partners.queries.people import department, managers_of
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.notify.types import register, register_group

_MANAGERS = _("Managers of the partner inspected")
_BRAND = _("The inspector, or the brand managers of the region")
register_group(
    "inspections",
    _("Outlet inspections"),
    _("Planned inspections, results, findings and their deadlines"),
    must=_("Deadlines run from the notice."),
)

register(
    "inspection.planned",
    _("Inspection of %(outlet)s on %(day)s"),
    _("%(kind)s of %(outlet)s, planned for %(day)s. Check list: %(list)s."),
    _MANAGERS,
    group="inspections",
)
register(
    "inspection.moved",
    _("Inspection of %(outlet)s moved to %(day)s"),
    _("%(kind)s of %(outlet)s takes place on %(day)s. Check list: %(list)s."),
    _MANAGERS,
    group="inspections",
)
register(
    "inspection.cancelled",
    _("Inspection of %(outlet)s cancelled"),
    _("%(kind)s of %(outlet)s, planned for %(day)s, does not take place: %(reason)s"),
    _MANAGERS,
    group="inspections",
)
register(
    "inspection.given",
    _("You inspect %(outlet)s on %(day)s"),
    _("%(kind)s of %(outlet)s on %(day)s is yours. Check list: %(list)s."),
    _("The inspector"),
    group="inspections",
)
register(
    "inspection.submitted",
    _("Inspection of %(outlet)s: %(score)s points"),
    _("%(kind)s %(number)s of %(outlet)s: %(score)s points, %(grade)s, %(findings)s findings. %(summary)s"),
    _("Managers of the partner inspected; of a self-inspection the brand managers of the region"),
    group="inspections",
)
register(
    "finding.reported",
    _("Correction reported: %(outlet)s"),
    _("%(outlet)s reported “%(item)s” as corrected: %(measures)s"),
    _BRAND,
    group="inspections",
)
register(
    "finding.accepted",
    _("Correction accepted: %(outlet)s"),
    _("The brand accepted the correction of “%(item)s” at %(outlet)s."),
    _MANAGERS,
    group="inspections",
)
register(
    "finding.sent_back",
    _("Correction sent back: %(outlet)s"),
    _("“%(item)s” at %(outlet)s is not corrected yet: %(reason)s. To be corrected until %(due)s."),
    _MANAGERS,
    group="inspections",
)
register(
    "finding.objected",
    _("Objection to a finding: %(outlet)s"),
    _("%(outlet)s objects to “%(item)s”: %(text)s"),
    _BRAND,
    group="inspections",
)
register(
    "finding.answered",
    _("Your objection was answered: %(outlet)s"),
    _("“%(item)s” at %(outlet)s: %(answer)s"),
    _MANAGERS,
    group="inspections",
)
register(
    "finding.overdue",
    _("Finding overdue: %(outlet)s"),
    _("“%(item)s” at %(outlet)s was to be corrected until %(due)s and nothing has been reported yet."),
    _("Managers of the partner inspected; the inspector, or the brand managers of the region"),
    group="inspections",
)


def tell_partner(
    row: OutletInspection, code: str, *, finding: OutletInspectionFinding | None = None, **context: Any
) -> None:
    """To the managers of the partner, with the way to the finding or the inspection."""
    link = f"/field/findings/{finding.pk}/" if finding else f"/inspect/{row.number}/"
    tell(managers_of(row.outlet.partner), code, row, link=link, **_named(row, context))


def tell_announced(row: OutletInspection, code: str, **context: Any) -> None:
    """To the managers of the partner, of inspections that are announced only (I05)."""
    if row.kind in ANNOUNCED:
        tell_partner(row, code, **context)


def tell_inspector(row: OutletInspection, actor: Actor) -> None:
    """To whoever has to go there, unless he said so himself."""
    if row.inspector is not None and row.inspector_id != actor.user_id:
        tell([row.inspector], "inspection.given", row, link=f"/inspect/{row.number}/", **_named(row, {}))


def tell_brand(row: OutletInspection, code: str, **context: Any) -> None:
    """To the inspector while he works there, else to the brand managers of the region."""
    people = department([Role.BRAND_MANAGER], row.outlet.region)
    if row.inspector in people:
        people = [row.inspector]
    link = f"/admin/partners/outletinspection/{row.pk}/change/"
    tell(people, code, row, link=link, **_named(row, context))


def tell_submitted(row: OutletInspection, findings: int) -> None:
    """The result: to the partner, of a self-inspection to the brand."""
    context = {
        "score": row.score,
        "grade": row.get_grade_display(),
        "findings": findings,
        "number": row.number,
        "summary": row.summary,
    }
    if row.kind == InspectionKind.SELF:
        tell_brand(row, "inspection.submitted", **context)
    else:
        tell_partner(row, "inspection.submitted", **context)


def _named(row: OutletInspection, context: dict[str, Any]) -> dict[str, str]:
    named = {
        "outlet": row.outlet.name,
        "kind": row.get_kind_display(),
        "day": row.planned_on,
        "list": row.check_version,
        **context,
    }
    return {name: "—" if value in (None, "") else str(value) for name, value in named.items()}
