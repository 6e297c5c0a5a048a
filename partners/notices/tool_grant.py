"""What is told of diagnostic tools: asked for, opened, refused, withdrawn, ending (R020)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import ToolGrant
from partners.notices.telling import tell
from partners.queries.people import department, managers_of
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notify.places import describe
from portal.notify.types import register

describe("functions", _("Functions"), "读取故障码、清除故障码")

_CONCERNED = _("Whoever asked, the people named and the managers of the partner")
_TERM = ("tool", "number", "functions", "valid_from", "valid_until", "reason")
register(
    "tool_grant.asked",
    _("%(partner)s asks for %(tool)s"),
    _("%(who)s of %(partner)s asks for %(functions)s. Reason: %(reason)s"),
    _("Brand managers and the technical department"),
    places=("partner", "tool", "who", "functions", "reason"),
    group="tools",
)
register(
    "tool_grant.granted",
    _("Diagnostic tool opened: %(tool)s"),
    _("Grant %(number)s holds from %(valid_from)s to %(valid_until)s for: %(functions)s"),
    _CONCERNED,
    places=_TERM,
    group="tools",
)
register(
    "tool_grant.refused",
    _("Diagnostic tool refused: %(tool)s"),
    _("The request %(number)s was refused: %(reason)s"),
    _CONCERNED,
    places=_TERM,
    group="tools",
)
register(
    "tool_grant.withdrawn",
    _("Grant withdrawn: %(tool)s"),
    _("Grant %(number)s does not hold any more: %(reason)s"),
    _CONCERNED,
    places=_TERM,
    group="tools",
)
register(
    "tool_grant.ends",
    _("Grant of %(tool)s ends on %(valid_until)s"),
    _("Grant %(number)s ends in %(days)s days. Ask for a new one in time."),
    _CONCERNED,
    places=(*_TERM, "days"),
    group="tools",
)


def tell_concerned(grant: ToolGrant, code: str, **context: object) -> None:
    """To whoever asked, the people named and the partner's managers, each once."""
    named = {
        "tool": grant.tool.name,
        "number": grant.number,
        "functions": grant.function_names,
        "valid_from": grant.valid_from or "—",
        "valid_until": grant.valid_until or "—",
        "reason": "—",
        **context,
    }
    tell(_concerned(grant), code, grant, link=reverse("house:tool_grants"), **named)


def tell_deciders(grant: ToolGrant, who: str) -> None:
    """To the brand's people who decide, as far as their regions reach."""
    named = {
        "partner": grant.partner.short_name,
        "tool": grant.tool.name,
        "who": who,
        "functions": grant.function_names,
        "reason": grant.reason,
    }
    people = department([Role.TECHNICAL, Role.BRAND_MANAGER], grant.partner.region)
    tell(people, "tool_grant.asked", grant, link=f"/admin/partners/toolgrant/{grant.pk}/change/", **named)


def _concerned(grant: ToolGrant) -> list[User]:
    people = [*managers_of(grant.partner)]
    people += [person.user for person in grant.people.select_related("user") if person.user]
    people += [grant.asked_by] if grant.asked_by else []
    return list({user.pk: user for user in people}.values())
