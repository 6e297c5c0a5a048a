"""Who acts, what he sees, and that nobody is two things at once."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse

from portal.accounts.actor import NOBODY, Actor
from portal.accounts.middleware import ActorMiddleware
from portal.accounts.models import Membership, Organisation, User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import ADMIN_SITE, BRAND, DESK, PARTNER, ROLES_OF_KIND, Role
from tests.factories import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def test_an_actor_is_a_snapshot_of_the_membership():
    user = member(Role.SERVICE_DESK, regions=("上海市",), name="Dora")
    actor = Actor.of(user)
    organisation = user.current_membership().organisation
    assert (actor.role, actor.user_id, actor.organisation_id) == (Role.SERVICE_DESK, user.pk, organisation.pk)
    assert actor.regions == ("上海市",)
    assert actor.label == f"Dora · {organisation.short_name}"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CUSTOMER, Role.SYSTEM)])
def test_groups_of_roles(role):
    actor = Actor.of(member(role))
    assert actor.is_brand == (role in BRAND)
    assert actor.is_desk == (role in DESK)
    assert actor.is_partner == (role in PARTNER)
    assert actor.is_auditor == (role == Role.AUDITOR)
    assert not actor.is_customer
    assert not actor.is_system
    assert sum(role in roles for roles in ROLES_OF_KIND.values()) == 1


def test_who_is_not_signed_in_not_active_or_nowhere_is_nobody():
    assert Actor.of(AnonymousUser()) is NOBODY
    assert Actor.of(UserFactory(is_active=False)) is NOBODY
    assert Actor.of(UserFactory()).role is None


def test_an_ended_membership_gives_nothing():
    user = member(Role.SERVICE_DESK)
    user.membership_set.update(active=False)
    assert Actor.of(user).role is None


def test_one_active_membership_a_person():
    user = member(Role.SERVICE_DESK)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=user)
    user.membership_set.update(active=False)
    MembershipFactory(user=user, role=Role.LEGAL)
    assert Actor.of(user).role == Role.LEGAL


def test_a14_who_moves_sees_the_new_side_at_once():
    user = member(Role.TECHNICIAN)
    old = user.current_membership()
    old.active = False
    old.save()
    new = MembershipFactory(user=user, organisation=OrganisationFactory(), role=Role.TECHNICIAN)
    assert Actor.of(user).organisation_id == new.organisation_id


def test_a_role_must_fit_the_kind_of_organisation():
    row = Membership(user=UserFactory(), organisation=OrganisationFactory(), role=Role.SERVICE_DESK)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "role" in refused.value.message_dict


@pytest.mark.parametrize("role", [Role.SERVICE_DESK, Role.AUDITOR, Role.TECHNICIAN, Role.ADMINISTRATOR])
def test_the_admin_site_follows_the_role(role):
    user = member(role)
    assert user.is_staff == (role in ADMIN_SITE)
    row = user.current_membership()
    row.active = False
    row.save()
    user.refresh_from_db()
    assert not user.is_staff


def test_visible_to_people_and_organisations():
    alan, bill, dora = member(Role.PARTNER_MANAGER), member(Role.PARTNER_MANAGER), member(Role.SERVICE_DESK)
    mine = alan.current_membership().organisation
    assert list(Organisation.objects.visible_to(Actor.of(alan))) == [mine]
    assert list(User.scoped.visible_to(Actor.of(alan))) == [alan]
    assert bill in User.scoped.visible_to(Actor.of(dora))
    assert Organisation.objects.visible_to(Actor.of(dora)).count() == 3
    for actor in (NOBODY, Actor.of(UserFactory())):
        assert not User.scoped.visible_to(actor)
        assert not Organisation.objects.visible_to(actor)
    assert User.scoped.visible_to(Actor.system()).count() == User.objects.count()


def test_a_colleague_who_left_is_no_longer_seen():
    alan = member(Role.PARTNER_MANAGER)
    left = member(Role.TECHNICIAN, alan.current_membership().organisation)
    left.membership_set.update(active=False)
    assert left not in User.scoped.visible_to(Actor.of(alan))


def test_a_model_that_forgets_its_scope_shows_nothing():
    rows = ScopedQuerySet(User)
    UserFactory()
    assert not rows.visible_to(Actor.of(member(Role.BRAND_MANAGER)))
    assert rows.visible_to(Actor.system())


def test_a03_regions_narrow_only_those_who_have_some():
    everywhere, shanghai = Actor(role=Role.SERVICE_DESK), Actor(role=Role.SERVICE_DESK, regions=("0",))
    rows = User.objects.all()
    assert in_regions(rows, everywhere, "username") is rows
    UserFactory(username="0")
    assert in_regions(rows, shanghai, "username").count() == 1


def test_the_customers_actor_reaches_one_ticket():
    actor = Actor.customer(7, "张伟")
    assert (actor.is_customer, actor.ticket_id, actor.user_id) == (True, 7, None)
    assert not User.scoped.visible_to(actor).exists()


def test_each_request_has_its_actor(rf):
    request = rf.get("/")
    request.user = member(Role.TECHNICIAN)
    ActorMiddleware(lambda request: HttpResponse(request.actor.role))(request)
    assert request.actor.role == Role.TECHNICIAN


@pytest.mark.parametrize("name", ["dora", "Dora@example.com"])
def test_sign_in_by_name_or_address(name):
    user = UserFactory(username="dora", email="dora@example.com")
    assert authenticate(username=name, password=PASSWORD) == user


@pytest.mark.parametrize(
    ("name", "password"),
    [("dora", "wrong"), ("nobody", PASSWORD), ("dora", None), ("", PASSWORD), ("twin@e.x", PASSWORD)],
)
def test_sign_in_refused(name, password):
    UserFactory(username="dora")
    UserFactory(email="twin@e.x")
    UserFactory(email="twin@e.x")
    assert authenticate(username=name, password=password) is None


def test_a_deactivated_account_is_out_at_once(client):
    user = member(Role.TECHNICIAN)
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert authenticate(username=user.username, password=PASSWORD) is None
    assert Actor.of(User.objects.get(pk=user.pk)) is NOBODY
