"""Sign out on all devices: every session ends, of this person alone, and it stands in the service log."""

import pytest
from django.test import Client
from django.urls import reverse

from portal import people
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import entries_for
from portal.kernel.errors import Refused
from tests.cast import actor

PAGE = "sign_out_everywhere"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.mark.parametrize(("who", "own"), [("brand_manager", "admin:my_notice_settings"), ("ann", "field:me")])
def test_every_session_ends_and_nobody_elses(request, dispatcher_a, who, own):
    user = request.getfixturevalue(who)
    here, there, other = signed_in(user), signed_in(user), signed_in(dispatcher_a)
    assert reverse(PAGE) in here.get(reverse(own)).content.decode()
    question = here.get(reverse(PAGE))
    assert reverse(own) in question.content.decode()
    assert there.get(reverse(own)).status_code == 200  # asking alone changes nothing
    assert here.post(reverse(PAGE)).status_code == 302
    assert {here.get(reverse(own)).status_code, there.get(reverse(own)).status_code} == {302}
    assert other.get(reverse("field:me")).status_code == 200
    assert signed_in(user).get(reverse(own)).status_code == 200
    entry = entries_for(user).get()
    assert (entry.verb, entry.actor_label) == ("account_signed_out", actor(user).label)


def test_whoever_never_did_it_keeps_the_sessions_that_django_gave(brand_manager):
    """An upgrade signs nobody out."""
    plain = super(User, brand_manager).get_session_auth_hash()
    assert brand_manager.get_session_auth_hash() == plain
    changed = people.sign_out_everywhere(actor(brand_manager)).get_session_auth_hash()
    assert len({plain, changed, people.sign_out_everywhere(actor(brand_manager)).get_session_auth_hash()}) == 3


def test_nobody_signs_nobody_out(db):
    with pytest.raises(Refused):
        people.sign_out_everywhere(Actor())
