"""The figures of a clause in words, for lists and pages (R031)."""

from typing import Any

from django.utils.translation import gettext as _

from partners.choices.contract import ClauseKind


def figures_of(clause: Any) -> str:
    """Limit, rate or incentive of a clause; empty where it has words only (R031)."""
    if clause.kind == ClauseKind.SERVICE_LEVEL:
        about = clause.get_category_display() if clause.category else _("all")
        limit = f"{clause.get_level_display()} · {about}: {clause.limit} {clause.get_unit_display()}"
        return limit + _(" (in place of %(clause)s)") % {"clause": clause.replaces} if clause.replaces else limit
    if clause.kind == ClauseKind.PENALTY:
        return f"{clause.get_basis_display()}: {_rate(clause)}{_cap(clause)}"
    if clause.kind == ClauseKind.INCENTIVE:
        rate = f": {_rate(clause)}" if clause.rate is not None else ""
        return f"{clause.get_incentive_display()}{rate}{_cap(clause)}"
    return ""


def _rate(clause: Any) -> str:
    return f"{clause.rate.normalize():f}{'%' if clause.names_fee else ''}"


def _cap(clause: Any) -> str:
    return "" if clause.cap is None else _(" (at most %(cap)s)") % {"cap": f"{clause.cap:,.2f}"}
