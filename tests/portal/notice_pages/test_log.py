"""The delivery log in the admin: who sees what, filters, and sending again."""

import pytest
from django.urls import reverse

from portal.accounts.roles import ADMIN_SITE, Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.notify import resend
from portal.notify.models import Delivery, DeliveryState, Notice, NoticeState
from tests import factories as make
from tests.cast import actor

pytestmark = pytest.mark.django_db
LOG = "admin:notify_delivery_changelist"


def lost(**more) -> Delivery:
    values = {"type": "ticket.closed", "subject": "ticket:1", "name": "张伟", "email": "zhang@example.com"}
    notice = Notice.objects.create(
        **{**values, **more},
        language="zh-hans",
        title="FW-1",
        body="x",
        state=NoticeState.FAILED,
        created_at=clock.now(),
    )
    return Delivery.objects.create(
        notice=notice, channel="mail", address=notice.email, state=DeliveryState.FAILED, attempts=9, refusals=9,
        error="SMTP 550 no such person", created_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def desk(client):
    user = make.member(Role.SERVICE_DESK)
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", sorted(ADMIN_SITE))
def test_the_log_is_for_desk_managers_and_administrators(role, client):
    client.force_login(make.member(role))
    expected = 200 if role in resend.KEEPERS else 403
    one = lost()
    assert client.get(reverse(LOG)).status_code == expected
    assert client.get(reverse("admin:notify_delivery_change", args=[one.pk])).status_code == expected
    assert client.get(reverse("admin:notify_notice_change", args=[one.notice_id])).status_code == expected


def test_a_region_sees_its_own_tickets_only(client):
    client.force_login(make.member(Role.BRAND_MANAGER, regions=("江苏省",)))
    one = lost()
    assert client.get(reverse("admin:notify_delivery_change", args=[one.pk])).status_code == 404
    assert "张伟" not in client.get(reverse(LOG)).content.decode()


def test_filters_and_masks(desk, client):
    lost()
    for query in ("state__exact=failed", "channel=mail", "kind=ticket.closed", f"day={clock.today()}", "day=7"):
        assert "张伟" in client.get(f"{reverse(LOG)}?{query}").content.decode(), query
    for query in ("state__exact=sent", "kind=ticket.new", "day=2020-01-01", "channel=sms"):
        assert "张伟" not in client.get(f"{reverse(LOG)}?{query}").content.decode(), query
    page = client.get(reverse("admin:notify_delivery_change", args=[Delivery.objects.get().pk])).content.decode()
    assert "zhang@example.com" not in page
    assert "z***@example.com" in page


def test_one_is_sent_again_after_a_question(desk, client, run_tasks, mailoutbox):
    one = lost()
    page = reverse("admin:notify_delivery_deed", args=[one.pk, "resend"])
    assert client.get(page).status_code == 200
    assert not mailoutbox
    assert client.post(page).status_code == 302
    run_tasks()
    one.refresh_from_db()
    assert one.state == DeliveryState.SENT
    assert Notice.objects.get().state == NoticeState.SENT
    assert [entry.verb for entry in entries_for(one.notice)] == ["notice_resent"]
    assert client.get(page).status_code == 409, "nothing is given up any more"


def test_many_are_sent_again_after_a_question(desk, client):
    rows = [lost(), lost(name="李四")]
    sent = lost()
    Delivery.objects.filter(pk=sent.pk).update(state=DeliveryState.SENT)
    chosen = {"action": "send_again", "_selected_action": [row.pk for row in [*rows, sent]]}
    asked = client.post(reverse(LOG), chosen)
    assert asked.status_code == 200
    assert "李四" in asked.content.decode()
    assert Delivery.objects.filter(state=DeliveryState.FAILED).count() == 2
    done = client.post(reverse(LOG), {**chosen, "sure": "yes"}, follow=True)
    assert "2" in "".join(str(m) for m in done.context["messages"])
    assert Delivery.objects.filter(state=DeliveryState.WAITING).count() == 2


def test_a_reader_cannot_send_again(client):
    client.force_login(make.member(Role.AUDITOR))
    one = lost()
    assert client.post(reverse("admin:notify_delivery_deed", args=[one.pk, "resend"])).status_code == 403
    with pytest.raises(resend.Refused):
        resend.resend(actor(make.member(Role.TECHNICAL)), one)


def test_what_is_not_given_up_or_has_no_channel_is_not_sent_again(desk):
    one = lost()
    who = actor(desk)
    resend.resend(who, one)
    with pytest.raises(resend.Conflict):
        resend.resend(who, one)
    other = lost()
    Delivery.objects.filter(pk=other.pk).update(channel="pigeon")
    assert resend.resend_all(who, [other]) == (0, 1)


def test_the_first_page_says_how_many_were_given_up(desk, client):
    lost()
    assert "1 条通知发送失败" in client.get(reverse("admin:index")).content.decode()
