"""Notices are written with the change, in the reader's language, and delivered once (A16, I13, K06, K09, K15)."""

import smtplib
from datetime import timedelta
from types import MappingProxyType

import pytest
from django.core import mail
from django.db import transaction
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from portal.kernel import clock
from portal.links.models import SignedLink
from portal.links.tokens import resolve
from portal.notify import delivery, types
from portal.notify.models import Delivery, DeliveryState, Notice, NoticeState
from portal.notify.queue import LinkTo, Recipient, as_delivered, inbox, is_address, mark_read, queue, unread
from portal.notify.tasks import deliver_due
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CUSTOMER = Recipient(name="张伟", email="zhang@example.com", language="zh-hans")


@pytest.fixture(autouse=True)
def _own_types(monkeypatch):
    monkeypatch.setattr(types, "_TYPES", {})
    monkeypatch.setattr(types, "_CHECKS", {})
    monkeypatch.setattr("portal.notify.breaker.JITTER", 0)
    types.register("t.state", gettext_lazy("State"), "%(number)s: %(what)s")
    types.register("t.link", "Look at %(number)s", "Here: %(link)s")
    types.register("t.plain", "%(number)s", "Text.")


def send(code="t.state", recipient=CUSTOMER, link=None, **context):
    return queue(code, recipient, {"number": "FW-1", **context}, "ticket:1", link=link)


def fail_with(monkeypatch, error):
    def send_messages(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send_messages)


def test_a_notice_is_delivered_by_its_task(run_tasks):
    notice = send(what="done")
    assert (notice.state, notice.body) == (NoticeState.QUEUED, "FW-1: done")
    assert run_tasks() == 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.SENT
    assert notice.sent_at
    (message,) = mail.outbox
    assert message.to == ["zhang@example.com"]
    assert "张伟" in message.body
    assert "FW-1: done" in message.body


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_speaks_the_recipients_language(language):
    with_word = send(recipient=Recipient(email="a@example.com", language=language))
    assert with_word.title == {"zh-hans": "状态", "en": "State"}[language]


def test_a_lacking_word_reads_as_a_dash_and_times_are_local(settings):
    settings.NOTIFY_STRICT = False
    assert send().body == "FW-1: —"
    assert send(what="").body == "FW-1: —"
    assert send(what=clock.now().replace(2026, 11, 22, 16, 5)).body == "FW-1: 2026-11-23 00:05"


def test_a_title_stays_one_line():
    assert send("t.plain", number="a\r\nBcc: evil@example.com").title == "a Bcc: evil@example.com"


def test_a_rollback_takes_notice_and_task_away():
    def change():
        with transaction.atomic():
            send()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not Notice.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.com, b@example.com", '"a, evil@x" <v@y.example>', "a@example.com\nBcc: b@c.d"]
)
def test_k15_without_one_plain_address_it_is_stored_and_not_sent(address, run_tasks):
    notice = send(recipient=Recipient(email=address))
    assert (notice.state, notice.email) == (NoticeState.NO_ADDRESS, "")
    assert run_tasks() == 0
    assert not is_address(address)


def test_k06_machines_can_tell_that_it_is_one(run_tasks):
    send()
    run_tasks()
    headers = mail.outbox[0].extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "All"


def test_a_signed_link_is_issued_when_sent_and_never_stored(run_tasks, settings):
    settings.SITE_URL = "https://service.example.com"
    notice = send("t.link", link=LinkTo("track", "/t/{token}/", 90))
    assert not SignedLink.objects.exists()
    run_tasks()
    _before, _slash, rest = mail.outbox[0].body.partition("https://service.example.com/t/")
    raw = rest.split("/")[0]
    assert resolve(raw, "track").subject == "ticket:1"
    notice.refresh_from_db()
    assert raw not in notice.body


def test_a_path_is_written_out(settings):
    settings.SITE_URL = "https://service.example.com"
    assert send("t.link", link="/field/1/").body == "Here: https://service.example.com/field/1/"
    assert send("t.plain", link="/field/1/").body.endswith("\n\nhttps://service.example.com/field/1/")


def test_what_was_sent_is_not_sent_again(run_tasks):
    notice = send()
    run_tasks()
    assert delivery.deliver_notice(notice.pk) is False
    assert deliver_due.call() == 0
    assert len(mail.outbox) == 1


def way(notice: Notice) -> Delivery:
    return notice.deliveries.get()


def test_who_claims_keeps_others_out():
    one = way(send())
    assert delivery._claim(one.pk)
    assert delivery._claim(one.pk) is None
    with clock.travel(clock.now() + delivery.LEASE + timedelta(seconds=1)):
        assert delivery._claim(one.pk), "a claim whose worker died is free again"


def test_a_claim_that_ran_out_closes_nothing_that_another_has_taken():
    one = way(send())
    old = delivery._claim(one.pk)
    with clock.travel(clock.now() + delivery.LEASE + timedelta(seconds=1)):
        delivery._claim(one.pk)
        delivery._give_back(old, state=DeliveryState.FAILED)
    one.refresh_from_db()
    assert one.state == DeliveryState.WAITING


def test_k09_a_dead_mail_server_loses_nothing(monkeypatch, run_tasks):
    notice = send()
    fail_with(monkeypatch, ConnectionRefusedError("no"))
    run_tasks()
    notice.refresh_from_db()
    one = way(notice)
    assert (notice.state, one.state, one.attempts) == (NoticeState.QUEUED, DeliveryState.WAITING, 1)
    assert "ConnectionRefusedError" in one.error
    monkeypatch.undo()
    start = clock.now()
    for seconds, sent in ((10, 0), (40, 1), (180, 0)):
        with clock.travel(start + timedelta(seconds=seconds)):
            assert deliver_due.call() == sent
    assert len(mail.outbox) == 1


def test_k09_it_is_tried_for_longer_than_a_day():
    assert timedelta(hours=24) < delivery.GIVE_UP


def test_after_two_days_it_is_given_up(monkeypatch):
    notice = send()
    fail_with(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    with clock.travel(clock.now() + delivery.GIVE_UP):
        assert delivery.deliver(way(notice).pk) is False
    notice.refresh_from_db()
    assert (notice.state, way(notice).state, way(notice).next_try_at) == (
        NoticeState.FAILED,
        DeliveryState.FAILED,
        None,
    )


def test_a16_who_may_no_longer_know_is_not_told(run_tasks):
    types.register_check("ticket", lambda notice: notice.email != "zhang@example.com")
    notice = send()
    run_tasks()
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN
    assert not mail.outbox


def test_a16_who_was_deactivated_is_not_told(run_tasks):
    user = UserFactory()
    notice = send(recipient=Recipient.of(user))
    user.is_active = False
    user.save()
    run_tasks()
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN


def test_the_inbox(run_tasks):
    user, other = UserFactory(), UserFactory()
    first, second = send(recipient=Recipient.of(user)), send(recipient=Recipient.of(user))
    assert list(unread(user)) == [second, first]
    assert mark_read(other, first.pk) == 0
    assert mark_read(user, first.pk) == 1
    assert list(unread(user)) == [second]
    assert mark_read(user) == 1
    assert inbox(user).count() == 2


def test_demonstrations_write_to_nobody(run_tasks):
    with as_delivered():
        notice = send(recipient=Recipient.of(UserFactory()))
    assert notice.state == NoticeState.SENT
    assert notice.read_at
    assert run_tasks() == 0
    assert send().state == NoticeState.QUEUED


def test_the_registry_refuses_what_would_be_silent():
    with pytest.raises(ValueError):
        types.register("t.state", "x", "y")
    with pytest.raises(KeyError):
        send("t.unknown")
    types.register_check("ticket", bool)
    with pytest.raises(ValueError):
        types.register_check("ticket", all)
    assert isinstance(types.registered(), dict | MappingProxyType)
