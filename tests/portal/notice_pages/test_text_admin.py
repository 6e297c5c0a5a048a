"""The editor of wordings: list, preview, test, save, reset, history (B15)."""

import pytest
from django.conf import settings
from django.urls import reverse

from portal.accounts.roles import ADMIN_SITE, Role
from portal.notice_pages.text_admin import address
from portal.notify import resend, types
from portal.notify.models import NoticeText
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "admin:notify_noticetext_changelist"
PAGE = address("ticket.closed", "zh-hans")
GOOD = {"title": "{number} 已归档", "body": "您好，{owner} 已完成 {number}。"}


@pytest.fixture
def mary(client):
    user = make.member(Role.BRAND_MANAGER)
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", sorted(ADMIN_SITE))
def test_who_may_read_and_who_may_write(role, client):
    client.force_login(make.member(role))
    readers = resend.KEEPERS
    assert client.get(reverse(LIST)).status_code == (200 if role in readers else 403)
    assert client.get(PAGE).status_code == (200 if role in readers else 403)
    answer = client.post(PAGE, {**GOOD, "do": "save"})
    assert answer.status_code == (302 if role == Role.BRAND_MANAGER else 403)
    assert NoticeText.objects.exists() == (role == Role.BRAND_MANAGER)


def test_every_kind_has_its_editor_in_each_language(mary, client):
    page = client.get(reverse(LIST)).content.decode()
    for code in types.registered():
        for language in dict(settings.LANGUAGES):
            assert address(code, language) in page
    assert client.get(address("ticket.rate", "en")).status_code == 200
    assert client.get(PAGE.replace("closed", "nothing")).status_code == 404
    assert client.get(PAGE.replace("zh-hans", "fr")).status_code == 404


def test_the_list_can_be_searched(mary, client):
    page = client.get(f"{reverse(LIST)}?q=ticket.rate").content.decode()
    assert "ticket.rate" in page
    assert "ticket.closed" not in page
    assert "没有符合条件的通知" in client.get(f"{reverse(LIST)}?q=zzz").content.decode()


def test_a_preview_saves_nothing(mary, client):
    page = client.post(PAGE, {**GOOD, "do": "preview"}).content.decode()
    assert "FW20261126-0012 已归档" in page
    assert "您好，李建国 已完成 FW20261126-0012。" in page
    assert not NoticeText.objects.exists()


def test_b15_a_wrong_wording_stays_in_the_form_with_its_reason(mary, client):
    answer = client.post(PAGE, {"title": "ok", "body": "{{ x.__class__ }}", "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "{{ x.__class__ }}" in page
    assert "这里不能写" in page
    assert not NoticeText.objects.exists()


def test_saved_shown_as_changed_and_put_back(mary, client):
    assert client.post(PAGE, {**GOOD, "do": "save"}).status_code == 302
    assert "已修改" in client.get(PAGE).content.decode()
    row = NoticeText.objects.get()
    assert client.get(reverse("admin:notify_noticetext_history", args=[row.pk])).status_code == 200
    assert client.get(reverse("admin:notify_noticetext_change", args=[row.pk])).url == PAGE
    assert client.post(PAGE, {"do": "reset"}).status_code == 302
    assert "标准文案" in client.get(PAGE).content.decode()
    assert not NoticeText.objects.get().in_force


def test_a_test_goes_to_oneself_only(mary, client, mailoutbox):
    client.post(PAGE, {**GOOD, "do": "test"})
    (message,) = mailoutbox
    assert message.to == [mary.email]
    assert message.subject == "[测试] FW20261126-0012 已归档"
    assert not NoticeText.objects.exists()


def test_a_test_without_address_or_server_is_told(mary, client, monkeypatch):
    def broken(self, messages):
        raise ConnectionRefusedError("no")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    assert "ConnectionRefusedError" in client.post(PAGE, {**GOOD, "do": "test"}).content.decode()
    type(mary).objects.filter(pk=mary.pk).update(email="")
    assert "没有邮箱地址" in client.post(PAGE, {**GOOD, "do": "test"}).content.decode()
