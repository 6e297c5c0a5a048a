"""The brand promises, sends and withdraws; the parts list and the ledger beside it (A01, B10, R134, R180)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partners.actions.ledger import Item, place_of
from partners.actions.stock import purchase
from partners.choices.stock import PlaceKind
from partners.models import SparePart, Stock
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.factories.stock import SparePartFactory, stocked, store
from tests.tickets.stages import Stage
from tickets.actions import part_request
from tickets.choices import TicketState
from tickets.models import PartRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def row(stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    part = Stock.objects.get(part__number="FU-30").part
    return part_request.request(stage.technician, part, 2, ticket=ticket, outlet=stage.side.outlet)


@pytest.fixture
def tom(client, stage):
    client.force_login(make.member(Role.TECHNICAL, stage.brand, username="tom", name="Tom"))
    return client


def deed(row, name):
    return reverse("admin:tickets_partrequest_deed", args=[row.pk, name])


def test_promised_and_sent(tom, row):
    until = clock.today() + timedelta(days=2)
    assert tom.post(deed(row, "promise"), {"until": (clock.today() - timedelta(days=1)).isoformat()}).status_code == 400
    assert tom.post(deed(row, "promise"), {"until": until.isoformat(), "note": "总仓有货"}).status_code == 302
    refused = tom.post(deed(row, "ship"), {})
    assert refused.status_code == 400
    purchase(Actor.system(), [Item(row.part, 9)])
    assert tom.post(deed(row, "ship"), {}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.promised_until) == ("shipped", until)


def test_overdue_ones_are_filtered(tom, row):
    part_request.promise(Actor.system(), row, clock.today())
    address = reverse("admin:tickets_partrequest_changelist")
    assert row.number not in tom.get(address, {"late": "1"}).content.decode()
    with clock.travel(clock.now() + timedelta(days=2)):
        assert row.number in tom.get(address, {"late": "1"}).content.decode()


@pytest.mark.parametrize("role", [Role.LEGAL, Role.MARKETING, Role.AUDITOR])
def test_b10_readers_read(client, stage, row, role):
    home = stage.brand if role != Role.AUDITOR else None
    client.force_login(make.member(role, home, username=f"r-{role}"))
    assert client.get(reverse("admin:tickets_partrequest_change", args=[row.pk])).status_code == 200
    assert client.post(deed(row, "promise"), {"until": clock.today().isoformat()}).status_code == 403
    assert PartRequest.objects.get().promised_at is None


def test_a01_another_region_is_absent(client, stage, row):
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand, ("江苏省",), username="east"))
    assert client.get(reverse("admin:tickets_partrequest_change", args=[row.pk])).status_code == 404
    assert client.get(deed(row, "promise")).status_code == 404
    here = Stock.objects.get(place=store(stage.side.outlet), part=row.part)
    assert client.get(reverse("admin:partners_stock_change", args=[here.pk])).status_code == 404
    assert "A服务网点" not in client.get(reverse("admin:partners_stockmove_changelist")).content.decode()


def test_the_list_shows_warehouse_and_partners_and_buys(tom, stage):
    part = SparePartFactory(number="MCU-5", serialised=True)
    address = reverse("admin:partners_sparepart_deed", args=[part.pk, "purchase"])
    assert tom.post(address, {"quantity": "2", "serials": "A1", "reference": "PO-9"}).status_code == 400
    assert tom.post(address, {"quantity": "2", "serials": "A1\nA2", "reference": "PO-9"}).status_code == 302
    listed = tom.get(reverse("admin:partners_sparepart_changelist"))
    rows = {row.number: (row.warehouse, row.partners) for row in listed.context["cl"].result_list}
    assert rows["MCU-5"] == (2, 0)
    assert rows["FU-30"] == (0, 100)


def test_nobody_writes_the_ledger_by_hand(client, stage):
    client.force_login(make.member(Role.BRAND_MANAGER, stage.brand, username="boss"))
    part = stocked(place_of(PlaceKind.WAREHOUSE), 3)
    for name in ("stock", "stockmove", "stockcount"):
        assert client.get(reverse(f"admin:partners_{name}_changelist")).status_code == 200
        assert client.get(f"/admin/partners/{name}/add/").status_code == 403
    here = Stock.objects.get(part=part)
    client.post(reverse("admin:partners_stock_change", args=[here.pk]), {"quantity": "99"})
    here.refresh_from_db()
    assert here.quantity == 3
    assert SparePart.objects.count() == 5


def test_requests_are_taken_out_as_a_sheet(tom, row):
    answer = tom.post(reverse("admin:tickets_partrequest_sheet_export"), {"kind": "csv", "purpose": "核对供应情况"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert row.number in text
    assert "FU-30" in text
    assert tom.get(reverse("admin:tickets_partrequest_sheet_import")).status_code == 403
