"""Approval of an application: organisation, partner, outlets, authorisations, contract draft, invitation (R105)."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions import contract_version
from partners.actions.application import begin
from partners.actions.base import checked, signed_by
from partners.actions.partner import give_organisation
from partners.choices import Post
from partners.choices.application import ApplicationState
from partners.models import Authorisation, Outlet, Partner, PartnerApplication, PartnerContract, Staff
from partners.notices.application import tell_applicant, tell_invited
from partners.rules.authorisation import tiers_up_to
from portal.accounts.actor import Actor
from portal.accounts.models import Membership, Organisation, User
from portal.accounts.roles import Role
from portal.journal.log import record, subject_of
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.links.models import SignedLink
from portal.links.tokens import revoke
from portal.workflow.corridor import lock_row

_COMPANY = (
    "name", "short_name", "channel_type", "uscc", "uscc_exception", "legal_representative", "region", "address",
    "contact_name", "phone", "email",
)  # fmt: skip


def approve(
    actor: Actor,
    application: PartnerApplication,
    *,
    code: str,
    username: str,
    contract_number: str,
    valid_from: date,
    valid_until: date,
) -> Partner:
    """Make everything that a partner needs to begin, or nothing. Raises Refused, Conflict or InvalidInput.

    The contract is a draft: dispatching begins when it is reviewed, signed and in force. The manager chooses his
    password by the invitation's link.
    """
    with transaction.atomic():
        row = begin(actor, application, "approve")
        if valid_until < valid_from:
            raise InvalidInput(_("An authorisation cannot end before it begins."), field="valid_until")
        partner = _partner(actor, row, code)
        outlets = _outlets(actor, row, partner)
        _authorise(actor, row, partner, valid_from, valid_until)
        _contract(actor, row, partner, contract_number, valid_from, valid_until)
        invite(actor, partner, outlets[0], name=row.contact_name, username=username, email=row.email, phone=row.phone)
        row.partner = partner
        row.become(ApplicationState.APPROVED)
        row.save()
        facts = {"code": code, "outlets": len(outlets), "valid_until": valid_until}
        record(row, verbs.application.APPROVED.code, actor, facts=facts)
        tell_applicant(row, "application.approved")
    return partner


def invite(actor: Actor, partner: Partner, outlet: Outlet, *, name: str, username: str, email: str, phone: str) -> User:
    """An account for the partner's manager: no password, but a link by which he chooses one. Raises InvalidInput."""
    user = User(username=username, name=name, email=email, phone=phone, password=make_password(None))
    _check(user, "username")
    signed_by(actor, user, "invited").save()
    membership = Membership(user=user, organisation=partner.organisation, role=Role.PARTNER_MANAGER)
    signed_by(actor, membership, "invited").save()
    person = Staff(outlet=outlet, user=user, number=f"{partner.code}-01", name=name, post=Post.MANAGER, phone=phone)
    _check(person, "username")
    signed_by(actor, person, "invited").save()
    record(user, verbs.application.INVITED.code, actor, facts={"person": name, "organisation": partner.name})
    tell_invited(user, partner.name)
    return user


def invited(link: SignedLink) -> User:
    """Whose invitation the link is. Raises Conflict when the account was stopped meanwhile."""
    user = User.objects.filter(pk=link.subject.partition(":")[2], is_active=True).first()
    if user is None:
        raise Conflict(_("This account is closed: ask your contact at the brand."))
    return user


def take_up(link: SignedLink, password: str) -> User:
    """The invited person chooses a password; the link ends with it. Raises Conflict or InvalidInput."""
    user = invited(link)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), field="new_password1") from error
    with transaction.atomic():
        row = lock_row(user)
        if row.has_usable_password():
            raise Conflict(_("This invitation was taken up already: sign in, or ask for a new password."))
        row.password = make_password(password)
        row.save(update_fields=["password"])
        revoke(subject_of(row), "invite")
        record(row, verbs.application.ENTERED.code, Actor.of(row), facts={"person": row.name})
    return row


def _partner(actor: Actor, row: PartnerApplication, code: str) -> Partner:
    if Organisation.objects.filter(code=code).exists() or Partner.objects.filter(code=code).exists():
        raise InvalidInput(_("This partner code is taken: choose another."), field="code")
    partner = Partner(code=code, since=clock.today(), **{name: getattr(row, name) for name in _COMPANY})
    checked(partner, exclude=("organisation",))
    give_organisation(partner)
    signed_by(actor, partner, "approved").save()
    return partner


def _outlets(actor: Actor, row: PartnerApplication, partner: Partner) -> list[Outlet]:
    """Each outlet covers its own region; the first one also the areas in which there is none."""
    lines, made = list(row.product_lines.all()), []
    told = list(row.outlets.all())
    housed = {outlet.region for outlet in told}
    for number, outlet in enumerate(told, 1):
        rest = [area for area in row.areas if area not in housed] if number == 1 else []
        new = Outlet(
            partner=partner,
            code=f"{partner.code}-{number:02d}",
            name=outlet.name,
            region=outlet.region,
            address=outlet.address,
            phone=outlet.phone,
            coverage=list(dict.fromkeys([outlet.region, *rest])),
            tiers=tiers_up_to(row.tier),
        )
        _check(new, "code")
        signed_by(actor, new, "approved").save()
        new.product_lines.set(lines)
        made.append(new)
    return made


def _authorise(actor: Actor, row: PartnerApplication, partner: Partner, first: date, last: date) -> None:
    pairs = [(line, area) for line in row.product_lines.all() for area in row.areas]
    for number, (line, area) in enumerate(pairs, 1):
        right = Authorisation(
            number=f"{partner.code}-{number:03d}",
            partner=partner,
            product_line=line,
            region=area,
            tier=row.tier,
            valid_from=first,
            valid_until=last,
        )
        _check(right, "code")
        signed_by(actor, right, "approved").save()


def _contract(
    actor: Actor, row: PartnerApplication, partner: Partner, number: str, first: date, last: date
) -> PartnerContract:
    contract = PartnerContract(partner=partner, number=number, tier=row.tier, valid_from=first, valid_until=last)
    _check(contract, "contract_number")
    signed_by(actor, contract, "approved").save()
    contract.product_lines.set(row.product_lines.all())
    contract_version.write(actor, contract)
    return contract


def _check(row: Any, field: str) -> None:
    """The model's checks, told at the field of the approval that gave the value. Raises InvalidInput."""
    try:
        checked(row)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=field) from error
