"""Quiet hours, urgency and what people chose (K14, workflow rule 10)."""

from datetime import UTC, datetime, time
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.http import QueryDict
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.notify import preferences, quiet, types
from portal.notify.forms import PreferenceForm
from portal.notify.models import DeliveryState
from portal.notify.queue import Recipient, queue, unread
from portal.notify.quiet import Quiet
from portal.notify.tasks import deliver_due
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
NIGHT = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)  # 02:30 in Shanghai
MORNING = datetime(2026, 11, 25, 23, 1, tzinfo=UTC)  # 07:01


@pytest.fixture
def by_night(settings):
    settings.QUIET_HOURS = "22:00-07:00"
    with clock.travel(NIGHT):
        yield


def tell(user, code="t.plain"):
    return queue(code, Recipient.of(user), {"number": "N-1"}, "thing:1")


def test_k14_by_night_it_waits_and_says_so(by_night):
    user = make.UserFactory()
    one = tell(user).deliveries.get()
    assert deliver_due.call() == 0
    one.refresh_from_db()
    assert (one.state, one.attempts) == (DeliveryState.WAITING, 0)
    assert "11-26 07:00" in one.remark
    assert unread(user).count() == 1, "the inbox disturbs nobody"
    with clock.travel(MORNING):
        assert deliver_due.call() == 1


def test_k14_urgent_passes_and_says_why(by_night):
    tell(make.UserFactory(), "t.urgent")
    assert deliver_due.call() == 1
    assert "事情紧急" in mail.outbox[0].body


def test_a_code_that_somebody_waits_for_is_not_held(by_night):
    tell(make.UserFactory(), "t.code")
    assert deliver_due.call() == 1


def test_a_customers_mail_is_not_held_but_a_text_message_is(by_night, settings):
    settings.SECRET_NOTIFY_URLS = "sms=json://127.0.0.1:1/{phone}"
    by_mail = queue("t.plain", Recipient(email="a@example.com"), {"number": "1"}, "thing:1").deliveries.get()
    by_text = queue("t.plain", Recipient(phone="13800001234"), {"number": "1"}, "thing:1").deliveries.get()
    deliver_due.call()
    by_mail.refresh_from_db()
    by_text.refresh_from_db()
    assert by_mail.state == DeliveryState.SENT
    assert (by_text.state, by_text.attempts) == (DeliveryState.WAITING, 0)


def test_k14_own_hours_and_none(by_night):
    late, never = make.UserFactory(), make.UserFactory()
    preferences.save(late, set(), [], keeps_quiet=True, start=time(3), end=time(9))
    preferences.save(never, set(), [], keeps_quiet=False, start=None, end=None)
    tell(late)
    tell(never)
    assert deliver_due.call() == 2


def test_k14_what_is_switched_off_stays_off_but_for_urgent_things():
    user = make.UserFactory()
    groups = types.groups_for(Role.SERVICE_DESK)
    preferences.save(user, set(), groups, keeps_quiet=True, start=None, end=None)
    silent = tell(user)
    assert not silent.deliveries.exists()
    assert unread(user).count() == 1
    assert tell(user, "t.urgent").deliveries.get().channel == "mail"


def test_a_text_message_is_a_choice(settings):
    settings.SECRET_NOTIFY_URLS = "sms=json://127.0.0.1:1/{phone}"
    user = make.UserFactory()
    assert [d.channel for d in tell(user).deliveries.all()] == ["mail"]
    preferences.save(user, {"other:mail", "other:sms"}, types.groups_for(None), keeps_quiet=True, start=None, end=None)
    user.refresh_from_db()
    assert {d.channel for d in tell(user).deliveries.all()} == {"mail", "sms"}


def test_what_must_be_cannot_be_switched_off(monkeypatch):
    monkeypatch.setattr(types, "_GROUPS", {**types._GROUPS, "must": types.Group("must", "Must", must="Because.")})
    types.register("t.must", "x", "y", group="must")
    user = make.UserFactory()
    preferences.save(user, set(), types.groups_for(None), keeps_quiet=True, start=None, end=None)
    assert queue("t.must", Recipient.of(user), {}, "thing:1").deliveries.get().channel == "mail"
    (row,) = [row for group, row in preferences.table(user, types.groups_for(None)) if group.code == "must"]
    assert [(choice.wanted, bool(choice.fixed)) for choice in row] == [(True, True), (True, True)]


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (("22:00", "22:00"), "quiet_until"),
        (("22:00", ""), "quiet_until"),
        (("", "7:00"), "quiet_from"),
        (("x", "7:00"), "quiet_from"),
    ],
)
def test_wrong_hours_are_named(hours, field):
    user = make.member(Role.SERVICE_DESK)
    data = make_data(quiet="on", quiet_from=hours[0], quiet_until=hours[1])
    form = PreferenceForm(data, user=user, actor=Actor.of(user))
    assert not form.is_valid()
    assert list(form.errors) == [field]


def make_data(**values):
    return QueryDict(urlencode(values))


@hypothesis_settings(max_examples=60)
@given(
    start=st.times(),
    end=st.times(),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)),
)
def test_the_end_of_quiet_is_later_and_not_quiet(start, end, at):
    hours = Quiet(start, end)
    until = hours.until(at)
    if until is not None:
        assert at < until
        assert hours.until(until) is None
    else:
        local = clock.local(at).time()
        inside = start <= local < end if start <= end else (local >= start or local < end)
        assert not inside


def test_hours_are_read():
    assert str(quiet.parse("22:00-07:00")) == "22:00-07:00"
    assert quiet.parse("") == quiet.NEVER
    with pytest.raises(ValueError):
        quiet.parse("from ten to seven")
