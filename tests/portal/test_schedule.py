"""The schedule asks for what is due, once, whoever else runs, and makes up for what was missed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal import heartbeat, schedule, tasks
from portal.journal.models import Seal
from portal.kernel import clock

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai

pytestmark = pytest.mark.django_db


def at(**later):
    return clock.travel(NOON + timedelta(**later))


def test_the_first_tick_asks_for_everything_once():
    with at():
        assert schedule.tick("a") == [job.name for job in schedule.JOBS]
        assert schedule.tick("a") == []
    assert DBTaskResult.objects.count() == len(schedule.JOBS)


def test_each_job_comes_back_at_its_own_time(run_tasks):
    with at():
        schedule.tick("a")
    run_tasks()
    with at(seconds=59):
        assert schedule.tick("a") == []
    with at(seconds=61):
        assert schedule.tick("a") == ["worker_alive", "deliver_due", "warn_due", "dispatch_waiting"]
    with at(hours=12, minutes=11):
        assert "seal_journal" in schedule.tick("a")
        assert "purge" not in schedule.tick("a")


def test_a_missed_day_is_made_up_once():
    with at():
        schedule.tick("a")
    with at(days=3):
        assert "seal_journal" in schedule.tick("a")
        assert "seal_journal" not in schedule.tick("a")


def test_a_second_schedule_does_no_harm_and_takes_over():
    with at():
        assert schedule.tick("a")
        assert schedule.tick("b") == []
    with at(seconds=55):
        schedule.tick("a")
    with at(seconds=110):
        assert schedule.tick("b") == []
    with at(seconds=116):
        assert schedule.tick("b")
        assert schedule.tick("a") == []


def test_who_resigns_is_followed_at_once():
    with at():
        assert heartbeat.lead("schedule", "a")
        heartbeat.resign("schedule", "a")
        assert heartbeat.lead("schedule", "")


def test_m12_an_absent_worker_finds_one_task_a_job():
    for minute in range(60):
        with at(minutes=minute * 2):
            schedule.tick("a")
    assert DBTaskResult.objects.count() == len(schedule.JOBS)


def test_the_worker_answers(run_tasks):
    with at():
        schedule.tick("a")
    assert heartbeat.age("worker") is None
    assert run_tasks() == len(schedule.JOBS)
    assert heartbeat.age("worker") < timedelta(minutes=1)
    assert Seal.objects.count() == 1


def test_purge_forgets_what_is_over():
    Session.objects.create(session_key="old", session_data="", expire_date=NOON)
    tasks.worker_alive.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=clock.now() - timedelta(hours=7))
    assert tasks.purge.call() == 1
    assert not DBTaskResult.objects.exists()
