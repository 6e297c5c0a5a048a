"""Who may use which diagnostic tool of the brand, for what and until when (R020)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from partners.choices import Standing
from partners.choices.tool_grant import GrantStanding, GrantState, ToolFunction
from partners.rules.standing import TABLE
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict, first_denied

#: Keep the catalogue of diagnostic tools and decide on grants.
DECIDERS = frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM})
#: May ask for a grant: for the company, or for himself.
ASKERS = frozenset({Role.PARTNER_MANAGER, Role.TECHNICIAN})
WARN_DAYS = (30, 7)
SOON_DAYS = max(WARN_DAYS)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a grant covers; an empty set of lines, models or people means all of them."""

    state: str
    valid_from: date | None
    valid_until: date | None
    lines: frozenset[int] = frozenset()
    models: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    #: The tool itself is in the catalogue.
    active: bool = True


@dataclass(frozen=True, slots=True)
class ToolUser:
    """Who wants to use it: his row in the staff list, how his partner stands, and whether he is certified."""

    staff: int
    standing: str
    certified: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What the tool is wanted for: product line and model of the ticket."""

    line: int | None
    model: str = ""


def standing_of(state: str, valid_from: date | None, valid_until: date | None, today: date) -> GrantStanding:
    """How a grant stands today, both days of its term included (R020)."""
    if state != GrantState.GRANTED or valid_from is None or valid_until is None:
        return GrantStanding(state)
    if today < valid_from:
        return GrantStanding.FUTURE
    if today > valid_until:
        return GrantStanding.EXPIRED
    return GrantStanding.EXPIRING if valid_until - today <= timedelta(days=SOON_DAYS) else GrantStanding.VALID


def may_use(grant: Scope, user: ToolUser, case: Case, today: date, function: str = "") -> Verdict:
    """Whether the grant lets this person use the tool for this ticket; the first refusal in words (R020).

    Without `function` it is asked whether any of the granted ones can be used.
    """
    return first_denied(_person(grant, user), _term(grant, today), _subject(grant, case), _function(grant, function))


def _person(grant: Scope, user: ToolUser) -> Verdict:
    if not TABLE[user.standing].new:
        told = {"standing": Standing(user.standing).label}
        return Denied(_("The standing of your company is “%(standing)s”: diagnostic tools are closed.") % told)
    if grant.people and user.staff not in grant.people:
        return Denied(_("This grant names other people."))
    if not user.certified:
        return Denied(_("You hold no valid certificate for this product line: renew it first."))
    return ALLOWED


def _term(grant: Scope, today: date) -> Verdict:
    if not grant.active:
        return Denied(_("The brand has taken this tool out of use."))
    standing = standing_of(grant.state, grant.valid_from, grant.valid_until, today)
    if standing == GrantStanding.EXPIRED:
        return Denied(_("The grant ended on %(day)s: ask for a new one.") % {"day": grant.valid_until})
    if standing == GrantStanding.FUTURE:
        return Denied(_("The grant holds from %(day)s on.") % {"day": grant.valid_from})
    if standing not in (GrantStanding.VALID, GrantStanding.EXPIRING):
        return Denied(_("The grant does not hold: “%(state)s”.") % {"state": standing.label})
    return ALLOWED


def _subject(grant: Scope, case: Case) -> Verdict:
    if grant.lines and case.line not in grant.lines:
        return Denied(_("The grant does not cover the product line of this ticket."))
    if grant.models and case.model not in grant.models:
        return Denied(_("The grant does not cover the product model of this ticket."))
    return ALLOWED


def _function(grant: Scope, function: str) -> Verdict:
    if not function or function in grant.functions:
        return ALLOWED
    label = ToolFunction(function).label if function in ToolFunction.values else function
    return Denied(_("The grant does not cover the function “%(function)s”.") % {"function": label})


def may_decide(role: Role | None) -> Verdict:
    """Whether the role grants, refuses and withdraws (R020)."""
    return ALLOWED if role in DECIDERS else Denied(_("The brand's technical department decides on diagnostic tools."))


def may_ask(role: Role | None) -> Verdict:
    """Whether the role asks for a grant (R020)."""
    return ALLOWED if role in ASKERS else Denied(_("Managers and technicians of a partner ask for diagnostic tools."))
