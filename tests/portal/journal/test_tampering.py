"""Whoever changes the service log past the portal is found, with subject and sequence (Q01–Q04, Q13)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from portal.journal import chain, seals
from portal.journal.log import chained, entries_for, head_of
from portal.journal.models import JournalEntry, Seal, SealedHead
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.errors import PortalError

TABLE = "journal_journalentry"
WHERE = f"UPDATE {TABLE} SET %s WHERE subject = 'ticket:1' AND sequence = 3"


def found():
    return [(b.subject, b.sequence, b.problem) for b in verify().breaks]


def test_an_untouched_log_is_intact(story):
    report = verify()
    assert report.intact
    assert (report.subjects, report.entries) == (2, 8)
    seals.seal()
    assert verify().intact


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "accept"),
        ("facts", '{"note": "第 3 条", "n": 4}'),
        ("actor", '{"role": "technician", "label": "x"}'),
        ("digest", "0" * 64),
        ("previous", "0" * 64),
    ],
)
def test_q01_one_changed_field(story, tamper, column, value):
    cast = "::jsonb" if connection.vendor == "postgresql" and column in ("facts", "actor") else ""
    tamper(WHERE % f"{column} = %s{cast}", value)
    assert found()[0][:2] == ("ticket:1", 3)


@pytest.mark.parametrize("column", ["happened_at", "recorded_at"])
def test_q01_one_changed_time(story, tamper, column):
    tamper(WHERE % f"{column} = %s", clock.now() - timedelta(days=1))
    assert found() == [("ticket:1", 3, "content changed")]


def test_q02_a_row_cut_out_of_the_middle(story, tamper):
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:1' AND sequence = 3")
    assert found()[0] == ("ticket:1", 3, "missing")


def test_q02_the_first_row(story, tamper):
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:1' AND sequence = 1")
    assert found()[0] == ("ticket:1", 1, "missing")


def test_q02_a_cut_off_end_shows_by_the_seal(story, tamper):
    seals.seal()
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:1' AND sequence >= 4")
    ((subject, sequence, problem),) = found()
    assert (subject, sequence) == ("ticket:1", 5)
    assert "cut off" in problem


def test_q02_a_whole_chain_cut_off(story, tamper):
    seals.seal()
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:2'")
    assert found()[0][:2] == ("ticket:2", 3)
    assert verify("ticket:2").breaks
    assert not verify("ticket:1").breaks


def forged(sequence, previous):
    now = clock.now()
    (entry,) = chained("ticket:1", (sequence - 1, previous), [("note", {"label": "x"}, {"note": "forged"}, now)], now)
    return entry


@pytest.mark.parametrize("sequence", [6, 7])
def test_q03_a_forged_row_with_its_own_right_hash(story, sequence):
    forged(sequence, "f" * 64).save(force_insert=True)
    assert chain.digest(entries_for("ticket:1").last().link()) == entries_for("ticket:1").last().digest
    assert found()[0][:2] == ("ticket:1", 6)


def test_q03_a_forged_row_in_the_place_of_another(story, tamper):
    before = entries_for("ticket:1").get(sequence=2).digest
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:1' AND sequence = 3")
    forged(3, before).save(force_insert=True)
    assert found()[0][:2] == ("ticket:1", 4), "its successor was chained to the one that is gone"


def test_q03_a_chain_rewritten_whole_shows_by_the_seal(story, tamper):
    seals.seal()
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:1'")
    for number in range(1, 6):
        forged(number, head_of("ticket:1")[1]).save(force_insert=True)
    ((subject, sequence, problem),) = found()
    assert (subject, sequence) == ("ticket:1", 5)
    assert "sealed" in problem


def test_q04_two_rows_swapped(story, tamper):
    tamper(f"UPDATE {TABLE} SET sequence = 99 WHERE subject = 'ticket:1' AND sequence = 2")
    tamper(f"UPDATE {TABLE} SET sequence = 2 WHERE subject = 'ticket:1' AND sequence = 3")
    tamper(f"UPDATE {TABLE} SET sequence = 3 WHERE subject = 'ticket:1' AND sequence = 99")
    assert found()[0][:2] == ("ticket:1", 2)


def test_q04_a_gap_closed_by_renumbering(story, tamper):
    tamper(f"DELETE FROM {TABLE} WHERE subject = 'ticket:1' AND sequence = 2")
    for old in (3, 4, 5):
        tamper(f"UPDATE {TABLE} SET sequence = {old - 1} WHERE subject = 'ticket:1' AND sequence = {old}")
    assert found()[0][:2] == ("ticket:1", 2)


STATEMENTS = [
    f"UPDATE {TABLE} SET verb = 'x'",
    f"DELETE FROM {TABLE} WHERE sequence = 1",
    "UPDATE journal_seal SET heads = 0",
    "DELETE FROM journal_sealedhead",
    "DELETE FROM journal_seal",
]
COPY = "SELECT id, subject, sequence, verb, happened_at, recorded_at, actor, facts, key, previous, digest"


@pytest.mark.parametrize("statement", STATEMENTS)
def test_q13_the_database_refuses(story, sql, statement):
    seals.seal()
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        sql(statement)
    assert verify().intact


@pytest.mark.sqlite
@pytest.mark.parametrize("how", ["REPLACE INTO", "INSERT OR REPLACE INTO"])
@pytest.mark.parametrize("number", ["id", "NULL"])
def test_q13_replace_on_sqlite(story, sql, how, number):
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        sql(f"{how} {TABLE} {COPY.replace('id', number, 1)} FROM {TABLE} WHERE sequence = 1")


@pytest.mark.sqlite
def test_q13_replace_by_the_key_of_a_repeated_sending(story, sql):
    entry = forged(6, head_of("ticket:1")[1])
    entry.key = "k1"
    entry.save(force_insert=True)
    copy = COPY.replace("id", "NULL", 1).replace("sequence", "77", 1)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        sql(f"REPLACE INTO {TABLE} {copy} FROM {TABLE} WHERE key = 'k1'")


@pytest.mark.postgres
@pytest.mark.parametrize("table", [TABLE, "journal_sealedhead", "journal_seal"])
def test_q13_truncate_on_postgresql(story, sql, table):
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgres
def test_q13_on_conflict_do_update(story, sql):
    copy = COPY.replace("id", "nextval(pg_get_serial_sequence('journal_journalentry', 'id'))", 1)
    clause = "ON CONFLICT (subject, sequence) DO UPDATE SET verb = 'x'"
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        sql(f"INSERT INTO {TABLE} {copy} FROM {TABLE} WHERE sequence = 1 {clause}")


@pytest.mark.parametrize(("sqlite", "postgresql"), [("update", "change"), ("delete", "truncate")])
def test_q13_a_dropped_guard_is_named(story, sql, sqlite, postgresql):
    name = f"journal_no_{sqlite if connection.vendor == 'sqlite' else postgresql}"
    sql(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {TABLE}"))
    assert found() == [("database", 0, f"the guard {name} is missing")]


@pytest.mark.postgres
def test_q13_a_guard_switched_off_is_named(story, sql):
    sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
    assert len(found()) == 2


def test_q13_the_models_refuse_too(story):
    with pytest.raises(PortalError):
        JournalEntry.objects.update(verb="x")
    with pytest.raises(PortalError):
        JournalEntry.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_seal SET heads = 1 WHERE number = 1",
        "UPDATE journal_sealedhead SET sequence = 2 WHERE subject = 'ticket:1'",
        "DELETE FROM journal_sealedhead WHERE subject = 'ticket:1'",
    ],
)
def test_a_changed_seal_is_named(story, tamper, statement):
    seals.seal()
    tamper(statement)
    assert ("seal", 1, "content changed") in found()


def test_a_seal_cut_out_is_named(story, tamper):
    for _ in range(3):
        seals.seal()
    tamper("DELETE FROM journal_seal WHERE number = 2")
    assert found()[0] == ("seal", 2, "missing")


def test_a_seal_holds_only_what_went_on(story):
    assert (seals.seal().heads, seals.seal().heads) == (2, 0)
    forged(6, head_of("ticket:1")[1]).save(force_insert=True)
    third = seals.seal()
    assert list(third.sealed_heads.values_list("subject", "sequence")) == [("ticket:1", 6)]
    assert third.previous == Seal.objects.get(number=2).digest
    assert SealedHead.objects.count() == 3
    assert verify().intact


def test_the_tree_tells_leaves_from_nodes_and_orders_apart():
    one, two, three = b"a", b"b", b"c"
    assert len({seals.merkle(x) for x in ([one], [one, two], [two, one], [one, two, three], [])}) == 5


def test_the_pure_check_sees_everything_at_once(story):
    links = [entry.link() for entry in entries_for("ticket:1")]
    broken = [*links[:2], replace(links[2], verb="x"), *links[4:]]
    assert [b.sequence for b in chain.check(broken)] == [3, 4]
