"""Standards and bulletins of the demonstration: one standard in its second version, bulletins old and new."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from partners.actions import adjustment, standard, standard_reply
from partners.choices.standard import OpinionOutcome
from partners.models import Clause, Publication, Receipt, Release
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.demo import texts
from portal.demo.network import Network
from portal.kernel import clock


def fill(random: Random, network: Network, today: date) -> None:
    """Released by the brand manager, confirmed by most partners, with opinions and a regional adjustment."""
    told = texts.read("standards")
    for document in told["document"]:
        _document(random, network.manager, document, today)
    with _at(today - timedelta(days=1), 17):
        standard_reply.remind(today)


def _document(random: Random, manager: Actor, told: dict[str, Any], today: date) -> None:
    publication = Publication.objects.create(code=told["code"], kind=told["kind"], title=told["title"])
    for version in told["version"]:
        announced = today - timedelta(days=version["announced_ago"])
        with _at(announced, 10):
            release = standard.draft(manager, publication)
            _write(release, version)
            days = timedelta(days=version["days_ahead"])
            release = standard.announce(manager, release, announced + days, announced + days)
        if announced + days <= today:
            with _at(announced + days, 0):
                standard.take_effect(announced + days)
        _answers(random, manager, release, version, announced)


def _write(release: Release, version: dict[str, Any]) -> None:
    release.clauses.all().delete()
    release.summary, release.major = version["summary"], version.get("major", False)
    release.save(update_fields=["summary", "major"])
    for place, clause in enumerate(version["clause"], 1):
        figures = {name: Decimal(str(clause[name])) for name in ("value", "lowest", "highest") if name in clause}
        Clause.objects.create(
            release=release,
            place=place,
            number=clause["number"],
            title=clause["title"],
            text=clause["text"],
            core=clause.get("core", False),
            unit=clause.get("unit", ""),
            **figures,
        )


def _answers(random: Random, manager: Actor, release: Release, version: dict[str, Any], announced: date) -> None:
    opinions, adjust = list(version.get("opinion", [])), version.get("adjust")
    for receipt in Receipt.objects.filter(release=release).select_related("partner"):
        person = _manager_of(receipt)
        if person is None:
            continue
        with _at(announced + timedelta(days=1), 9 + random.randrange(8)):
            if opinions:
                _opinion(manager, person, release, opinions.pop(0))
            if random.random() < version["read_share"]:
                standard_reply.acknowledge(person, release)
            if adjust:
                _adjust(manager, person, receipt, adjust)
                adjust = None


def _opinion(manager: Actor, person: Actor, release: Release, told: dict[str, Any]) -> None:
    opinion = standard_reply.give_opinion(person, release, told["text"], told.get("clause", ""))
    if told.get("answer"):
        standard_reply.answer_opinion(manager, opinion, OpinionOutcome(told["outcome"]), told["answer"])


def _adjust(manager: Actor, person: Actor, receipt: Receipt, told: dict[str, Any]) -> None:
    clause = receipt.release.clauses.get(number=told["clause"])
    row = adjustment.propose(person, clause, receipt.partner.region, Decimal(str(told["value"])), told["reason"])
    if told.get("decision"):
        adjustment.decide(manager, row, approve=True, reason=told["decision"])


def _manager_of(receipt: Receipt) -> Actor | None:
    user = User.objects.filter(
        membership__role=Role.PARTNER_MANAGER, membership__organisation_id=receipt.partner.organisation_id
    ).first()
    return Actor.of(user) if user else None


def _at(day: date, hour: int) -> Any:
    return clock.travel(datetime.combine(day, time(hour), clock.LOCAL))
