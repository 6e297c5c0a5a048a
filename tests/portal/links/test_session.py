"""A browser that opened a link: the link stays the authority."""

from datetime import timedelta

import pytest

from portal.accounts.actor import NOBODY
from portal.kernel import clock
from portal.links import session
from portal.links.tokens import LinkGone, LinkUnknown, issue, resolve, revoke

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request.session = {}
    return request


def opened(request, subject="ticket:7"):
    link = resolve(issue(subject, "track", days=1, holder="张伟"), "track")
    session.remember(request, link)
    return link


def test_the_holder_becomes_the_customer_of_that_ticket(request_):
    opened(request_)
    actor = session.actor_for(request_, "ticket:7")
    assert (actor.is_customer, actor.ticket_id, actor.label) == (True, 7, "张伟")
    assert session.actor_for(request_, "ticket:8") is NOBODY


def test_i02_every_later_step_asks_the_link_again(request_):
    opened(request_)
    revoke("ticket:7")
    assert session.actor_for(request_, "ticket:7") is NOBODY
    with pytest.raises(LinkGone):
        session.current(request_, "ticket:7")


def test_an_ended_link_is_gone(request_):
    opened(request_)
    with clock.travel(clock.now() + timedelta(days=2)):
        assert session.actor_for(request_, "ticket:7") is NOBODY


def test_a_session_cannot_lend_a_link_to_another_subject(request_):
    link = opened(request_)
    request_.session["signed_links"]["ticket:8"] = link.pk
    assert session.actor_for(request_, "ticket:8") is NOBODY


def test_leaving(request_):
    opened(request_)
    session.forget(request_, "ticket:7")
    session.forget(request_, "ticket:7")
    with pytest.raises(LinkUnknown):
        session.current(request_, "ticket:7")


def test_one_browser_remembers_only_so_many(request_):
    for number in range(25):
        opened(request_, f"ticket:{number}")
    assert len(request_.session["signed_links"]) == 20
    assert session.actor_for(request_, "ticket:24").ticket_id == 24
