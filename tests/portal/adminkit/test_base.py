"""The base of every admin page: roles, scope, no back doors."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.forms import CharField
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import ADMIN_SITE, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.permissions import RolePermissions
from portal.adminkit.site import PortalAdminSite
from tests import factories as make
from tests.cast import actor
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
PERSONS = [role for role in Role if role not in (Role.CUSTOMER, Role.SYSTEM)]


def test_every_registered_page_knows_roles():
    foreign = [model for model, page in admin.site._registry.items() if not isinstance(page, RolePermissions)]
    assert not foreign
    assert isinstance(admin.site._registry[Ticket].admin_site, PortalAdminSite)


def test_pages_of_libraries_stay_out():
    site = PortalAdminSite("test")
    site.register(Group)
    assert not site.is_registered(Group)


@pytest.mark.parametrize("role", PERSONS)
def test_the_admin_is_open_to_its_roles_only(role, client):
    client.force_login(make.member(role))
    assert client.get(reverse("admin:index")).status_code == (200 if role in ADMIN_SITE else 302)


def test_a_superusers_flag_opens_nothing(client):
    user = make.UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 302
    dispatcher = make.member(Role.DISPATCHER)
    User.objects.filter(pk=dispatcher.pk).update(is_superuser=True, is_staff=True)
    client.force_login(User.objects.get(pk=dispatcher.pk))
    assert client.get(reverse("admin:tickets_ticket_changelist")).status_code == 302


def test_a_superuser_with_a_role_has_the_rights_of_the_role(client):
    user = make.member(Role.AUDITOR)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(reverse("admin:tickets_ticket_add")).status_code == 403


def test_a_deactivated_person_is_out(client):
    user = make.member(Role.SERVICE_DESK)
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_admin_sends_its_own_content_policy(client):
    client.force_login(make.member(Role.SERVICE_DESK))
    response = client.get(reverse("admin:index"))
    assert "object-src 'none'" in response["Content-Security-Policy"]
    assert "'unsafe-inline'" not in response["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    assert "no-store" in response["Cache-Control"]


def test_states_and_versions_are_read_only():
    page = admin.site._registry[Ticket]
    request = RequestFactory().get("/")
    request.actor = actor(make.member(Role.SERVICE_DESK))
    assert {"state"} <= set(BaseAdmin.get_readonly_fields(page, request))


def test_help_texts_are_escaped():
    class Shouting:
        def formfield_for_dbfield(self, db_field: object, request: object) -> CharField:
            return CharField(help_text="<b>x</b>")

    class Page(RolePermissions, Shouting):
        pass

    assert Page().formfield_for_dbfield(None, None).help_text == "&lt;b&gt;x&lt;/b&gt;"


@pytest.mark.parametrize("door", ["change", "history", "delete"])
def test_a01_what_is_absent_and_what_is_hidden_look_alike(door, client: Client):
    client.force_login(make.member(Role.SERVICE_DESK))
    assert client.get(reverse(f"admin:tickets_ticket_{door}", args=[999])).status_code == 404
