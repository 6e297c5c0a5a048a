"""Text messages and robots through a real HTTP server that throttles, redirects, cuts or hangs (K11, H03, H08)."""

import logging
from datetime import timedelta

import pytest
from apprise.plugins.wecombot import NotifyWeComBot

from portal.kernel import clock
from portal.notify import channels, outcome, watching
from portal.notify.models import ChannelHealth, Delivery, DeliveryState
from portal.notify.outcome import Kind
from portal.notify.queue import LinkTo, Recipient, announce, queue
from portal.notify.tasks import deliver_due
from tests.portal.notify.servers import always, mail_server, web_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
SECRET = "s3cr3t-k3y-of-the-gateway"
ZHANG = Recipient(phone="138 0000 1234", name="张伟")


@pytest.fixture
def sms(settings):
    """A gateway for text messages at this port, and a robot for the desk."""

    def use(port: int) -> None:
        base = f"json://127.0.0.1:{port}"
        settings.SECRET_NOTIFY_URLS = (
            f"sms={base}/send?:to={{phone}}&+Authorization={SECRET} desk={base}/robot?+Authorization={SECRET}"
        )

    return use


def send(code="t.plain", recipient=ZHANG, **more) -> Delivery:
    return queue(code, recipient, {"number": "N-1"}, "thing:1", **more).deliveries.get()


def at(**later):
    return clock.travel(clock.now() + timedelta(**later))


def test_r220_who_has_no_mail_gets_a_text_message_with_his_link(sms, settings):
    settings.SITE_URL = "https://service.example.com"
    with web_server() as web:
        sms(web.port)
        one = send("t.link", link=LinkTo("track", "/t/{token}/", 90))
        assert (one.channel, one.address) == ("sms", "13800001234")
        assert deliver_due.call() == 1
        _path, headers, body = web.asked[0]
        assert '"to": "13800001234"' in body
        assert "https://service.example.com/t/" in body
        assert headers["Idempotency-Key"] == f"notice-{one.notice.pk}-{one.notice.created_at:%Y%m%d%H%M%S}-sms"
    one.refresh_from_db()
    assert one.state == DeliveryState.SENT
    assert one.answer.startswith("HTTP 200")


def test_without_gateway_or_mobile_there_is_no_address(settings):
    settings.SECRET_NOTIFY_URLS = ""
    assert queue("t.plain", ZHANG, {"number": "1"}, "thing:1").state == "no_address"
    settings.SECRET_NOTIFY_URLS = "sms=json://127.0.0.1:1/{phone}"
    assert queue("t.plain", Recipient(phone="021-50001234"), {"number": "1"}, "thing:1").state == "no_address"


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (always(429, Retry_After="120"), 120),
        (always(503, Retry_After="300"), 300),
        (always(200, '{"errcode":45009,"errmsg":"api freq out of limit"}'), 60),
        (always(200, '{"errcode":130101,"errmsg":"send too fast"}'), 60),
        (always(500, "oops"), 30),
        (always(302, Location="http://127.0.0.1:1/private"), 30),
        (lambda n: None, 30),
    ],
)
def test_k11_back_off_as_long_as_asked_and_then_once(answer, wait, sms):
    with web_server(answer) as web:
        sms(web.port)
        one = send()
        assert deliver_due.call() == 0
        one.refresh_from_db()
        assert abs((one.next_try_at - clock.now()).total_seconds() - wait) < 5
        assert deliver_due.call() == 0
        assert len(web.asked) == 1, "neither followed nor repeated before its time"
        web.answer = always(200, '{"errcode":0}')
        with at(seconds=wait + 5):
            assert deliver_due.call() == 1
        assert len(web.asked) == 2
        assert len({headers["Idempotency-Key"] for _path, headers, _body in web.asked}) == 1


def test_a_gateway_that_hangs_costs_a_short_time(sms, monkeypatch):
    monkeypatch.setattr(watching, "READ_S", 0.2)
    with mail_server("hang") as silent:
        sms(silent.port)
        one = send()
        assert deliver_due.call() == 0
    one.refresh_from_db()
    assert one.error == "ReadTimeout"


def test_k11_urgent_falls_from_mail_to_text_message_and_never_twice(sms, by_smtp):
    with web_server() as web, mail_server("busy") as post:
        sms(web.port)
        by_smtp(post.port)
        both = Recipient(email="zhang@example.com", phone="13800001234")
        notice = queue("t.urgent", both, {"number": "N-1"}, "thing:1")
        deliver_due.call()
        deliver_due.call()
        assert {d.channel: d.state for d in notice.deliveries.all()} == {"mail": "waiting", "sms": "sent"}
        notice.refresh_from_db()
        assert notice.state == "sent"
        post.mode = "ok"
        with at(minutes=5):
            deliver_due.call()
        assert (len(web.asked), len(post.taken)) == (1, 1)


def test_k11_urgent_does_not_wait_for_a_channel_that_is_known_to_rest(sms, by_smtp, settings, run_tasks):
    both = Recipient(email="zhang@example.com", phone="13800001234")
    with web_server() as web, mail_server("busy") as post:
        sms(web.port)
        settings.SECRET_NOTIFY_URLS += f" voice=json://127.0.0.1:{web.port}/voice?:to={{phone}}"
        by_smtp(post.port)
        queue("t.plain", both, {"number": "N-1"}, "thing:1")
        run_tasks()
        urgent = queue("t.urgent", both, {"number": "N-2"}, "thing:1")
        run_tasks()
        assert post.visits == 1
        assert web.paths == ["/send"], "at once, by the next channel"
        for minute in range(1, 20, 4):
            with at(minutes=minute):
                deliver_due.call()
        assert web.paths == ["/send"], "and by no further one, however long mail is away"
        assert {d.channel: d.state for d in urgent.deliveries.all()} == {"mail": "waiting", "sms": "sent"}


def test_k11_a_failing_robot_resends_on_no_other_channel(sms, by_smtp):
    with web_server(always(500)) as web, mail_server() as post:
        sms(web.port)
        by_smtp(post.port)
        queue("t.plain", Recipient(email="zhang@example.com", phone="13800001234"), {"number": "N"}, "thing:1")
        announce("t.plain", "desk", {"number": "N"}, "thing:1")
        for minute in range(0, 40, 10):
            with at(minutes=minute):
                deliver_due.call()
        assert len(post.taken) == 1
        assert set(web.paths) == {"/robot"}


def test_k11_what_waited_for_a_robot_goes_as_one_message(sms):
    with web_server(always(200, '{"errcode":45009}')) as web:
        sms(web.port)
        for n in range(5):
            announce("t.plain", "desk", {"number": f"N-{n}"}, "thing:1")
        deliver_due.call()
        web.answer = always(200, '{"errcode":0}')
        with at(minutes=2):
            deliver_due.call()
        assert len(web.asked) == 2
        assert all(f"N-{n}" in web.asked[1][2] for n in range(5))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_an_announcement_without_robot_is_nothing(settings):
    settings.SECRET_NOTIFY_URLS = ""
    assert announce("t.plain", "desk", {"number": "N"}, "thing:1") is None


def test_the_wecom_robots_own_answer_counts(settings, monkeypatch):
    with web_server(always(200, '{"errcode":93000,"errmsg":"invalid webhook url"}')) as web:
        monkeypatch.setattr(NotifyWeComBot, "notify_url", f"http://127.0.0.1:{web.port}/send?key={{key}}")
        settings.SECRET_NOTIFY_URLS = f"desk=wecombot://{SECRET}"
        announce("t.plain", "desk", {"number": "N"}, "thing:1")
        deliver_due.call()
    one = Delivery.objects.get()
    assert one.state == DeliveryState.WAITING
    assert "93000" in one.error


def test_an_answer_without_the_expected_text_is_a_refusal(settings):
    with web_server(always(200, '{"code":5,"msg":"no credit"}')) as web:
        url = f'json://127.0.0.1:{web.port}/send?portal_ok="code":0&:to={{phone}}'
        settings.SECRET_NOTIFY_URLS = f"sms={url}"
        one = send()
        deliver_due.call()
        one.refresh_from_db()
        assert (one.refusals, one.state) == (1, DeliveryState.WAITING)
        assert "no credit" in one.error


def test_h08_secrets_appear_nowhere(sms, caplog, settings):
    caplog.set_level(logging.DEBUG)
    with web_server(always(500, f"bad key {SECRET}, phone 13800001234")) as web:
        sms(web.port)
        send()
        deliver_due.call()
        settings.SECRET_NOTIFY_URLS = f"sms=json://127.0.0.1:1/{SECRET}/{{phone}}"
        with at(minutes=5):
            deliver_due.call()
        settings.SECRET_NOTIFY_URLS = f"sms=nosuch://{SECRET}/{{phone}}"
        with at(minutes=10):
            deliver_due.call()
    told = " ".join(Delivery.objects.values_list("error", flat=True)) + str(ChannelHealth.objects.get().error)
    assert SECRET not in told + caplog.text
    assert "13800001234" not in told
    assert SECRET not in repr(channels.configured())


@pytest.mark.parametrize("text", ["sms", "sms=nothing", "Sms=json://x", "mail=json://x", "a=json://x a=json://y"])
def test_a_wrong_setting_is_named_without_its_address(text):
    with pytest.raises(ValueError) as caught:
        channels.parse(text)
    assert "json://" not in str(caught.value)


def test_waiting_times_are_read_in_both_spellings():
    now = clock.now().replace(microsecond=0)
    assert outcome.retry_after("30", now) == timedelta(seconds=30)
    assert outcome.retry_after(f"{now + timedelta(minutes=3):%a, %d %b %Y %H:%M:%S} GMT", now) == timedelta(minutes=3)
    assert outcome.retry_after("soon", now) is None
    assert outcome.retry_after("999999999", now) == outcome.LONGEST_WAIT


def test_answers_of_no_known_shape():
    for body in ("<html>", "[]", ""):
        told = outcome.of_answer(outcome.Answer(200, "", body), coded=True, expect="", now=clock.now())
        assert told.kind == Kind.DOWN
    assert (
        outcome.of_answer(outcome.Answer(400, "", "bad"), coded=False, expect="", now=clock.now()).kind == Kind.REFUSED
    )
