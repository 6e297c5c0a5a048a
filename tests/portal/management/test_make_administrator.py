"""A new portal gets its first account, and from it the others."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.accounts.models import Membership, Organisation, User
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_who_installs_a_portal_can_sign_in_and_make_accounts(client, capsys):
    call_command("make_administrator", "root", name="王总管", brand="星河汽车")
    password = capsys.readouterr().out.split()[-1]
    assert client.login(username="root", password=password)
    assert client.get(reverse("admin:accounts_user_add")).status_code == 200
    root = User.objects.get(username="root")
    assert (root.is_superuser, root.current_membership().role) == (False, Role.ADMINISTRATOR)
    assert Organisation.objects.get().name == "星河汽车"
    assert entries_for(root).get().verb == "account_created"


def test_a_superusers_flag_alone_opens_nothing(client):
    client.force_login(User.objects.create_superuser("super", "super@example.com", make.PASSWORD, name="超级"))
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_brand_that_is_there_is_taken(brand):
    call_command("make_administrator", "root")
    assert Membership.objects.get(user__username="root").organisation == brand


def test_a_name_that_is_taken_is_refused_in_words(brand):
    make.UserFactory(username="root")
    with pytest.raises(CommandError) as refused:
        call_command("make_administrator", "root")
    assert refused.value.returncode == 2
