"""A02: every address of the table asked for by everybody; the answer is what the table says, and no page breaks."""

import pytest
from django.urls import NoReverseMatch, reverse

from portal.access import ACCESS, PUBLIC
from portal.accounts.roles import Role
from tests import factories as make
from tests.tickets.stages import Stage
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db

PEOPLE = [role for role in Role if role not in (Role.CUSTOMER, Role.SYSTEM)]
ARGUMENTS = {
    "public:progress": ["FW20200101-0001"],
    "customer:ticket": ["x" * 43],
    "customer:rate": ["x" * 43],
    "join:status": ["x" * 43],
    "join:invitation": ["x" * 43],
    "house:contract": [0],
    "house:contract_version": [0, 1],
    "verify": ["ABCDEFGH"],
    "verify_record": ["FW20200101-0001-F1-1-ABCDEFGHIJ"],
    "verify_certificate": ["ZS1-ABCDEFGHIJ"],
    "certificate_pdf": [1],
    "house:course": [1],
    "house:enrol": [1],
    "house:leave": [1],
    "house:exam_start": [1],
    "house:exam": [1],
    "house:exam_answer": [1],
    "house:exam_hand_in": [1],
    "house:person": [1],
    "files:attachment": ["abc"],
    "files:thumb": ["abc"],
    "record_pdf": ["FW20200101-0001", 1],
    "reports:file": [0],
    "house:standard": [0],
    "house:standard_propose": [0, 0],
    "ticket_article": ["FW20200101-0001", "ZS1"],
    "field:ticket": ["FW20200101-0001"],
    "field:step": ["FW20200101-0001", "accept"],
    "field:part": ["BJ20200101-0001"],
    "field:part_deed": ["BJ20200101-0001", "cancel"],
    "house:stock_part": [0, 0],
    "house:stock_move": [0, 0, "scrap"],
    "inspect:inspection": ["JC20200101-0001"],
    "inspect:submit": ["JC20200101-0001"],
    "inspect:item": ["JC20200101-0001", 0],
    "inspect:remove_photo": ["JC20200101-0001", 0],
    "inspection_pdf": ["JC20200101-0001"],
    "house:finding": [0],
    "house:count": ["PD20200101-0001"],
    "field:diagnostics": ["FW20200101-0001"],
    "field:diagnostic": ["FW20200101-0001", 0],
}
#: Addresses that only take a POST.
POSTED = {
    "logout", "set_language", "public:send_code", "public:open", "customer:step", "house:enrol", "house:leave",
    "house:exam_start", "house:exam_answer", "house:exam_hand_in", "inspect:remove_photo",
}  # fmt: skip


def address(name):
    for arguments in (ARGUMENTS.get(name, []), ["FW20200101-0001"], [0], [0, 0], [0, "x"], ["x", "x"]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"say in ARGUMENTS how {name} is reached")


@pytest.fixture(scope="module")
def names():
    return [name for name in ACCESS if name not in POSTED]


@pytest.mark.parametrize("role", [None, *PEOPLE])
def test_a02_every_address_answers_as_the_table_says(client, names, role):
    if role is not None:
        client.force_login(make.member(role))
    for name in names:
        status = client.get(address(name)).status_code
        if status == 405:  # it only takes a POST
            status = client.post(address(name)).status_code
        who = ACCESS[name]
        if who == PUBLIC:
            assert status in (200, 302, 404, 503), (name, role, status)
        elif role in who:
            assert status in (200, 302, 400, 404), (name, role, status)
        else:
            assert status in (302, 403, 404), (name, role, status)


@pytest.mark.parametrize("role", PEOPLE)
def test_a02_nobody_reaches_a_strangers_ticket(client, role):
    stage = Stage()
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    region = ("江苏省",) if role not in (Role.PARTNER_MANAGER, Role.DISPATCHER, Role.TECHNICIAN) else ()
    home = stage.other.organisation if not region else None
    client.force_login(make.member(role, home, regions=region, username=f"outsider-{role}"))
    for name in ("field:ticket", "record_pdf", "field:step"):
        arguments = {"record_pdf": [ticket.number, 1], "field:step": [ticket.number, "progress"]}
        answer = client.get(reverse(name, args=arguments.get(name, [ticket.number])))
        assert answer.status_code in (403, 404), (name, role)
        assert ticket.title not in answer.content.decode()


def test_b13_a_look_at_an_address_that_takes_posts_changes_nothing(client):
    known = {**ARGUMENTS, "customer:step": ["x" * 43, "confirm"], "logout": None, "set_language": None}
    for name in POSTED:
        argument = known.get(name, ["FW20200101-0001"])
        assert client.get(reverse(name, args=argument)).status_code == 405, name
