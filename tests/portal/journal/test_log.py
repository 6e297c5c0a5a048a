"""Writing and reading the service log."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal import verbs
from portal.journal.chain import GENESIS, Link, digest
from portal.journal.log import entries_for, head_of, record, subject_of
from portal.journal.verify import verify
from portal.kernel import clock
from tests.factories import UserFactory

DORA = Actor(role=Role.SERVICE_DESK, user_id=3, organisation_id=1, label="Dora · 星河汽车")
THEN = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_verbs(monkeypatch):
    monkeypatch.setattr(verbs, "_VERBS", {})
    verbs.register("said", _("Note"), "%(actor)s: %(what)s", public=True)


@pytest.mark.django_db
def test_entries_stand_in_a_chain():
    first = record("ticket:1", "said", DORA, facts={"what": "hello"}, at=THEN)
    second = record("ticket:1", "said", DORA)
    assert (first.sequence, first.previous) == (1, GENESIS)
    assert (second.sequence, second.previous) == (2, first.digest)
    assert head_of("ticket:1") == (2, second.digest)
    assert head_of("ticket:2") == (0, GENESIS)
    assert first.happened_at == THEN < first.recorded_at
    assert list(entries_for("ticket:1")) == [first, second]
    assert str(second) == "ticket:1 #2 said"


@pytest.mark.django_db
def test_what_is_read_back_still_fits_its_digest():
    facts = {
        "price": Decimal("12.50"),
        "at": THEN,
        "parts": ["保险丝", "继电器"],
        "n": 3,
        "nested": {"b": None, "a": True},
    }
    record("ticket:1", "said", DORA, facts=facts)
    assert entries_for("ticket:1").get().facts["price"] == "12.50"
    assert verify().intact


@pytest.mark.django_db
def test_a_row_is_named_by_kind_and_number():
    user = UserFactory()
    assert subject_of(user) == f"user:{user.pk}"
    record(user, "said", DORA)
    assert entries_for(user).count() == 1


@pytest.mark.django_db
def test_r06_the_actor_is_a_snapshot():
    behalf = Actor(role=Role.SERVICE_DESK, label="Dora", on_behalf_of="张伟")
    entry = record("ticket:1", "said", behalf, imported=True)
    assert entry.actor == {
        "role": "service_desk",
        "user": None,
        "organisation": None,
        "label": "Dora",
        "on_behalf_of": "张伟",
        "imported": True,
    }
    assert entry.imported
    assert entry.actor_label == "Dora"
    entry = record("ticket:1", "said", Actor.system(""))
    assert entry.actor_label == "system"
    assert entry.sentence().startswith("系统")


@pytest.mark.django_db
def test_a_key_is_used_once_per_subject():
    record("ticket:1", "said", DORA, key="k")
    record("ticket:2", "said", DORA, key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        record("ticket:1", "said", DORA, key="k")


@pytest.mark.django_db
def test_q17_two_writers_of_one_place_cannot_both_win():
    entry = record("ticket:1", "said", DORA)
    entry.pk, entry._state.adding = None, True
    with pytest.raises(Exception, match=r"cannot be changed|unique|重复|duplicate"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.django_db
def test_n07_a_clock_that_jumps_back_breaks_nothing():
    record("ticket:1", "said", DORA)
    with clock.travel(clock.now() - timedelta(days=1)):
        record("ticket:1", "said", DORA)
    assert [entry.sequence for entry in entries_for("ticket:1")] == [1, 2]
    assert verify().intact


@pytest.mark.django_db
def test_an_entry_reads_as_a_sentence():
    entry = record("ticket:1", "said", DORA, facts={"what": ["a", "b"]})
    assert entry.sentence() == "Dora · 星河汽车: a、b"
    assert record("ticket:1", "said", DORA, facts={"what": ""}).sentence().endswith(": —")
    assert record("ticket:1", "said", DORA).sentence().endswith(": —")
    assert (entry.kind.public, entry.kind.code) == (True, "said")


@pytest.mark.django_db
def test_a_verb_of_an_older_version_still_reads():
    entry = record("ticket:1", "forgotten", DORA, facts={"note": "hello"})
    with translation.override("en"):
        assert entry.sentence() == "Dora · 星河汽车: hello"
    assert not entry.kind.public


def test_a_verb_is_registered_once():
    assert set(verbs.registered()) == {"said"}
    with pytest.raises(ValueError):
        verbs.register("said", "x", "y")


def test_the_digest_is_the_same_for_ever():
    link = Link("ticket:1", 1, "said", THEN, THEN, {"label": "Dora"}, {"what": "你好"}, GENESIS)
    assert digest(link) == "c5a5d6ef342ac373a5534c40828fccc88c780824e4949f8c020fb9d8f6b9996b"
