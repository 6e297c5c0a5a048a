"""Every main page at both widths, in English and in the dark, without an error behind its back."""

import pytest

from tests.browser.visitor import DESK, PHONE
from tickets.choices import TicketState

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@SIZES
def test_public_pages(stage, visitor, size):
    guest = visitor("guest", size, color_scheme="dark")
    for path in ("/", "/request/", "/track/", "/accounts/login/"):
        guest.open(path)
    guest.open("/")
    guest.press("切换深色或浅色")
    guest.press("EN")
    guest.sees("How can we help you?", "Track a ticket")
    guest.open("/request/")
    guest.sees("Send the request")
    guest.press("中文")
    guest.sees("提交请求")


@SIZES
def test_pages_of_the_field(stage, visitor, size):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    stage.ticket_in(TicketState.DISPATCHED)
    ann = visitor("Ann", size, color_scheme="dark")
    ann.sign_in("ann")
    for path in ("", "?tab=new", "search/?q=充电", "notices/", "me/"):
        ann.open(f"/field/{path}")
    for step in ("progress", "suspend", "complete", "escalate", "contact"):
        ann.open(f"/field/{ticket.number}/{step}/")
    ann.open(f"/field/{ticket.number}/")
    assert ann.dark()
    assert len(ann.page.screenshot()) > 10_000
    ann.press("切换深色或浅色")
    assert not ann.dark()
    ann.press("EN")
    ann.sees("In progress", "Service log", "Ann · A accepted the ticket. Responsible person: Ann.")


@SIZES
def test_pages_of_the_desk(stage, visitor, size):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    fresh = stage.ticket_in(TicketState.RECEIVED)
    dora = visitor("Dora", size, color_scheme="dark")
    dora.sign_in("dora")
    for path in (
        "",
        "tickets/ticket/",
        "tickets/ticket/add/",
        f"tickets/ticket/{ticket.pk}/change/",
        f"tickets/ticket/{ticket.pk}/history/",
        f"tickets/ticket/{fresh.pk}/change/",
        "tickets/customer/",
        "partners/partner/",
        "partners/outlet/",
    ):
        dora.open(f"/admin/{path}")
    assert len(dora.page.screenshot()) > 10_000
    dora.context.add_cookies([{"name": "django_language", "value": "en", "url": dora.base}])
    dora.open(f"/admin/tickets/ticket/{ticket.pk}/change/")
    dora.sees("Resolved", "Service log", "Due times")
