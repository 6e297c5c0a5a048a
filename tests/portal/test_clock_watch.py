"""A clock that jumps is told to whoever keeps the portal, and holds nothing up (N07)."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import heartbeat, schedule
from portal.accounts.roles import Role
from portal.clock_watch import ClockWatch
from portal.kernel import clock
from portal.notify.models import Notice
from tests import factories as make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def looks(watch: ClockWatch, moment: datetime, steady_s: float) -> timedelta:
    with clock.travel(moment):
        return watch.look(steady_s)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, -DAY])
def test_n07_a_jump_is_told_once_to_the_administrators(jump):
    make.member(Role.ADMINISTRATOR, username="adam")
    make.member(Role.BRAND_MANAGER, username="mary")
    watch = ClockWatch()
    assert looks(watch, NOON, 100.0) == timedelta(0)
    assert looks(watch, NOON + timedelta(seconds=5) + jump, 105.0) == jump
    assert looks(watch, NOON + timedelta(seconds=10) + jump, 110.0) == timedelta(0)
    notice = Notice.objects.get(type="clock.jumped")
    assert (notice.user.username, notice.urgent) == ("adam", True)
    assert f"{jump.total_seconds() / 60:+.1f}" in notice.title


@pytest.mark.parametrize("seconds", [-29, 29])
def test_what_a_time_server_does_is_no_jump(seconds):
    make.member(Role.ADMINISTRATOR)
    watch = ClockWatch()
    looks(watch, NOON, 100.0)
    assert looks(watch, NOON + timedelta(seconds=60 + seconds), 160.0) == timedelta(0)
    assert not Notice.objects.exists()


def test_a_long_pause_of_the_schedule_is_no_jump():
    watch = ClockWatch()
    looks(watch, NOON, 100.0)
    assert looks(watch, NOON + 3 * DAY, 100.0 + 3 * 86400) == timedelta(0)


def test_n07_a_clock_put_back_over_a_restart_is_seen():
    with clock.travel(NOON):
        heartbeat.lead("schedule", "before")
    assert looks(ClockWatch(), NOON + DAY, 5.0) == timedelta(0)
    assert looks(ClockWatch(), NOON - HOUR, 5.0) == -HOUR


def test_n07_jobs_go_on_when_the_clock_was_put_back():
    with clock.travel(NOON):
        schedule.tick("a", ClockWatch())
    with clock.travel(NOON - DAY):
        assert "deliver_due" in schedule.tick("b", ClockWatch())
        assert schedule.tick("b", ClockWatch()) == []
