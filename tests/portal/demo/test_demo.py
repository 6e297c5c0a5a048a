"""The demonstration: made by the actions, in every state, the same from the same seed, and only once."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from kpi.queries.figures import figures
from kpi.queries.scope import BRAND
from kpi.rules.period import of_quarter
from partners.models import Certificate, Outlet, Partner, PartnerContract, Staff
from partners.rules import uscc
from portal.accounts.models import Organisation, User
from portal.accounts.roles import Role
from portal.demo import accounts, customers, network, stock
from portal.demo.making import first_moment, make
from portal.demo.telling import Telling
from portal.files.models import Attachment
from portal.journal.models import JournalEntry
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.notify.models import Notice, NoticeState
from tickets.choices import Category, ClockState, TicketState
from tickets.models import Customer, SatisfactionFeedback, SlaClock, Ticket, TicketFact

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
SMALL = 60


@dataclass(frozen=True)
class Seen:
    """What the tests look at, read while the demonstration stood."""

    tickets: list[dict[str, Any]]
    verbs: Counter[str]
    facts: dict[str, Any]


def story() -> list[tuple[Any, ...]]:
    """Everything that was said: without subjects, since the database counts on after a rollback."""
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "happened_at", "actor__label"))


def said(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory):
    """One small demonstration for the whole module, undone before the first test looks at it."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    folder = tmp_path_factory.mktemp("demonstration")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder, PASSWORD_HASHERS=quick),
        clock.travel(NOW),
        transaction.atomic(),
    ):
        make(SMALL)
        found = look()
        transaction.set_rollback(True)
    return found


def look() -> Seen:
    quarter = of_quarter(Quarter.of(NOW).previous())
    technician = User.objects.get(username="technician")
    facts = {
        "report": verify(),
        "figures": figures(BRAND, quarter).as_dict()["figures"],
        "inbox": Ticket.objects.open().filter(owner__user=technician).count(),
        "accounts": json.loads(said("demo_accounts", "--json")),
        "table": said("demo_accounts"),
        "signs_in": {name: User.objects.get(username=name).check_password(accounts.PASSWORD) for name in usernames()},
        "silent": User.objects.exclude(username__in=usernames()).filter(password__startswith="!").count(),
        "users": User.objects.count(),
        "codes": list(Partner.objects.values_list("uscc", flat=True)),
        "channels": set(Partner.objects.values_list("channel_type", flat=True)),
        "contracts": set(PartnerContract.objects.values_list("state", flat=True)),
        "counts": [model.objects.count() for model in (Partner, Outlet, Staff, Customer)],
        "expired": Certificate.objects.filter(valid_until__lt=clock.today()).exists(),
        "queued": Notice.objects.filter(state=NoticeState.QUEUED).count(),
        "signatures": Attachment.objects.filter(kind="signature").count(),
        "ratings": SatisfactionFeedback.objects.count(),
        "clocks": set(SlaClock.objects.values_list("state", flat=True)),
        "facts": TicketFact.objects.count(),
        "late_history": Ticket.history.filter(history_date__gt=NOW).count(),
        "organisations": set(Organisation.objects.values_list("kind", flat=True)),
    }
    try:
        make(1)
    except Exception as error:
        facts["second"] = error
    return Seen(list(Ticket.objects.values()), Counter(JournalEntry.objects.values_list("verb", flat=True)), facts)


def usernames() -> list[str]:
    return [account.username for account in accounts.ACCOUNTS]


def test_tickets_stand_in_every_state(seen):
    assert {ticket["state"] for ticket in seen.tickets} == set(TicketState.values)
    assert len(seen.tickets) == SMALL == seen.facts["facts"]


def test_they_span_five_quarters_and_end_now(seen):
    received = [ticket["received_at"] for ticket in seen.tickets]
    assert min(received) >= first_moment(NOW)
    assert max(received) <= NOW
    assert len({str(Quarter.of(moment)) for moment in received}) >= 4


def test_all_four_categories_and_several_channels(seen):
    assert {ticket["category"] for ticket in seen.tickets} >= set(Category.values) - {
        Category.COMPLAINT,
        Category.MAINTENANCE,
    }
    assert len({ticket["channel"] for ticket in seen.tickets}) >= 4


def test_the_service_log_is_intact_and_sealed(seen):
    report = seen.facts["report"]
    assert report.intact
    assert report.seals == 1
    assert seen.verbs["receive"] == SMALL
    assert seen.verbs["close"] == sum(ticket["state"] == "closed" for ticket in seen.tickets)


def test_versions_of_rows_carry_the_time_of_the_story(seen):
    assert seen.facts["late_history"] == 0


def test_clocks_were_settled_as_of_now(seen):
    assert seen.facts["clocks"] >= {ClockState.MET, ClockState.RUNNING, ClockState.BREACHED}
    assert any(ticket["next_due_at"] and ticket["next_due_at"] > NOW for ticket in seen.tickets)


def test_the_network_is_as_promised(seen):
    partners, outlets, staff, customers = seen.facts["counts"]
    assert (partners >= 12, outlets >= 40, staff >= 145, customers) == (True, True, True, SMALL)
    assert all(uscc.check(code) for code in seen.facts["codes"])
    assert len(seen.facts["channels"]) == 7
    assert seen.facts["contracts"] == {"draft", "in_force", "expired"}
    assert seen.facts["expired"]
    assert seen.facts["organisations"] == {"brand", "partner", "auditor"}


def test_nobody_is_written_to(seen):
    assert seen.facts["queued"] == 0


def test_customers_signed_and_rated(seen):
    assert seen.facts["signatures"] > 10
    assert seen.facts["ratings"] > 10


def test_figures_are_plausible(seen):
    found = seen.facts["figures"]
    for code in ("response_on_time", "resolution_on_time", "acceptance_on_time"):
        assert found[code]["denominator"] > 0
        assert found[code]["value"] > 0.5


def test_an_account_of_every_role_signs_in_with_the_printed_password(seen):
    assert {account.role for account in accounts.ACCOUNTS} == set(Role) - {Role.CUSTOMER, Role.SYSTEM}
    assert all(seen.facts["signs_in"].values())
    assert accounts.PASSWORD in seen.facts["table"]
    assert seen.facts["silent"] == seen.facts["users"] - len(accounts.ACCOUNTS)


def test_one_customers_link_is_printed(seen):
    shown = seen.facts["accounts"]
    waiting = {t["number"] for t in seen.tickets if t["state"] == TicketState.PENDING_CONFIRMATION}
    assert shown["customer"]["ticket"] in waiting
    assert "/t/" in shown["customer"]["link"]
    assert [one["username"] for one in shown["accounts"]] == usernames()


def test_the_technician_has_work(seen):
    assert seen.facts["inbox"] >= 6


def test_a_second_run_is_refused_in_words(seen):
    assert getattr(seen.facts["second"], "status", 0) == 409
    assert str(seen.facts["second"])


@pytest.mark.django_db
def test_the_same_seed_tells_the_same():
    told, first = [], first_moment(NOW)
    with clock.travel(first):
        net = network.build(Random(1), NOW.date())
        stock.build(net, NOW.date())
        served = customers.build(Random(2), net, 5, NOW.date())
    for _ in range(2):
        with transaction.atomic(), clock.travel(NOW):
            before = JournalEntry.objects.count()
            Telling(Random(3), net, served, first, NOW, 5).run(lambda ended: None)
            told.append(story()[before:])
            transaction.set_rollback(True)
    assert len(told[0]) > 20
    assert told[0] == told[1]


@pytest.mark.django_db
def test_never_in_production(settings):
    settings.EMBEDDED = settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("make_demo", "--tickets", "1")
    assert not Organisation.objects.exists()
    assert json.loads(said("demo_accounts", "--json"))["accounts"] == []


@pytest.mark.django_db
def test_a_portal_without_demonstration_has_no_accounts_to_print():
    assert accounts.PASSWORD not in said("demo_accounts")


@pytest.mark.django_db
def test_less_than_one_ticket_is_wrong_use():
    with pytest.raises(CommandError) as refusal:
        call_command("make_demo", "--tickets", "0")
    assert refusal.value.returncode == 2


def test_the_printed_password_is_no_weak_one():
    validate_password(accounts.PASSWORD)
