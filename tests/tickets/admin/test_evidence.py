"""Feedback, notices and the service log: to read, in scope, by their roles."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.roles import Role
from portal.adminkit.subjects import words_for
from portal.journal.models import JournalEntry
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db
LISTS = {
    "tickets_satisfactionfeedback": {"service_desk", "brand_manager", "legal", "technical", "marketing", "auditor"},
    "notify_notice": {"service_desk", "brand_manager", "administrator"},
    "journal_journalentry": {"service_desk", "brand_manager", "auditor"},
}
ROLES = [Role.SERVICE_DESK, Role.BRAND_MANAGER, Role.LEGAL, Role.TECHNICAL, Role.MARKETING, Role.AUDITOR]


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [*ROLES, Role.ADMINISTRATOR])
def test_a_list_opens_to_its_roles_and_nobody_writes(name, role, stage, client):
    stage.ticket_in(TicketState.CLOSED)
    client.force_login(make.member(role))
    expected = 200 if role in LISTS[name] else 403
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == expected
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403


def test_a18_an_entry_of_the_log_is_read_only(stage, client):
    stage.receive()
    entry = JournalEntry.objects.first()
    client.force_login(make.member(Role.AUDITOR))
    address = reverse("admin:journal_journalentry_change", args=[entry.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"verb": "close"}).status_code == 403
    assert (
        client.post(reverse("admin:journal_journalentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    )


@pytest.mark.parametrize("name", ["notify_notice", "journal_journalentry"])
def test_a03_another_region_is_not_shown(name, stage, client):
    stage.receive(region="江苏省", title="秘密标题", contact_email="li@example.com")
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand, regions=("上海市",)))
    response = client.get(reverse(f"admin:{name}_changelist"))
    assert response.context["cl"].result_count == 0


def test_the_log_names_its_rows_and_finds_a_ticket_by_its_number(stage, client, django_assert_max_num_queries):
    first, second = stage.receive(), stage.receive()
    client.force_login(make.member(Role.AUDITOR))
    address = reverse("admin:journal_journalentry_changelist")
    with django_assert_max_num_queries(20):
        page = client.get(address).content.decode()
    assert first.number in page
    assert second.number in page
    assert f">ticket:{first.pk}<" not in page
    found = client.get(address, {"q": second.number.lower()}).content.decode()
    assert second.number in found
    assert first.number not in found


@pytest.mark.parametrize("name", ["notify_notice", "journal_journalentry"])
def test_a_sheet_asks_no_query_more_for_more_rows(name, stage, client, settings, tmp_path, run_tasks):
    """At once and in the background alike: what the rows are about is looked up for a portion together."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand))
    address = reverse(f"admin:{name}_sheet_export")
    model = apps.get_model(*name.split("_"))

    def asked(at_once: int) -> tuple[int, int]:
        settings.EXPORT_AT_ONCE = at_once
        rows = model.objects.count()
        with CaptureQueriesContext(connection) as seen:
            answer = client.post(address, {"kind": "csv", "purpose": "核对"})
            assert answer.status_code == (200 if at_once else 302)
            assert b"".join(answer) or not at_once
            run_tasks()
        return rows, len(seen)

    stage.receive(contact_email="li@example.com")
    for at_once in (1_000, 0):
        asked(at_once)
        few, first = asked(at_once)
        for _n in range(5):
            stage.receive(contact_email="li@example.com")
        run_tasks()
        many, second = asked(at_once)
        assert many >= few + 5
        assert second == first, at_once


def test_an_entry_reads_as_words_with_its_place_in_the_chain(stage, client):
    ticket = stage.ticket_in(TicketState.REGISTERED)
    entry = JournalEntry.objects.filter(subject=f"ticket:{ticket.pk}").order_by("sequence").last()
    client.force_login(make.member(Role.AUDITOR))
    page = client.get(reverse("admin:journal_journalentry_change", args=[entry.pk])).content.decode()
    for shown in (ticket.number, entry.digest, entry.previous, str(Role.SERVICE_DESK.label)):
        assert shown in page


def test_a_row_that_is_gone_keeps_the_name_that_was_written(db):
    assert words_for(None, ["ticket:999999", "nothing:1", "ticket:x"]) == {
        name: name for name in ("ticket:999999", "nothing:1", "ticket:x")
    }
