"""A line in words: its limit, of which tickets it speaks (R003)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.choices import ServiceTier
from tickets.choices import Category, Channel
from tickets.rules.sla_policy.line import PolicyLine


def limit_in_words(limit: int, unit: str) -> str:
    """'30 minutes', '5 working days'."""
    words = {
        "minute": ngettext("%d minute", "%d minutes", limit),
        "hour": ngettext("%d hour", "%d hours", limit),
        "day": ngettext("%d day", "%d days", limit),
        "working_hour": ngettext("%d working hour", "%d working hours", limit),
        "working_day": ngettext("%d working day", "%d working days", limit),
    }
    return words[unit] % limit


def scope_in_words(line: PolicyLine) -> str:
    """'General fault · Online chat', or that it holds for every ticket."""
    parts = (
        line.contract and _("Agreement %s") % line.contract,
        line.category and str(Category(line.category).label),
        line.channel and str(Channel(line.channel).label),
        line.tier and _("Tier %s") % ServiceTier(line.tier).label,
        line.region,
    )
    return " · ".join(filter(None, parts)) or _("Every ticket")


def warnings_in_words(levels: tuple[int, ...]) -> str:
    """'50 %, 80 %', or a dash."""
    return ", ".join(f"{level} %" for level in levels) or "—"
