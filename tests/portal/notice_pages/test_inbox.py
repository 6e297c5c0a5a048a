"""The inbox and the preferences of whoever works in the admin, and of partner staff."""

import pytest
from django.urls import reverse

from portal.accounts.roles import ADMIN_SITE, Role
from portal.kernel import clock
from portal.notify import preferences
from portal.notify.models import Notice
from portal.notify.queue import unread
from tests import factories as make

pytestmark = pytest.mark.django_db
INBOX, SETTINGS = "admin:my_notices", "admin:my_notice_settings"


def told(user, subject="thing:1", **more) -> Notice:
    values = {"type": "x", "language": "zh-hans", "title": "看一看", "body": "正文", "created_at": clock.now()}
    return Notice.objects.create(user=user, subject=subject, **{**values, **more})


@pytest.mark.parametrize("role", sorted(ADMIN_SITE))
def test_everybody_in_the_admin_has_an_inbox_with_a_bell(role, client):
    user = make.member(role)
    client.force_login(user)
    told(user)
    told(make.UserFactory(), title="别人的")
    page = client.get(reverse(INBOX)).content.decode()
    assert "看一看" in page
    assert "别人的" not in page
    index = client.get(reverse("admin:index")).content.decode()
    assert 'aria-label="我的通知，1 条新消息"' in index
    assert client.get(reverse(SETTINGS)).status_code == 200


def test_read_one_and_all(client):
    user, other = make.member(Role.SERVICE_DESK), make.UserFactory()
    client.force_login(user)
    first, _second, foreign = told(user), told(user), told(other)
    assert client.post(reverse(INBOX), {"notice": first.pk}).status_code == 302
    assert unread(user).count() == 1
    client.post(reverse(INBOX), {"notice": foreign.pk})
    assert unread(other).count() == 1
    client.post(reverse(INBOX))
    assert unread(user).count() == 0
    assert "全部已读" in client.get(reverse(INBOX) + "?show=unread").content.decode()


def test_a14_what_is_no_longer_his_business_is_not_shown(client):
    user = make.member(Role.SERVICE_DESK, regions=("江苏省",))
    client.force_login(user)
    told(user, subject="ticket:999999", body="秘密内容")
    assert "秘密内容" not in client.get(reverse(INBOX)).content.decode()


def test_a_notice_leads_to_its_page(client):
    user = make.member(Role.SERVICE_DESK)
    client.force_login(user)
    told(user, link_path="/admin/partners/partner/")
    assert 'href="/admin/partners/partner/"' in client.get(reverse(INBOX)).content.decode()


@pytest.mark.parametrize(("role", "page"), [(Role.SERVICE_DESK, SETTINGS), (Role.TECHNICIAN, "field:notice_settings")])
def test_channels_and_quiet_hours_are_chosen(role, page, client):
    user = make.member(role)
    client.force_login(user)
    assert client.get(reverse(page)).status_code == 200
    sent = {"quiet": "on", "quiet_from": "21:00", "quiet_until": "08:00"}
    assert client.post(reverse(page), sent).status_code == 302
    user.refresh_from_db()
    assert str(preferences.quiet_of(user)) == "21:00-08:00"
    assert not preferences.wants(preferences.of(user), preferences.types.groups()["answers"], "mail")
    assert preferences.wants(preferences.of(user), preferences.types.groups()["work"], "mail"), "this one must be"
    wrong = client.post(reverse(page), {"quiet": "on", "quiet_from": "21:00", "quiet_until": ""})
    assert wrong.status_code == 400
    assert "请填写两个时间" in wrong.content.decode()


def test_partner_staff_read_notices_that_are_about_no_ticket(client):
    user = make.member(Role.PARTNER_MANAGER)
    client.force_login(user)
    told(user, subject="house:1", link_path="/field/more/", body="请看合同")
    page = client.get(reverse("field:notices")).content.decode()
    assert "请看合同" in page
    assert 'href="/field/more/"' in page
