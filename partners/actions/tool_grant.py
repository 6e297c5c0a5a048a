"""Ask for a diagnostic tool, open it to a partner, refuse and withdraw, warn before it ends (R020)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import checked, held, need_reason, require, signed_by
from partners.choices.tool_grant import GrantState, RiskClass
from partners.models import DiagnosticTool, GrantWarning, Partner, ProductLine, ProductModel, Staff, ToolGrant
from partners.notices import tool_grant as notices
from partners.queries.tool_grant import ending, person_of
from partners.rules.deadline import next_warning
from partners.rules.standing import TABLE
from partners.rules.tool_grant import WARN_DAYS, may_ask, may_decide
from partners.verbs import tool_grant as verbs
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row


@dataclass(frozen=True, slots=True)
class Terms:
    """What is opened: functions and term, and where it is narrowed lines, models and people."""

    functions: Sequence[str]
    valid_from: date
    valid_until: date
    lines: Sequence[ProductLine] = ()
    models: Sequence[ProductModel] = ()
    people: Sequence[Staff] = ()
    conditions: str = ""


def ask(
    actor: Actor,
    tool: DiagnosticTool,
    functions: Sequence[str],
    reason: str,
    *,
    lines: Sequence[ProductLine] = (),
    people: Sequence[Staff] = (),
) -> ToolGrant:
    """A manager asks for his company or for named people, a technician for himself.

    Raises Refused, Conflict while such a request waits, or InvalidInput.
    """
    require(may_ask(actor.role))
    need_reason(reason, _("Say what you need it for."))
    staff = person_of(actor)
    if staff is None:
        raise Refused(_("Your account is not linked to a member of staff: ask your manager."))
    partner = staff.outlet.partner
    _open_to(partner)
    named = [staff] if actor.role == Role.TECHNICIAN else list(people)
    with transaction.atomic():
        lock_row(partner)
        waiting = ToolGrant.objects.filter(tool=tool, partner=partner, asked_by=actor.user_id, state=GrantState.ASKED)
        if waiting.exists():
            raise Conflict(_("You have asked for this tool already: the brand has not decided yet."))
        row = ToolGrant(
            number=_number(),
            tool=tool,
            partner=partner,
            functions=_functions(tool, functions),
            asked_by_id=actor.user_id,
            asked_at=clock.now(),
            reason=reason.strip(),
        )
        _keep(actor, row, "ask", lines=_lines(tool, lines), models=(), people=_people(partner, named))
        facts = {"tool": tool.name, "functions": row.function_names, "reason": reason}
        record(row, verbs.ASKED.code, actor, facts=facts)
        notices.tell_deciders(row, actor.label)
    return row


def grant(actor: Actor, tool: DiagnosticTool, partner: Partner, terms: Terms, number: str = "") -> ToolGrant:
    """Open a tool to a partner without being asked; a sheet brings its own number. Raises Refused or InvalidInput."""
    require(may_decide(actor.role))
    _in_sight(actor, partner)
    with transaction.atomic():
        return _open(actor, ToolGrant(number=number or _number(), tool=tool, partner=partner), terms, "")


def approve(actor: Actor, row: ToolGrant, terms: Terms, decision: str = "") -> ToolGrant:
    """Open what was asked for, on the terms that the brand says. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        return _open(actor, _asked(actor, row), terms, decision)


def refuse(actor: Actor, row: ToolGrant, reason: str) -> ToolGrant:
    """Not opened, and why. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why it is refused: the partner reads it."))
    with transaction.atomic():
        kept = _asked(actor, row)
        kept.become(GrantState.REFUSED)
        kept.decided_by_id, kept.decided_at, kept.decision = actor.user_id, clock.now(), reason.strip()
        signed_by(actor, kept, reason).save()
        record(kept, verbs.REFUSED.code, actor, facts={"tool": kept.tool.name, "reason": reason})
        notices.tell_concerned(kept, "tool_grant.refused", reason=reason)
    return kept


def withdraw(actor: Actor, row: ToolGrant, reason: str) -> ToolGrant:
    """From this moment nobody uses it any more. Raises Refused, Conflict or InvalidInput."""
    require(may_decide(actor.role))
    need_reason(reason, _("Say why it is withdrawn."))
    with transaction.atomic():
        kept: ToolGrant = held(actor, row, reason)
        if kept.state != GrantState.GRANTED:
            raise Conflict(_("This grant is “%(state)s” already.") % {"state": kept.get_state_display()})
        kept.become(GrantState.WITHDRAWN)
        kept.withdrawn_by_id, kept.withdrawn_at, kept.withdrawal = actor.user_id, clock.now(), reason.strip()
        kept.save()
        record(kept, verbs.WITHDRAWN.code, actor, facts={"tool": kept.tool.name, "reason": reason})
        notices.tell_concerned(kept, "tool_grant.withdrawn", reason=reason)
    return kept


def warn(today: date) -> int:
    """Tell of grants that end in 30 and 7 days, each once; answers how many (R020)."""
    return sum(_warn(row, today) for row in ending(today))


def _warn(grant: ToolGrant, today: date) -> bool:
    with transaction.atomic():
        row: ToolGrant = lock_row(grant)
        if row.state != GrantState.GRANTED or row.valid_until is None:
            return False
        left = (row.valid_until - today).days
        days = next_warning(left, WARN_DAYS, list(row.warnings.values_list("days", flat=True)))
        if days is None:
            return False
        GrantWarning.objects.create(grant=row, days=days, warned_at=clock.now())
        notices.tell_concerned(row, "tool_grant.ends", days=left)
    return True


def check(tool: DiagnosticTool, partner: Partner, terms: Terms) -> None:
    """Whether the terms fit tool and partner. Raises Refused, or InvalidInput that names what does not."""
    _open_to(partner)
    if not tool.active:
        raise InvalidInput(_("This tool is not in the catalogue any more."), field="tool")
    if terms.valid_until < terms.valid_from:
        raise InvalidInput(_("A grant cannot end before it begins."), field="valid_until")
    if terms.valid_until < clock.today():
        raise InvalidInput(_("This grant would have ended already."), field="valid_until")
    _functions(tool, terms.functions)
    _lines(tool, terms.lines)
    lines = {row.pk for row in terms.lines} or {row.pk for row in tool.product_lines.all()}
    if lines and any(row.line_id not in lines for row in terms.models):
        raise InvalidInput(_("A model of another product line is named."), field="models")
    _people(partner, terms.people)
    if tool.risk == RiskClass.HIGH and not terms.people:
        raise InvalidInput(_("A tool of high risk is opened to named people only."), field="people")


def _open(actor: Actor, row: ToolGrant, terms: Terms, decision: str) -> ToolGrant:
    check(row.tool, row.partner, terms)
    row.functions = _functions(row.tool, terms.functions)
    row.valid_from, row.valid_until, row.conditions = terms.valid_from, terms.valid_until, terms.conditions.strip()
    row.decided_by_id, row.decided_at, row.decision = actor.user_id, clock.now(), decision.strip()
    row.become(GrantState.GRANTED)
    _keep(actor, row, "grant", lines=terms.lines, models=terms.models, people=terms.people)
    facts = {
        "tool": row.tool.name,
        "partner": row.partner.short_name,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "functions": row.function_names,
        "conditions": row.conditions,
    }
    record(row, verbs.GRANTED.code, actor, facts=facts)
    notices.tell_concerned(row, "tool_grant.granted")
    return row


def _keep(
    actor: Actor,
    row: ToolGrant,
    why: str,
    *,
    lines: Sequence[ProductLine],
    models: Sequence[ProductModel],
    people: Sequence[Staff],
) -> None:
    checked(row)
    signed_by(actor, row, why).save()
    row.product_lines.set(lines)
    row.product_models.set(models)
    row.people.set(people)


def _asked(actor: Actor, row: ToolGrant) -> Any:
    require(may_decide(actor.role))
    kept = held(actor, row, "decide")
    if kept.state != GrantState.ASKED:
        raise Conflict(_("This request is “%(state)s” already.") % {"state": kept.get_state_display()})
    return kept


def _open_to(partner: Partner) -> None:
    if not TABLE[partner.standing].new:
        told = {"partner": partner.short_name, "standing": partner.get_standing_display()}
        raise Refused(_("%(partner)s is “%(standing)s”: no diagnostic tool is opened to it.") % told)


def _functions(tool: DiagnosticTool, wanted: Sequence[str]) -> list[str]:
    if not wanted:
        raise InvalidInput(_("Choose at least one function."), field="functions")
    if set(wanted) - set(tool.functions):
        raise InvalidInput(_("%(tool)s does not do all of that.") % {"tool": tool.name}, field="functions")
    return [name for name in tool.functions if name in set(wanted)]


def _lines(tool: DiagnosticTool, wanted: Sequence[ProductLine]) -> Sequence[ProductLine]:
    own = {row.pk for row in tool.product_lines.all()}
    if own and any(row.pk not in own for row in wanted):
        raise InvalidInput(_("%(tool)s is not for all of these product lines.") % {"tool": tool.name}, "lines")
    return wanted


def _people(partner: Partner, wanted: Sequence[Staff]) -> Sequence[Staff]:
    if any(row.outlet.partner_id != partner.pk for row in wanted):
        raise InvalidInput(_("Only people of this partner can be named."), field="people")
    return wanted


def _in_sight(actor: Actor, partner: Partner) -> None:
    if not Partner.objects.all().visible_to(actor).filter(pk=partner.pk).exists():
        raise Refused(_("This row is not in your regions."))


def _number() -> str:
    return next_number("tool_grant", "ZD", clock.now())
