"""The first page by role, and the choice of language."""

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.TECHNICIAN, "field:inbox"),
        (Role.PARTNER_MANAGER, "field:inbox"),
        (Role.AUDITOR, "reports:list"),
        (Role.SERVICE_DESK, "admin:index"),
        (Role.ADMINISTRATOR, "admin:index"),
    ],
)
def test_everybody_is_led_to_his_place(client, role, place):
    client.force_login(make.member(role))
    assert client.get("/")["Location"] == reverse(place)


def test_a_visitor_sees_the_promises(client):
    assert "30 分钟" in client.get("/").content.decode()


def test_a_user_without_membership_sees_the_welcome_and_nothing_more(client):
    client.force_login(make.UserFactory())
    assert client.get("/").status_code == 200
    assert client.get(reverse("field:inbox")).status_code == 403


def test_the_language_is_kept_for_messages(client):
    user = make.member(Role.TECHNICIAN)
    client.force_login(user)
    client.post(reverse("set_language"), {"language": "en", "next": "/field/"})
    assert User.objects.get(pk=user.pk).language == "en"
    client.post(reverse("set_language"), {"language": "xx", "next": "/field/"})
    assert User.objects.get(pk=user.pk).language == "en"


def test_i14_the_way_back_stays_here(client):
    for place in ("//evil.example", "https:evil.example", "\\\\evil.example", "/%5cevil.example"):
        answer = client.post(reverse("set_language"), {"language": "en", "next": place})
        assert "evil" not in answer["Location"] or answer["Location"].startswith("/%5c"), place
