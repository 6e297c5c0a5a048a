"""A mail server that refuses, hangs, answers 4xx or 5xx or falls silent half-way (K06, K09, K15)."""

import time
from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.notify import breaker, delivery
from portal.notify.models import ChannelHealth, Delivery, DeliveryState, Notice, NoticeState
from portal.notify.queue import Recipient, queue
from portal.notify.tasks import deliver_due
from tests.portal.notify.servers import mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def send(number="N-1", code="t.plain", email="zhang@example.com") -> Delivery:
    return queue(code, Recipient(email=email, name="张伟"), {"number": number}, "thing:1").deliveries.get()


def again(one: Delivery) -> Delivery:
    one.refresh_from_db()
    return one


@pytest.mark.parametrize("mode", ["busy", "gone", "hang", "greylist", "no_such_person", "refused"])
def test_k09_a_day_of_trouble_and_then_once(mode, by_smtp):
    with mail_server(mode) as post:
        by_smtp(1 if mode == "refused" else post.port)
        one, start = send(), clock.now()
        for hour in range(0, 25, 4):
            with clock.travel(start + timedelta(hours=hour)):
                assert deliver_due.call() == 0
        assert again(one).state == DeliveryState.WAITING
        assert one.error
        post.mode = "ok"
        by_smtp(post.port)
        for hour in range(25, 46, 4):
            with clock.travel(start + timedelta(hours=hour)):
                deliver_due.call()
        assert again(one).state == DeliveryState.SENT
        assert len(post.taken) == 1
        assert not breaker.failing()


def test_k09_the_page_does_not_wait_for_the_mail_server(by_smtp):
    with mail_server("hang") as post:
        by_smtp(post.port)
        start = time.monotonic()
        for n in range(20):
            send(f"N-{n}")
        assert time.monotonic() - start < 3
        assert post.visits == 0, "a page only writes rows"


def test_k09_while_it_is_down_one_probe_goes_out_for_all(by_smtp):
    with mail_server("busy") as post:
        by_smtp(post.port)
        for n in range(30):
            send(f"N-{n}")
        start = clock.now()
        deliver_due.call()
        assert post.visits == 1
        with clock.travel(start + timedelta(seconds=70)):
            deliver_due.call()
        assert post.visits == 2
        post.mode = "ok"
        with clock.travel(start + timedelta(minutes=10)):
            assert deliver_due.call() == 30
        assert set(post.ids().values()) == {1}


def test_a_probe_is_one_workers_alone(by_smtp):
    ChannelHealth.objects.create(name="mail", failing_since=clock.now(), paused_until=clock.now())
    assert breaker.may_go("mail") is None
    assert breaker.may_go("mail") is not None


def test_an_answer_that_was_cut_comes_again_under_the_same_id(by_smtp):
    with mail_server("cut") as post:
        by_smtp(post.port)
        one = send()
        deliver_due.call()
        assert again(one).state == DeliveryState.WAITING
        post.mode = "ok"
        with clock.travel(clock.now() + timedelta(minutes=2)):
            deliver_due.call()
        assert again(one).state == DeliveryState.SENT
        assert list(post.ids().values()) == [2], "the receiver tells by the Message-ID"


def test_a_refused_person_does_not_stop_the_others(by_smtp):
    with mail_server("no_such_person") as post:
        by_smtp(post.port)
        one = send()
        deliver_due.call()
        assert (again(one).refusals, one.error) == (1, "SMTP 550 5.1.1 No such person")
        assert not breaker.failing()
        post.mode = "ok"
        send("N-2")
        assert deliver_due.call() == 1


def test_what_was_given_up_shows(by_smtp):
    by_smtp(1)
    one = send()
    with clock.travel(clock.now() + delivery.GIVE_UP):
        deliver_due.call()
    assert again(one).state == DeliveryState.FAILED
    assert Notice.objects.get().state == NoticeState.FAILED


def test_k15_one_recipient_whatever_the_name_says(by_smtp):
    with mail_server() as post:
        by_smtp(post.port)
        name = '"a, evil@x.example" <v@y.example>\nBcc: all@z.example'
        queue("t.plain", Recipient(email="zhang@example.com", name=name), {"number": "a\nCc: b@c.example"}, "thing:1")
        deliver_due.call()
        (message,) = post.taken
        assert post.recipients == ["rcpt TO:<zhang@example.com>"]
        assert message["To"] == "zhang@example.com"
        assert not message["Cc"]
        assert not message["Bcc"]


def test_k06_every_mail_says_that_a_machine_wrote_it(by_smtp):
    with mail_server() as post:
        by_smtp(post.port)
        send()
        deliver_due.call()
        assert post.taken[0]["Auto-Submitted"] == "auto-generated"
        assert post.taken[0]["X-Auto-Response-Suppress"] == "All"
