"""Release standards and bulletins: draft, announce, take effect, withdraw (R001, R042, R104, R147, R226)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import need_reason, require, signed_by
from partners.choices.standard import ReleaseState
from partners.models import Clause, Publication, Receipt, Release
from partners.notices import standard as notices
from partners.queries import standard as standards
from partners.rules import standard as rules
from partners.verbs import standard as verbs
from portal.accounts.actor import Actor
from portal.files.models import Attachment
from portal.files.store import kind_of, store
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.workflow.corridor import lock_row

_COPIED = ("place", "number", "title", "text", "core", "value", "unit", "lowest", "highest")


def draft(actor: Actor, publication: Publication) -> Release:
    """A new version to be edited, with the clauses of the last one. Raises Refused or Conflict."""
    require(rules.may_publish(actor.role, publication.kind))
    with transaction.atomic():
        lock_row(publication)
        rows = list(publication.releases.order_by("-number"))
        if any(row.is_draft for row in rows):
            raise Conflict(_("There is a draft already: finish or change that one."))
        release = Release(
            publication=publication, number=rows[0].number + 1 if rows else 1, summary="", author_id=actor.user_id
        )
        signed_by(actor, release, "draft")
        release.save()
        if rows:
            for clause in rows[0].clauses.all():
                Clause.objects.create(release=release, **{name: getattr(clause, name) for name in _COPIED})
    return release


def announce(actor: Actor, release: Release, effective_on: date, opinions_until: date | None = None) -> Release:
    """Tell every partner whom it concerns; from `effective_on` it holds (R226, R227).

    Raises Refused, Conflict, or InvalidInput that names the earliest day.
    """
    with transaction.atomic():
        row = locked(actor, release)
        if not row.is_draft:
            raise Conflict(_("This version is “%(state)s” already.") % {"state": row.get_state_display()})
        _complete(row)
        row.major = row.major or _changes_the_core(row)
        _check_days(row, effective_on, opinions_until)
        partners = standards.addressed(row.publication)
        if not partners:
            raise InvalidInput(_("No partner is addressed: look at channel types, regions and product lines."))
        row.announced_at, row.effective_on = clock.now(), effective_on
        row.opinions_until = opinions_until
        row.become(ReleaseState.ANNOUNCED)
        signed_by(actor, row, "announce")
        row.save()
        facts = {"number": row.number, "partners": len(partners), "effective_on": effective_on, "major": row.major}
        record(row, verbs.ANNOUNCED.code, actor, facts=facts)
        hand_out(row, partners)
        if effective_on <= clock.today():
            _take_effect(row)
    return row


def hand_out(release: Release, partners: list[Any]) -> None:
    """A receipt and a notice for each of the partners; those who have one are not told twice."""
    for partner in standards.without_receipt(release, partners):
        Receipt.objects.create(release=release, partner=partner, told_at=clock.now())
        notices.tell_partner(release, partner, "release.announced", opinions=_opinion_words(release))


def withdraw(actor: Actor, release: Release, reason: str) -> Release:
    """What was announced or holds does not hold any more; the version before it holds again if this one had begun.

    Raises Refused, Conflict or InvalidInput.
    """
    need_reason(reason, _("Say why it is withdrawn."))
    with transaction.atomic():
        row = locked(actor, release)
        if row.state not in (ReleaseState.ANNOUNCED, ReleaseState.IN_FORCE):
            raise Conflict(_("This version is “%(state)s” already.") % {"state": row.get_state_display()})
        held = row.state == ReleaseState.IN_FORCE
        row.become(ReleaseState.WITHDRAWN)
        row.ended_on = clock.today() if held else None
        signed_by(actor, row, reason)
        row.save()
        record(row, verbs.RELEASE_WITHDRAWN.code, actor, facts={"reason": reason})
        if held:
            _bring_back(row)
        for receipt in row.receipts.select_related("partner"):
            notices.tell_partner(row, receipt.partner, "release.withdrawn", reason=reason)
    return row


def attach(actor: Actor, release: Release, upload: Any) -> Attachment:
    """Keep a file with a draft: the paper, a drawing, a table. Raises Refused, Conflict or InvalidInput (E01)."""
    with transaction.atomic():
        row = locked(actor, release)
        if not row.is_draft:
            raise Conflict(_("What was announced is not changed: make a new version."))
        try:
            return store(upload, row, kind_of(upload), actor, public=False)
        except InvalidInput as error:
            raise InvalidInput(error.message, field="file") from error


def take_effect(today: date) -> int:
    """Put in force what was announced for today or earlier; answers how many. Running twice does no harm."""
    due = Release.objects.filter(state=ReleaseState.ANNOUNCED, effective_on__lte=today)
    return sum(_begin(pk, today) for pk in list(due.order_by("effective_on", "pk").values_list("pk", flat=True)))


def _begin(pk: int, today: date) -> bool:
    with transaction.atomic():
        row = lock_row(Release(pk=pk))
        if row.state != ReleaseState.ANNOUNCED or row.effective_on is None or row.effective_on > today:
            return False
        _take_effect(row)
    return True


def _take_effect(row: Release) -> None:
    actor = Actor.system()
    for old in Release.objects.filter(publication_id=row.publication_id, state=ReleaseState.IN_FORCE):
        old.become(ReleaseState.SUPERSEDED)
        old.ended_on = row.effective_on
        signed_by(actor, old, "superseded")
        old.save()
        record(old, verbs.ENDED.code, actor, facts={"number": row.number})
    row.become(ReleaseState.IN_FORCE)
    signed_by(actor, row, "effective")
    row.save()
    record(row, verbs.EFFECTIVE.code, actor, facts={"number": row.number})
    for receipt in row.receipts.filter(acknowledged_at=None).select_related("partner"):
        notices.tell_partner(row, receipt.partner, "release.effective")


def _bring_back(row: Release) -> None:
    """The version that a withdrawn one had superseded holds again."""
    old = Release.objects.filter(publication_id=row.publication_id, state=ReleaseState.SUPERSEDED)
    before = old.order_by("-number").first()
    if before is not None:
        before.become(ReleaseState.IN_FORCE)
        before.ended_on = None
        signed_by(Actor.system(), before, "withdrawal of the next version")
        before.save()
        record(before, verbs.EFFECTIVE.code, Actor.system(), facts={"number": before.number})


def locked(actor: Actor, release: Release) -> Release:
    """A fresh copy of the version, locked. Raises Refused."""
    require(rules.may_publish(actor.role, release.publication.kind))
    return lock_row(release)


def _complete(row: Release) -> None:
    if not row.summary.strip():
        raise InvalidInput(_("Say in a few sentences what it is about."), field="summary")
    if not row.clauses.exists():
        raise InvalidInput(_("A version without clauses says nothing: write at least one."), field="clauses")


def _changes_the_core(row: Release) -> bool:
    """Of a first version nothing changes; the author says whether it is major."""
    return standards.previous(row) is not None and rules.is_major(standards.changes_of(row))


def _check_days(row: Release, effective_on: date, opinions_until: date | None) -> None:
    today = clock.today()
    earliest = rules.earliest_effective(today, major=row.major)
    if effective_on < earliest:
        words = (
            _("A major change is announced at least 10 days ahead: the first day possible is %(day)s.")
            if row.major
            else _("It cannot hold from a day in the past: the first day possible is %(day)s.")
        )
        raise InvalidInput(words % {"day": earliest}, field="effective_on")
    last = standards.previous(row)
    if last is not None and last.effective_on and effective_on <= last.effective_on:
        words = _("Version %(number)s holds from %(day)s: choose a later day.")
        raise InvalidInput(words % {"number": last.number, "day": last.effective_on}, field="effective_on")
    if opinions_until is not None and not today <= opinions_until <= effective_on:
        words = _("Opinions are collected between today and the day from which it holds.")
        raise InvalidInput(words, field="opinions_until")


def _opinion_words(release: Release) -> str:
    if release.opinions_until is None:
        return ""
    return _("Your opinion is asked for until %(day)s.") % {"day": release.opinions_until}
