"""Accounts: who may make, move and stop whose (B08, A14)."""

import re

import pytest
from django.urls import reverse

from partners.models import Staff
from portal import people
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel.errors import InvalidInput, Refused
from tests import factories as make
from tests.cast import actor


def url(page: str, *args, model="user") -> str:
    return reverse(f"admin:accounts_{model}_{page}", args=args)


def new_user(organisation, role, **more) -> dict:
    return {
        "username": "newbie",
        "name": "新人",
        "email": "n@example.com",
        "language": "zh-hans",
        "organisation": organisation.pk,
        "role": role,
        "regions": [],
        "membership_set-TOTAL_FORMS": 0,
        "membership_set-INITIAL_FORMS": 0,
        **more,
    }


def test_a_new_account_has_a_membership_and_a_password_shown_once(client, administrator, partner_a):
    client.force_login(administrator)
    response = client.post(url("add"), new_user(partner_a.organisation, "technician"), follow=True)
    user = User.objects.get(username="newbie")
    (word,) = set(re.findall(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", response.content.decode()))
    assert user.check_password(word)
    assert actor(user).role == Role.TECHNICIAN
    assert [entry.verb for entry in entries_for(user)] == ["account_created"]


def test_b08_forged_rights_are_ignored(client, administrator, partner_a):
    client.force_login(administrator)
    forged = {"is_superuser": "on", "is_staff": "on", "groups": ["1"], "user_permissions": ["1"], "password": "x"}
    client.post(url("add"), new_user(partner_a.organisation, "technician", **forged))
    user = User.objects.get(username="newbie")
    assert (user.is_superuser, user.is_staff) == (False, False)
    text = client.get(url("change", user.pk)).content.decode()
    assert not re.search(r'name="(is_superuser|is_staff|groups|user_permissions|password|role)"', text)


@pytest.mark.parametrize("page", ["move", "password", "stop"])
def test_b08_nobody_changes_his_own_account(client, administrator, brand, page):
    client.force_login(administrator)
    response = client.post(
        url("deed", administrator.pk, page),
        {"organisation": brand.pk, "role": "brand_manager", "reason": "x", "regions": []},
    )
    assert response.status_code == 403
    assert actor(administrator).role == Role.ADMINISTRATOR


def test_b08_a_brand_manager_manages_partners_only(client, brand_manager, service_desk, brand, partner_a):
    client.force_login(brand_manager)
    values = {"organisation": brand.pk, "role": "administrator", "regions": []}
    assert client.post(url("deed", service_desk.pk, "move"), values).status_code == 403
    assert client.post(url("add"), new_user(brand, "administrator")).status_code == 200
    assert not User.objects.filter(username="newbie").exists()
    assert client.post(url("add"), new_user(partner_a.organisation, "dispatcher")).status_code == 302


@pytest.mark.parametrize("role", ["service_desk", "legal", "auditor"])
def test_others_see_no_accounts(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(url("changelist")).status_code == 403


def test_a14_a_move_works_at_once_and_closes_the_old_door(client, administrator, ann, ann_staff, partner_a, partner_b):
    client.force_login(administrator)
    values = {"organisation": partner_b.organisation_id, "role": "technician", "regions": []}
    assert client.get(url("deed", ann.pk, "move")).status_code == 200
    assert client.post(url("deed", ann.pk, "move"), values).status_code == 302
    assert actor(ann).organisation_id == partner_b.organisation_id
    assert Membership.objects.filter(user=ann, active=True).count() == 1
    old = Staff.objects.get(pk=ann_staff.pk)
    assert (old.user, old.active) == (None, False)
    assert partner_a not in type(partner_a).objects.visible_to(actor(ann))
    assert "Ann" in entries_for(ann).get().sentence()


def test_a_stopped_account_acts_no_more_and_opens_again(client, administrator, ann):
    client.force_login(administrator)
    assert client.post(url("deed", ann.pk, "open"), {"reason": "x"}).status_code == 409
    assert client.post(url("deed", ann.pk, "stop"), {"reason": "离职"}).status_code == 302
    assert actor(ann).role is None
    assert client.post(url("deed", ann.pk, "open"), {"reason": "返聘"}).status_code == 302
    assert actor(ann).role == Role.TECHNICIAN


def test_a_new_password_ends_the_old_session(client, administrator, ann):
    client.force_login(ann)
    people.give_password(actor(administrator), ann)
    assert client.get(url("changelist")).status_code == 302
    assert not User.objects.get(pk=ann.pk).check_password(make.PASSWORD)


def test_a_role_that_the_organisation_does_not_give(administrator, partner_a):
    user = User(username="x", name="x", email="x@example.com")
    with pytest.raises(InvalidInput):
        people.create(actor(administrator), user, partner_a.organisation, Role.LEGAL, [])
    assert not User.objects.filter(username="x").exists()


def test_a_technician_manages_nobody(ann, amy, partner_a):
    with pytest.raises(Refused):
        people.move(actor(ann), amy, partner_a.organisation, Role.PARTNER_MANAGER, [])


def test_the_other_pages_open(client, administrator, side_a):
    client.force_login(administrator)
    for model in ("organisation", "membership"):
        assert client.get(url("changelist", model=model)).status_code == 200
    assert client.get(url("change", side_a.manager.pk)).status_code == 200
    assert client.get(url("change", side_a.organisation.pk, model="organisation")).status_code == 200
