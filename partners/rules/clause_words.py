"""The figures of a clause in words, for lists and pages (R031)."""

from typing import Any

from django.utils.translation import gettext as _

from partners.choices.contract import ClauseKind


def figures_of(clause: Any) -> str:
    """Limit, rate or incentive of a clause; empty where it has words only (R031)."""
    if clause.kind == ClauseKind.SERVICE_LEVEL:
        about = clause.get_category_display() if clause.category else _("all")
        limit = _told(f"{clause.get_level_display()} · {about}", f"{clause.limit} {clause.get_unit_display()}")
        words = {"limit": limit, "clause": clause.replaces}
        return _("%(limit)s (in place of %(clause)s)") % words if clause.replaces else limit
    if clause.kind == ClauseKind.PENALTY:
        return _told(clause.get_basis_display(), f"{_rate(clause)}{_cap(clause)}")
    if clause.kind == ClauseKind.INCENTIVE:
        given = clause.get_incentive_display()
        return f"{_told(given, _rate(clause)) if clause.rate is not None else given}{_cap(clause)}"
    return ""


def _rate(clause: Any) -> str:
    return f"{clause.rate.normalize():f}{'%' if clause.names_fee else ''}"


def _cap(clause: Any) -> str:
    return "" if clause.cap is None else _(" (at most %(sum)s)") % {"sum": f"{clause.cap:,.2f}"}


def _told(what: Any, value: str) -> str:
    return _("%(what)s: %(value)s") % {"what": what, "value": value}
