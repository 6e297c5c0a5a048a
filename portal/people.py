"""Accounts: made, moved, stopped and given a new password, each with its entry in the person's journal."""

import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import staff
from portal.accounts.actor import Actor
from portal.accounts.models import Membership, Organisation, OrganisationKind, User
from portal.accounts.roles import PARTNER, Role
from portal.journal.log import record
from portal.journal.verbs import register
from portal.kernel.errors import InvalidInput, Refused
from portal.workflow.corridor import lock_row

#: Letters and digits that nobody mistakes for each other when a password is read out.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"

CREATED = register(
    "account_created",
    gettext_lazy("Account created"),
    gettext_lazy("%(actor)s created the account of %(person)s: %(role)s at %(organisation)s"),
)
MOVED = register(
    "account_moved",
    gettext_lazy("Account moved"),
    gettext_lazy("%(actor)s made %(person)s %(role)s at %(organisation)s"),
)
STOPPED = register(
    "account_stopped", gettext_lazy("Account stopped"), gettext_lazy("%(actor)s stopped the account: %(reason)s")
)
OPENED = register(
    "account_opened",
    gettext_lazy("Account opened again"),
    gettext_lazy("%(actor)s opened the account again: %(reason)s"),
)
PASSWORD = register(
    "account_password",
    gettext_lazy("Temporary password"),
    gettext_lazy("%(actor)s gave the account a new temporary password"),
)
SIGNED_OUT = register(
    "account_signed_out",
    gettext_lazy("Signed out everywhere"),
    gettext_lazy("%(actor)s signed out on all devices"),
)


def may_manage(actor: Actor, organisation: Organisation | None, role: str = "") -> bool:
    """Administrators manage every account, brand managers those of partners (spec/roles.md)."""
    if actor.role == Role.ADMINISTRATOR:
        return True
    if actor.role != Role.BRAND_MANAGER or (role and role not in PARTNER):
        return False
    return organisation is None or organisation.kind == OrganisationKind.PARTNER


def create(actor: Actor, user: User, organisation: Organisation, role: str, regions: list[str]) -> str:
    """Save a new account with its membership; answers its temporary password. Raises Refused or InvalidInput."""
    _require(actor, None, organisation, role)
    password = temporary_password()
    with transaction.atomic():
        user.password = make_password(password)
        user._history_user = _person(actor)
        user.save()
        membership = _join(actor, user, organisation, role, regions)
        record(user, CREATED.code, actor, facts=_facts(membership))
    return password


def move(actor: Actor, user: User, organisation: Organisation, role: str, regions: list[str]) -> Membership:
    """End the active membership and begin another; works from the next request on (A14). Nobody moves himself (B08)."""
    _require(actor, user, organisation, role)
    with transaction.atomic():
        lock_row(user)
        for old in Membership.objects.filter(user=user, active=True):
            old.active = False
            old._history_user = _person(actor)
            old.save()
        membership = _join(actor, user, organisation, role, regions)
        staff.part_from(actor, user, organisation)
        record(user, MOVED.code, actor, facts=_facts(membership))
    return membership


def set_active(actor: Actor, user: User, active: bool, reason: str) -> User:
    """Stop an account or open it again. Raises Refused or InvalidInput."""
    _require(actor, user)
    if not reason.strip():
        raise InvalidInput(_("Say why."), field="reason")
    with transaction.atomic():
        row = lock_row(user)
        row.is_active = active
        row._history_user = _person(actor)
        row.save(update_fields=["is_active"])
        record(row, (OPENED if active else STOPPED).code, actor, facts={"reason": reason})
    return row


def give_password(actor: Actor, user: User) -> str:
    """A new temporary password; sessions of the old one end. Raises Refused."""
    _require(actor, user)
    password = temporary_password()
    with transaction.atomic():
        row = lock_row(user)
        row.password = make_password(password)
        row.save(update_fields=["password"])
        record(row, PASSWORD.code, actor)
    return password


def sign_out_everywhere(actor: Actor) -> User:
    """End every session of the person himself, this one too; files of exports that he asked for die as well (F07)."""
    if actor.user_id is None:
        raise Refused(_("Sign in first."))
    with transaction.atomic():
        row = lock_row(User(pk=actor.user_id))
        row.sign_outs += 1
        row._history_user = _person(actor)
        row._change_reason = "signed out everywhere"
        row.save(update_fields=["sign_outs"])
        record(row, SIGNED_OUT.code, actor)
    return row


def temporary_password() -> str:
    """Four groups of four readable characters: about 79 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _n in range(4)) for _group in range(4))


def _join(actor: Actor, user: User, organisation: Organisation, role: str, regions: list[str]) -> Membership:
    membership = Membership(user=user, organisation=organisation, role=role, regions=regions)
    try:
        membership.full_clean()
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), field="role") from error
    membership._history_user = _person(actor)
    membership.save()
    return membership


def _require(actor: Actor, user: User | None, organisation: Organisation | None = None, role: str = "") -> None:
    if user is not None and user.pk == actor.user_id:
        raise Refused(_("Nobody changes his own account here: ask another administrator."))
    current = user.current_membership() if user is not None else None
    if current and not may_manage(actor, current.organisation, current.role):
        raise Refused(_("You may manage accounts of partners only."))
    if not may_manage(actor, organisation, role):
        raise Refused(_("You may manage accounts of partners only."))


def _person(actor: Actor) -> User | None:
    return User(pk=actor.user_id) if actor.user_id else None


def _facts(membership: Membership) -> dict[str, Any]:
    return {
        "person": str(membership.user),
        "organisation": membership.organisation.name,
        "role": str(membership.get_role_display()),
        "code": membership.role,
        "regions": membership.regions,
    }
