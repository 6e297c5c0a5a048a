"""Search by words: found wherever they stand, whoever wrote the ticket, and after every change."""

import pytest
from django.core.management import call_command
from django.db import connection

from portal.kernel import clock
from portal.textsearch.pairs import pairs_of
from tests.tickets.stages import Stage
from tickets.models import Ticket
from tickets.queries import desk
from tickets.queries.text_index import holding, install

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db) -> Stage:
    return Stage()


def found(text: str) -> set[str]:
    return set(desk.search(Ticket.objects.all(), text, phones=True).values_list("title", flat=True))


@pytest.mark.parametrize("text", ["机场", "山机", "泰山机场服务", "E12 报", "e12", "A-7", "场", "%", "_"])
def test_finds_what_a_search_through_all_rows_finds(text, stage):
    titles = ["充电桩 E12 报警", "门锁_失灵", "100% 放电"]
    for title, customer in zip(titles, ["泰山机场服务公司", "A-7 站", "山场"], strict=True):
        stage.receive(title=title, customer_name=customer)
    slow = {t.title for t in Ticket.objects.all() if text.lower() in f"{t.title}\n{t.customer_name}".lower()}
    assert found(text) == slow


def test_what_changes_is_found_by_its_new_words_only(stage):
    ticket = stage.receive(title="旧的题目", customer_name="东方")
    Ticket.objects.filter(pk=ticket.pk).update(title="新的内容")
    assert found("题目") == set()
    assert found("内容") == {"新的内容"}


def test_what_is_deleted_leaves_no_trace(db):
    ticket = Ticket.objects.create(number="X-1", title="要删的题目", channel="portal", received_at=clock.now())
    again = Ticket(pk=ticket.pk, number="X-2", title="别的", channel="portal", received_at=clock.now())
    ticket.delete()
    again.save(force_insert=True)
    assert not holding(Ticket.objects.all(), "题目").exists()


def test_letters_that_mean_something_to_the_database_are_only_letters(stage):
    stage.receive(title="普通题目")
    for text in ('"', "'", '" OR "a', "NEAR(a b)", "* AND", "a" * 300):
        assert found(text) == set()
    assert pairs_of('题"目 x') == []


@pytest.mark.sqlite
def test_a_lost_trigger_comes_back_with_all_words(stage):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ticket_pairs_insert")
    stage.receive(title="无人看见的题目")
    assert found("题目") == set()
    install()
    assert found("题目") == {"无人看见的题目"}
    install()
    assert found("题目") == {"无人看见的题目"}


def test_migrating_again_changes_nothing(stage):
    stage.receive(title="平常题目")
    call_command("migrate", verbosity=0)
    assert found("题目") == {"平常题目"}
