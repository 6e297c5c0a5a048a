"""/healthz and /readyz as a load balancer sees them."""

import json
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import DatabaseError
from django.test import RequestFactory
from django_tasks_db.models import DBTaskResult

from partners.models import ProductLine
from portal import health, heartbeat, tasks
from portal.exchange import jobs
from portal.exchange.models import ExportJob, ExportState
from portal.kernel import clock
from tests.cast import actor

pytestmark = pytest.mark.django_db


def ask(view, method="get"):
    response = view(getattr(RequestFactory(), method)("/"))
    return response, json.loads(response.content or "{}") if response.status_code != 405 else {}


def test_alive():
    response, told = ask(health.healthz)
    assert (response.status_code, told) == (200, {"status": "ok"})
    assert ask(health.healthz, "post")[0].status_code == 405


def test_ready_once_the_schedule_was_seen():
    assert ask(health.readyz)[0].status_code == 503
    heartbeat.beat("schedule")
    response, told = ask(health.readyz)
    assert response.status_code == 200, told
    assert set(told) == {"status", "database", "queue", "exports", "storage", "disk", "schedule", "worker", "notices"}
    assert "no-store" in response["Cache-Control"]


def test_a_schedule_that_is_gone_shows():
    heartbeat.beat("schedule")
    with clock.travel(clock.now() + timedelta(minutes=4)):
        response, told = ask(health.readyz)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert told["schedule"]["age_s"] == 240


def test_an_old_queue_shows():
    heartbeat.beat("schedule")
    tasks.worker_alive.enqueue()
    DBTaskResult.objects.update(enqueued_at=clock.now() - timedelta(minutes=11))
    told = ask(health.readyz)[1]
    assert (told["queue"]["ok"], told["queue"]["depth"]) == (False, 1)


def test_exports_that_nobody_makes_show_and_do_not_count_as_the_queue(brand_manager):
    heartbeat.beat("schedule")
    page = next(page for model, page in admin.site._registry.items() if model is ProductLine)
    wishes = {"kind": "csv", "purpose": "x", "masked": True, "filter": ""}
    first, _second = (jobs.ask(actor(brand_manager), page, 9, wishes) for _n in range(2))
    with clock.travel(clock.now() + timedelta(minutes=11)):
        told = ask(health.readyz)[1]
        assert (told["exports"], told["queue"]["ok"]) == ({"ok": False, "waiting": 2, "running": 0}, True)
        ExportJob.objects.filter(pk=first.pk).update(state=ExportState.RUNNING)
        assert ask(health.readyz)[1]["exports"] == {"ok": True, "waiting": 1, "running": 1}


def test_a_worker_that_is_gone_shows():
    heartbeat.beat("worker")
    with clock.travel(clock.now() + timedelta(minutes=11)):
        heartbeat.beat("schedule")
        response, told = ask(health.readyz)
    assert response.status_code == 503
    assert told["worker"] == {"ok": False, "age_s": 660}


def test_a_part_that_fails_names_no_secret(monkeypatch):
    def broken():
        raise DatabaseError("password=secret host=db1")

    monkeypatch.setitem(health.CHECKS, "database", broken)
    response, told = ask(health.readyz)
    assert response.status_code == 503
    assert told["database"] == {"ok": False, "error": "DatabaseError"}


def test_storage_that_cannot_be_written_shows(monkeypatch):
    def refuse(*args):
        raise OSError("read-only")

    monkeypatch.setattr(type(health.storage.disk()), "_save", refuse)
    assert ask(health.readyz)[1]["storage"] == {"ok": False, "error": "OSError"}
