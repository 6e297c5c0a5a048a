"""A channel that does not work is told to the administrators, once, and once that it is over (K09)."""

from datetime import timedelta

import pytest

from portal.accounts.roles import Role
from portal.kernel import clock
from portal.notify import alarm, breaker
from portal.notify.models import ChannelHealth, Notice
from portal.notify.outcome import Kind, Outcome
from tests import factories as make

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("type", "user__username"))


def test_k09_after_the_set_time_each_administrator_hears_once():
    make.member(Role.ADMINISTRATOR, username="adam")
    make.member(Role.BRAND_MANAGER, username="mary")
    start = clock.now()
    breaker.note("mail", Outcome(Kind.DOWN, "SMTP 421 no"))
    for minutes, expected in ((29, []), (31, [("channel.failing", "adam")]), (45, [("channel.failing", "adam")])):
        with clock.travel(start + timedelta(minutes=minutes)):
            breaker.note("mail", Outcome(Kind.DOWN, "SMTP 421 no"))
            alarm.watch()
        assert told() == expected
    assert "SMTP 421 no" in Notice.objects.get().body
    assert Notice.objects.get().urgent

    with clock.travel(start + timedelta(hours=1)):
        breaker.note("mail", Outcome(Kind.SENT))
        alarm.watch()
        alarm.watch()
    assert told() == [("channel.failing", "adam"), ("channel.works", "adam")]


def test_a_short_failure_is_not_told():
    make.member(Role.ADMINISTRATOR)
    breaker.note("mail", Outcome(Kind.BUSY, "421", timedelta(minutes=1)))
    breaker.note("mail", Outcome(Kind.SENT))
    with clock.travel(clock.now() + timedelta(hours=2)):
        alarm.watch()
    assert told() == []
    assert ChannelHealth.objects.get().failures == 0


def test_pauses_grow_and_end_at_a_quarter_of_an_hour(monkeypatch):
    monkeypatch.setattr(breaker, "JITTER", 0)
    start, pauses = clock.now(), []
    with clock.travel(start):
        for _n in range(8):
            pauses.append((breaker.note("mail", Outcome(Kind.DOWN)) - start).total_seconds())
    assert pauses == [30, 60, 120, 300, 600, 900, 900, 900]


def test_jitter_lengthens_by_a_fifth_at_most():
    lengths = {breaker.jittered(timedelta(seconds=100)).total_seconds() for _n in range(50)}
    assert min(lengths) >= 100
    assert max(lengths) <= 120
    assert len(lengths) > 10
