"""Versions of the policy: draft, edit, review, put in force, withdraw (R003, R036, R038, R042)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.workflow.corridor import Step, action, perform
from tickets.models import PolicyLine, PolicyPause, PolicyVersion
from tickets.notices import policy as notices
from tickets.queries.sla_policy import as_policy, number_in_force
from tickets.rules.sla_policy import checking
from tickets.rules.sla_policy.deciding import DECISIONS, day_is_free, may_draft
from tickets.rules.sla_policy.wording import limit_in_words

#: What a copy of a line or a rule of suspension takes over.
_OWN = ("id", "policy", "code")


@transaction.atomic
def draft(actor: Actor, title: str, note: str = "", base: PolicyVersion | None = None) -> PolicyVersion:
    """A new version as a copy of `base`, or of the one in force. Raises Refused, InvalidInput or Conflict."""
    verdict = may_draft(actor)
    if not verdict:
        raise Refused(verdict.reason)
    if not title.strip():
        raise InvalidInput(_("Give the version a title."), field="title")
    base = base or PolicyVersion.objects.get(number=number_in_force())
    last = PolicyVersion.objects.select_for_update().order_by("-number").values_list("number", flat=True).first() or 0
    row = PolicyVersion(
        number=last + 1,
        title=title.strip(),
        note=note.strip(),
        based_on=base,
        author_id=actor.user_id,
        created_at=clock.now(),
    )
    _by(actor, row, "policy_drafted")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("Somebody drafted a version in the same moment: try again.")) from error
    _copy(actor, base, row)
    record(row, "policy_drafted", actor, facts={"number": row.number, "base": base.number, "note": note or row.title})
    return row


def set_line(actor: Actor, line: PolicyLine) -> PolicyLine:
    """Add a line to a draft or change one. Raises Refused, Conflict, or ValidationError by field."""

    def change(step: Step) -> None:
        line.policy = step.row
        others = [other.as_rule() for other in step.row.lines.exclude(pk=line.pk)]
        line.code = line.code or next_code(step.row)
        line.full_clean(exclude={"policy"})
        found = {flaw.field: flaw.message for flaw in checking.flaws_of_line(line.as_rule(), others)}
        if found:
            raise ValidationError(found)
        step.facts |= {"number": step.row.number, "what": _line_in_words(line)}
        _by(actor, line, "policy_changed").save()

    perform(actor, line.policy, "policy_changed", change)
    return line


def remove_line(actor: Actor, line: PolicyLine) -> PolicyVersion:
    """Take a line out of a draft. Raises Refused or Conflict."""

    def change(step: Step) -> None:
        step.facts |= {"number": step.row.number, "what": _("removed: %s") % _line_in_words(line)}
        _by(actor, line, "policy_changed").delete()

    return perform(actor, line.policy, "policy_changed", change)


def set_pause(actor: Actor, pause: PolicyPause) -> PolicyPause:
    """Change what a draft says of a reason of suspension. Raises Refused, Conflict or ValidationError."""

    def change(step: Step) -> None:
        pause.full_clean(exclude={"policy"})
        step.facts |= {"number": step.row.number, "what": str(pause.get_reason_display())}
        _by(actor, pause, "policy_changed").save()

    perform(actor, pause.policy, "policy_changed", change)
    return pause


@action("policy_sent")
def send(step: Step) -> None:
    """Ask the legal department; refuses a version that contradicts itself. Raises InvalidInput."""
    policy = as_policy(step.row)
    found = checking.flaws(policy.lines)
    if found:
        raise InvalidInput(_("Mend this first: %s") % " ".join(map(checking.in_words, found[:3])))
    step.facts |= {"number": step.row.number, "lines": len(policy.lines)}
    step.row.become(DECISIONS[step.name].target)
    notices.tell_legal(step.row)


@action("policy_approved")
def approve(step: Step, remarks: str = "") -> None:
    """The legal department agrees (R038)."""
    _reviewed(step, remarks)


@action("policy_returned")
def return_(step: Step, remarks: str) -> None:
    """The legal department asks for changes; the version is a draft again. Raises InvalidInput."""
    if not remarks.strip():
        raise InvalidInput(_("Say what has to change."), field="remarks")
    _reviewed(step, remarks)


@action("policy_dated")
def take_effect(step: Step, on: date) -> None:
    """In force from that day on for tickets received from then on. Raises InvalidInput for a day that is not free."""
    days = PolicyVersion.objects.values_list("effective_on", flat=True)
    verdict = day_is_free(on, clock.today(), frozenset(filter(None, days)))
    if not verdict:
        raise InvalidInput(verdict.reason, field="on")
    row: PolicyVersion = step.row
    row.effective_on = on
    row.become(DECISIONS[step.name].target)
    step.facts |= {"number": row.number, "effective_on": on}


@action("policy_withdrawn")
def withdraw(step: Step, reason: str) -> None:
    """Give up a version that has not taken effect, also a dated one. Raises InvalidInput or Conflict."""
    if not reason.strip():
        raise InvalidInput(_("Say why the version is withdrawn."), field="reason")
    row: PolicyVersion = step.row
    if row.effective_on is not None and row.effective_on <= clock.today():
        raise Conflict(_("The version is in force: tickets run by it. Draft another one to change it."))
    row.effective_on = None
    step.row.become(DECISIONS[step.name].target)
    step.facts |= {"number": step.row.number, "reason": reason.strip()}


def next_code(row: PolicyVersion) -> str:
    """The next free name of a line, '3-025'."""
    serials = [int(code.rpartition("-")[2]) for code in row.lines.values_list("code", flat=True)]
    return f"{row.number}-{max(serials, default=0) + 1:03d}"


def _reviewed(step: Step, remarks: str) -> None:
    row: PolicyVersion = step.row
    row.reviewer_id, row.reviewed_at, row.remarks = step.actor.user_id, step.at, remarks.strip()
    row.become(DECISIONS[step.name].target)
    step.facts |= {"number": row.number, "remarks": remarks.strip() or "—"}
    notices.tell_author(row, remarks.strip() or "—")


def _copy(actor: Actor, base: PolicyVersion, row: PolicyVersion) -> None:
    for serial, line in enumerate(base.lines.order_by("code"), 1):
        _by(actor, PolicyLine(policy=row, code=f"{row.number}-{serial:03d}", **_values(line)), "policy_drafted").save()
    for pause in base.pauses.order_by("pk"):
        _by(actor, PolicyPause(policy=row, **_values(pause)), "policy_drafted").save()


def _values(row: models.Model) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name not in _OWN}


def _by(actor: Actor, row: Any, why: str) -> Any:
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    row._change_reason = why
    return row


def _line_in_words(line: PolicyLine) -> str:
    return f"{line.get_kind_display()} · {line.clause} · {limit_in_words(line.limit, line.unit)}"
