"""The first page and the sidebar, by role."""

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import ADMIN_SITE, READERS, Role
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.mark.parametrize("role", sorted(ADMIN_SITE))
def test_each_role_has_its_first_page(role, stage, client):
    stage.receive()
    client.force_login(make.member(role, regions=()))
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    assert ("tiles" in response.context) == (role in READERS)


def test_tiles_count_what_waits(stage, client):
    for state in (TicketState.RECEIVED, TicketState.REGISTERED, TicketState.PENDING_CONFIRMATION, TicketState.CLOSED):
        stage.ticket_in(state)
    client.force_login(User.objects.get(username="dora"))
    context = client.get(reverse("admin:index")).context
    assert [tile.value for tile in context["tiles"]][:1] == [3]
    assert context["received_total"] == 4


def test_a03_the_first_page_counts_in_scope(stage, client):
    ticket = stage.receive(region="江苏省")
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand, regions=("上海市",)))
    response = client.get(reverse("admin:index"))
    assert {tile.value for tile in response.context["tiles"]} == {0}
    assert ticket.number not in response.content.decode()


def test_the_number_of_queries_is_fixed(stage, client, django_assert_max_num_queries):
    for _n in range(3):
        stage.ticket_in(TicketState.ACCEPTED)
    client.force_login(User.objects.get(username="dora"))
    with django_assert_max_num_queries(16):
        client.get(reverse("admin:index"))


def test_the_sidebar_shows_only_what_may_be_opened(stage, client):
    client.force_login(make.member(Role.ADMINISTRATOR))
    groups = client.get(reverse("admin:index")).context["sidebar_navigation"]
    links = [item["link"] for group in groups for item in group["items"]]
    assert reverse("admin:tickets_ticket_changelist") not in links
    for link in links:
        assert client.get(link).status_code == 200
