"""Write and release check lists (R109–R114, R182)."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from partners.actions.base import locked, signed_by
from partners.choices.outlet_inspection import ListState
from partners.models import CheckItem, CheckList, CheckVersion
from partners.verbs import outlet_inspection as verbs
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput

_COPIED = ("place", "number", "section", "text", "look_for", "requirement", "weight", "core", "photo", "days")


def draft(actor: Actor, check_list: CheckList) -> CheckVersion:
    """A new version to be edited, with the items of the last one. Raises Refused or Conflict."""
    with transaction.atomic():
        row = locked(actor, check_list, "draft")
        last = row.versions.order_by("-number").first()
        if last is not None and last.is_draft:
            raise Conflict(_("There is a draft already: finish or change that one."))
        marks = {} if last is None else {"pass_mark": last.pass_mark, "top_mark": last.top_mark}
        if last is not None:
            marks["partly_too"] = last.partly_too
        version = CheckVersion(check_list=row, number=last.number + 1 if last else 1, **marks)
        signed_by(actor, version, "draft").save()
        for item in last.items.all() if last else ():
            copy = CheckItem(version=version, **{name: getattr(item, name) for name in _COPIED})
            signed_by(actor, copy, "draft").save()
    return version


def release(actor: Actor, version: CheckVersion, valid_from: date) -> CheckVersion:
    """From that day inspections ask these items; nothing in it changes any more.

    Raises Refused, Conflict, or InvalidInput that names the field.
    """
    with transaction.atomic():
        row = locked(actor, version, verbs.LIST_RELEASED.code)
        if not row.is_draft:
            raise Conflict(_("This version is released already."))
        items = row.items.count()
        if not items:
            raise InvalidInput(_("A list without items asks nothing: write at least one."), field="items")
        if valid_from < clock.today():
            raise InvalidInput(_("It cannot hold from a day in the past."), field="valid_from")
        before = CheckVersion.objects.filter(check_list=row.check_list_id, state=ListState.RELEASED)
        latest = before.aggregate(day=models.Max("valid_from"))["day"]
        if latest is not None and valid_from <= latest:
            words = _("The version before holds from %(day)s: choose a later day.")
            raise InvalidInput(words % {"day": latest}, field="valid_from")
        row.valid_from, row.released_at, row.released_by_id = valid_from, clock.now(), actor.user_id
        row.become(ListState.RELEASED)
        row.save()
        facts = {"number": row.number, "items": items, "valid_from": valid_from}
        record(row.check_list, verbs.LIST_RELEASED.code, actor, facts=facts)
    return row
