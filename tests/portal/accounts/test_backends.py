"""Wrong passwords shut one address out of one account, in the same words as ever (J07, K01); J01: old sessions end."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.backends import MOST_FOR_ALL, MOST_FOR_ONE
from portal.accounts.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "203.0.113.9", "203.0.113.10"


@pytest.fixture
def user():
    return make.member(Role.TECHNICIAN, username="anna")


def sign_in(name: str, password: str, address: str = HERE, page: str = "login") -> int:
    data = {"username": name, "password": password}
    return Client().post(reverse(page), data, REMOTE_ADDR=address).status_code


def test_j07_repeated_failures_shut_out_that_address_from_that_account(user):
    for _time in range(MOST_FOR_ONE):
        assert sign_in("anna", "wrong") == 200
    assert sign_in("anna", make.PASSWORD) == 200
    assert sign_in("anna", make.PASSWORD, ELSEWHERE) == 302
    other = make.member(Role.TECHNICIAN, username="bert")
    assert sign_in(other.username, make.PASSWORD) == 302


def test_j07_name_and_address_of_one_account_are_counted_together(user):
    for name in ("anna", user.email, "anna", user.email, "anna"):
        sign_in(name, "wrong")
    assert sign_in("anna", make.PASSWORD) == 200


def test_j07_one_address_does_not_try_every_account(user):
    for n in range(MOST_FOR_ALL):
        sign_in(f"guess{n}", "wrong")
    assert sign_in("anna", make.PASSWORD) == 200
    assert sign_in("anna", make.PASSWORD, ELSEWHERE) == 302


def test_j07_the_admin_has_the_same_door():
    make.member(Role.SERVICE_DESK, username="dora")
    for _time in range(MOST_FOR_ONE):
        sign_in("dora", "wrong", page="admin:login")
    assert sign_in("dora", make.PASSWORD, page="admin:login") == 200


def test_j07_right_passwords_are_not_counted(user):
    for _time in range(MOST_FOR_ONE + 2):
        assert sign_in("anna", make.PASSWORD) == 302


def test_j01_a_new_password_ends_the_sessions_of_the_old_one(client, user):
    client.force_login(user)
    assert client.get(reverse("field:inbox")).status_code == 200
    user.set_password("another long and quiet password")
    user.save()
    assert client.get(reverse("field:inbox")).status_code == 302
