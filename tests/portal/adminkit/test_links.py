"""Pages of rows link only what their reader may open, and offer to save only what can be written (A01)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.actions import outlet_inspection_draw
from partners.choices.cooperation import TaskState
from partners.models import CooperationTask, OutletDraw
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import contract, cooperation, tool
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/admin/\w+/\w+/[^/"?#]+/change/)"')


def page_of(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def drawn(brand_manager, outlet_a) -> OutletDraw:
    mary = actor(brand_manager)
    version = inspect.check_list_of(mary).versions.get()
    return outlet_inspection_draw.draw(mary, OutletDraw(check_version=version, size=1, planned_on=clock.today()))


@pytest.fixture
def rows(drawn, brand_manager, manager_a, partner_a):
    """A row of several admins, each with foreign keys."""
    task = cooperation.task(actor(brand_manager), manager_a)
    version = contract.VersionFactory(contract=partner_a.contracts.get())
    return [drawn, drawn.inspections.get(), drawn.check_version, task, version, partner_a, partner_a.outlets.get()]


@pytest.fixture
def regional(brand) -> User:
    return make.member(Role.BRAND_MANAGER, brand, regions=("上海市",), username="regional")


@pytest.mark.parametrize("reader", ["brand_manager", "regional", "auditor", "technical", "legal"])
def test_a01_every_link_on_a_row_opens_for_its_reader(client, request, reader, rows):
    client.force_login(request.getfixturevalue(reader))
    seen = 0
    for row in rows:
        answer = client.get(page_of(row))
        if answer.status_code == 200:
            seen += 1
            dead = {link for link in LINK.findall(answer.content.decode()) if client.get(link).status_code != 200}
            assert not dead, (page_of(row), dead)
    assert seen > 1


def test_a01_a_strangers_draw_is_named_and_not_linked(client, brand_manager, regional, drawn):
    page = page_of(drawn.inspections.get())
    client.force_login(brand_manager)
    assert page_of(drawn) in client.get(page).content.decode()
    client.force_login(regional)
    text = client.get(page).content.decode()
    assert drawn.number in text
    assert page_of(drawn) not in text


def test_nothing_to_save_where_nothing_can_be_written(client, brand_manager, rows, manager_a):
    client.force_login(brand_manager)
    task = next(row for row in rows if isinstance(row, CooperationTask))
    assert task.state == TaskState.OPEN
    released = rows[2]
    for row in (task, released):
        text = client.get(page_of(row)).content.decode()
        assert 'name="_save"' not in text, row
        assert 'name="_continue"' not in text, row
    assert 'name="_save"' in client.get(page_of(rows[-1])).content.decode()


def below_customer(customer) -> None:
    make.EquipmentFactory(customer=customer, product_line=make.ProductLineFactory())
    make.AgreementFactory(customer=customer)


def below_partner(partner) -> None:
    make.OutletFactory(partner=partner)
    make.ContractFactory(partner=partner)


def below_outlet(outlet) -> None:
    make.StaffFactory(outlet=outlet)
    tool.ToolFactory(outlet=outlet, holder=make.StaffFactory(outlet=outlet))


@pytest.mark.parametrize("below", [below_customer, below_partner, below_outlet])
@pytest.mark.parametrize("reader", ["brand_manager", "auditor"])
def test_a_page_asks_no_query_more_for_more_rows_below(client, request, reader, below, partner_a):
    row = make.CustomerFactory() if below is below_customer else partner_a
    row = partner_a.outlets.get() if below is below_outlet else row
    client.force_login(request.getfixturevalue(reader))

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(page_of(row))
        assert answer.status_code == 200
        return len(LINK.findall(answer.content.decode())), len(seen)

    for _n in range(2):
        below(row)
    asked()
    links, first = asked()
    for _n in range(5):
        below(row)
    more, second = asked()
    assert more >= links + 10, "every row below is linked"
    assert second == first
