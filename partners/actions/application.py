"""An application from its receipt to the decision (R105, R107, R038); what approval makes stands in `onboarding`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import checked, need_reason, signed_by
from partners.choices.application import ApplicationSource, ApplicationState
from partners.models import ApplicationOutlet, PartnerApplication
from partners.notices.application import tell_applicant, tell_deciders
from partners.rules.application import STEPS, may
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.files.models import Attachment, AttachmentKind
from portal.files.store import store
from portal.journal.log import record
from portal.journal.verbs import Verb
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row

PREFIX = "SQ"
Rows = Iterable[Mapping[str, Any]]


def enter(actor: Actor, row: PartnerApplication, *, outlets: Rows = ()) -> PartnerApplication:
    """Brand staff write down what an applicant brought; from a page, outlets and lines follow.

    Raises Refused or InvalidInput.
    """
    if actor.role not in (Role.BRAND_MANAGER, Role.SYSTEM):
        raise Refused(_("Only brand managers manage partners."))
    with transaction.atomic():
        row.source, row.state = ApplicationSource.BRAND, ApplicationState(ApplicationState.SUBMITTED)
        _number(actor, row)
        _put_outlets(actor, row, outlets)
        record(row, verbs.application.RECEIVED.code, actor, facts={"name": row.name})
    return row


def apply(
    values: Mapping[str, Any], outlets: Rows, files: Iterable[Any], *, key: str | None, language: str
) -> PartnerApplication:
    """An applicant sends the public form; the link in his mail makes it count. Raises InvalidInput.

    The same sending twice is one application.
    """
    known = PartnerApplication.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    fields = {name: value for name, value in values.items() if name != "product_lines"}
    row = PartnerApplication(source=ApplicationSource.PUBLIC, key=key, language=language, **fields)
    row.become(ApplicationState.UNCONFIRMED)
    applicant = Actor(label=row.contact_name)
    try:
        with transaction.atomic():
            _number(applicant, row)
            row.product_lines.set(values["product_lines"])
            _put_outlets(applicant, row, outlets)
            _keep(applicant, row, files)
            record(row, verbs.application.RECEIVED.code, applicant, facts={"name": row.name})
            tell_applicant(row, "application.confirm", link=True)
    except IntegrityError:
        known = PartnerApplication.objects.filter(key=key).first() if key else None
        if known is None:
            raise
        return known
    return row


def confirm(row: PartnerApplication) -> PartnerApplication:
    """The applicant followed the link: now it is the brand manager's turn. A second click changes nothing."""
    with transaction.atomic():
        fresh = lock_row(row)
        if fresh.state != ApplicationState.UNCONFIRMED:
            return fresh
        applicant = Actor(label=fresh.contact_name)
        _require_single(fresh)
        signed_by(applicant, fresh, "confirm").become(ApplicationState.SUBMITTED)
        fresh.save(update_fields=["state"])
        record(fresh, verbs.application.CONFIRMED.code, applicant)
        tell_deciders(fresh, Role.BRAND_MANAGER)
    return fresh


def correct(
    row: PartnerApplication, values: Mapping[str, Any], outlets: Rows, files: Iterable[Any]
) -> PartnerApplication:
    """The applicant corrects what was returned and submits it again. Raises Conflict or InvalidInput."""
    with transaction.atomic():
        fresh, applicant = lock_row(row), Actor(label=row.contact_name)
        if fresh.state != ApplicationState.RETURNED:
            raise Conflict(_("The application is “%(state)s” now.") % {"state": fresh.get_state_display()})
        for name, value in values.items():
            if name != "product_lines":
                setattr(fresh, name, value)
        checked(fresh)
        fresh.product_lines.set(values["product_lines"])
        fresh.outlets.all().delete()
        _put_outlets(applicant, fresh, outlets)
        _keep(applicant, fresh, files)
        _move(applicant, fresh, ApplicationState.SUBMITTED, verbs.application.RESUBMITTED, "")
        tell_deciders(fresh, Role.BRAND_MANAGER)
    return fresh


def resubmit(actor: Actor, row: PartnerApplication) -> PartnerApplication:
    """Brand staff corrected what was returned. Raises Refused or Conflict."""
    with transaction.atomic():
        fresh = begin(actor, row, "resubmit")
        _move(actor, fresh, ApplicationState.SUBMITTED, verbs.application.RESUBMITTED, "")
    return fresh


def endorse(actor: Actor, row: PartnerApplication, reason: str) -> PartnerApplication:
    """The brand manager is for it: now legal looks at company and papers. Raises Refused, Conflict, InvalidInput."""
    with transaction.atomic():
        fresh = begin(actor, row, "endorse")
        need_reason(reason, _("Say what speaks for it."))
        if not fresh.outlets.exists() or not fresh.product_lines.exists() or not fresh.areas:
            raise InvalidInput(_("Outlets, product lines and areas must be filled in before the review."))
        if not Attachment.objects.filter(subject=f"partnerapplication:{fresh.pk}").exists():
            raise InvalidInput(_("The licence is missing: add the documents before the review."))
        fresh.endorsed_by_id = actor.user_id
        _move(actor, fresh, STEPS["endorse"].target, verbs.application.ENDORSED, reason)
        tell_deciders(fresh, Role.LEGAL)
    return fresh


def clear(actor: Actor, row: PartnerApplication, reason: str) -> PartnerApplication:
    """The legal department finds company and papers in order (R038). Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        fresh = begin(actor, row, "clear")
        need_reason(reason, _("Write down the opinion: it stays with the application."))
        fresh.cleared_by_id = actor.user_id
        _move(actor, fresh, STEPS["clear"].target, verbs.application.CLEARED, reason)
        tell_deciders(fresh, Role.BRAND_MANAGER)
    return fresh


def send_back(actor: Actor, row: PartnerApplication, reason: str) -> PartnerApplication:
    """To be corrected: the applicant is told what and gets a link. Raises Refused, Conflict or InvalidInput."""
    return _decline(actor, row, "send_back", reason, verbs.application.RETURNED, "application.returned")


def reject(actor: Actor, row: PartnerApplication, reason: str) -> PartnerApplication:
    """It ends here, with the reason. Raises Refused, Conflict or InvalidInput."""
    return _decline(actor, row, "reject", reason, verbs.application.REJECTED, "application.rejected")


def attach(actor: Actor, row: PartnerApplication, files: Iterable[Any]) -> PartnerApplication:
    """Brand staff add papers to an open application. Raises Refused, Conflict or InvalidInput."""
    if actor.role not in (Role.BRAND_MANAGER, Role.LEGAL, Role.SYSTEM):
        raise Refused(_("Only brand managers manage partners."))
    with transaction.atomic():
        fresh = lock_row(row)
        if not fresh.is_open:
            raise Conflict(_("The application is “%(state)s” now.") % {"state": fresh.get_state_display()})
        for name in _keep(actor, fresh, files):
            record(fresh, verbs.application.ATTACHED.code, actor, facts={"name": name})
    return fresh


def begin(actor: Actor, row: PartnerApplication, name: str) -> PartnerApplication:
    """The locked row, if the actor makes this step now. Raises Refused or Conflict."""
    if not PartnerApplication.objects.visible_to(actor).filter(pk=row.pk).exists():
        raise Refused(_("This row is not in your regions."))
    fresh: PartnerApplication = signed_by(actor, lock_row(row), name)
    verdict = may(actor.role, name, fresh.state)
    if not verdict:
        wrong = getattr(verdict, "wrong_state", False)
        raise (Conflict if wrong else Refused)(verdict.reason)
    return fresh


def _decline(actor: Actor, row: PartnerApplication, name: str, reason: str, verb: Verb, notice: str) -> Any:
    with transaction.atomic():
        fresh = begin(actor, row, name)
        need_reason(reason, _("Say why: the applicant reads it."))
        _move(actor, fresh, STEPS[name].target, verb, reason)
        tell_applicant(fresh, notice, link=name == "send_back", reason=reason)
    return fresh


def _move(actor: Actor, row: PartnerApplication, state: ApplicationState, verb: Verb, reason: str) -> None:
    row.become(state)
    row.remark = reason
    signed_by(actor, row, verb.code).save()
    record(row, verb.code, actor, facts={"reason": reason})


def _number(actor: Actor, row: PartnerApplication) -> None:
    row.created_at = clock.now()
    row.number = next_number("application", PREFIX, row.created_at)
    checked(row)
    signed_by(actor, row, "received").save(force_insert=True)


def _put_outlets(actor: Actor, row: PartnerApplication, outlets: Rows) -> None:
    for values in outlets:
        outlet = ApplicationOutlet(application=row, **values)
        checked(outlet)
        signed_by(actor, outlet, "received").save()


def _keep(actor: Actor, row: PartnerApplication, files: Iterable[Any]) -> list[str]:
    return [store(file, row, AttachmentKind.DOCUMENT, actor, public=False).name for file in files]


def _require_single(row: PartnerApplication) -> None:
    others = PartnerApplication.objects.filter(uscc=row.uscc).exclude(pk=row.pk)
    if not row.uscc_exception and others.exclude(state__in=["unconfirmed", "approved", "rejected"]).exists():
        raise Conflict(_("An application with this credit code is being handled already."))
