"""The worker at a large export: in portions, without a lock, stopped by a word, taken up when it died (F09)."""

import os
from datetime import timedelta
from functools import partial

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from django.utils import translation

from portal import people
from portal.accounts.roles import Role
from portal.exchange import jobs, limits, making, rights, store
from portal.exchange.export_admin import ExportAdmin
from portal.exchange.models import ExportJob, ExportState
from portal.exchange.tasks import drop_old_exports, take_up_stuck_exports
from portal.kernel import clock
from portal.workflow.background import STUCK_AFTER
from tests import factories as make
from tests.cast import actor
from tests.factories.everything import evidence, fill

WISHES = {"kind": "csv", "purpose": "x", "masked": True, "filter": ""}


@pytest.fixture(autouse=True)
def _own_folder_small_portions(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(making, "PORTION", 2)


@pytest.fixture
def job(brand_manager) -> ExportJob:
    """Seven product lines to be taken out, two a portion."""
    for _n in range(7):
        make.ProductLineFactory()
    page = next(page for model, page in admin.site._registry.items() if model._meta.label == "partners.ProductLine")
    return jobs.ask(actor(brand_manager), page, 7, WISHES)


def run(job):
    answer = making.make_export.call(job.pk)
    job.refresh_from_db()
    return answer


def files():
    return [path.name for path in store.folder().iterdir()]


def at_line(monkeypatch, number, do):
    """Let something happen while the line is on its way into the file."""
    lines = making.Making.lines

    def watched(self):
        for place, line in enumerate(lines(self), 1):
            if place == number:
                do()
            yield line

    monkeypatch.setattr(making.Making, "lines", watched)


def test_f09_all_rows_leave_in_the_order_of_the_list(job):
    assert run(job) == "made"
    lines = store.path_of(job.file).read_text(encoding="utf-8-sig").splitlines()
    codes = [line.split(",")[0] for line in lines[1:]]
    assert (job.rows, len(codes), codes) == (7, 7, sorted(codes))
    assert store.path_of(job.file).stat().st_mode & 0o777 == 0o600


def test_f09_it_is_made_once_however_often_it_is_asked(job):
    run(job)
    first = job.file, job.sha256
    assert run(job) == "nothing to do"
    assert (job.file, job.sha256) == first


def test_f09_a_cancellation_is_seen_between_two_portions(job, brand_manager, monkeypatch):
    at_line(monkeypatch, 3, lambda: jobs.cancel(actor(brand_manager), job))
    assert run(job) == "stopped"
    assert (job.state, files()) == (ExportState.CANCELLED, [])


def test_f09_a_cancellation_at_the_last_moment_still_counts(job, brand_manager, monkeypatch):
    at_line(monkeypatch, 7, lambda: jobs.cancel(actor(brand_manager), job))
    assert run(job) == "stopped"
    assert (job.state, files()) == (ExportState.CANCELLED, [])


def test_f09_nothing_is_locked_while_the_file_is_written(job, monkeypatch):
    """No transaction of its own is open; only the test's is."""
    depths = []
    at_line(monkeypatch, 3, lambda: depths.append(len(connection.savepoint_ids)))
    before = len(connection.savepoint_ids)
    run(job)
    assert depths == [before]


@pytest.mark.parametrize(("beat", "shown"), [(0, (57, 4)), (3600, (0, 0))])
def test_f09_progress_is_written_at_each_beat_and_not_between(job, monkeypatch, beat, shown):
    seen = []
    monkeypatch.setattr(making, "BEAT_S", beat)
    at_line(monkeypatch, 5, lambda: seen.append(ExportJob.objects.values_list("progress", "rows").get()))
    run(job)
    assert seen == [shown]
    assert job.progress == 100


def test_a_file_whose_row_was_kept_stays_though_what_came_after_broke(job, monkeypatch):
    kept = making._hand_over

    def broken_after(*given):
        kept(*given)
        raise LookupError

    monkeypatch.setattr(making, "_hand_over", broken_after)
    run(job)
    assert (job.state, files()) == (ExportState.READY, [job.file])


def test_a_file_whose_row_was_rolled_back_goes(job, monkeypatch):
    def broken_before(job, name, *given):
        store.keep(name)
        raise LookupError

    monkeypatch.setattr(making, "_hand_over", broken_before)
    assert run(job) == "failed"
    assert (job.state, files()) == (ExportState.FAILED, [])


def test_f07_who_becomes_another_while_it_is_made_gets_no_file(job, brand, brand_manager, administrator, monkeypatch):
    """The rows were chosen for all regions; now he has one."""
    move = partial(people.move, actor(administrator), brand_manager, brand, Role.BRAND_MANAGER, ["上海市"])
    at_line(monkeypatch, 5, move)
    assert run(job) == "failed"
    assert (job.state, files()) == (ExportState.FAILED, [])


def test_f09_a_broken_disk_leaves_no_half_file(job, monkeypatch):
    def full():
        raise OSError("no space left")

    at_line(monkeypatch, 5, full)
    assert run(job) == "failed"
    assert (job.state, files()) == (ExportState.FAILED, [])


def test_m12_what_a_dead_worker_left_is_taken_up_again(job, run_tasks):
    ExportJob.objects.update(state=ExportState.RUNNING, attempt=1)
    assert take_up_stuck_exports.call() == 0
    with clock.travel(clock.now() + STUCK_AFTER + timedelta(seconds=1)):
        assert take_up_stuck_exports.call() == 1
        assert take_up_stuck_exports.call() == 0
        run_tasks()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (ExportState.READY, 2)


def test_m12_who_was_given_up_for_dead_leaves_nothing(job, monkeypatch):
    """Another worker took the export up while the first one was only slow."""
    at_line(monkeypatch, 7, lambda: ExportJob.objects.update(attempt=2))
    assert run(job) == "stopped"
    assert (job.state, files()) == (ExportState.RUNNING, [])


def test_m12_an_export_that_kills_its_workers_fails_in_words(job):
    ExportJob.objects.update(state=ExportState.RUNNING, attempt=limits.EXPORT_ATTEMPTS)
    with clock.travel(clock.now() + STUCK_AFTER + timedelta(seconds=1)):
        assert take_up_stuck_exports.call() == 0
    job.refresh_from_db()
    assert job.state == ExportState.FAILED
    assert job.error


def test_what_waits_its_turn_is_not_stuck(job, brand_manager):
    first = ExportJob.objects.get()
    page = rights.page_of(first)
    jobs.ask(actor(brand_manager), page, 7, WISHES)
    later = clock.now() + STUCK_AFTER * 2
    ExportJob.objects.filter(pk=first.pk).update(state=ExportState.RUNNING, touched_at=later)
    with clock.travel(later):
        assert take_up_stuck_exports.call() == 0


def test_what_a_killed_worker_left_on_disk_is_swept(job):
    run(job)
    left, fresh = store.path_of("x.csv.part"), store.path_of("y.csv.part")
    for path, hours in ((left, limits.LEFT_OVER_HOURS + 1), (fresh, 0)):
        path.touch()
        moment = (clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))
    drop_old_exports.call()
    assert sorted(files()) == sorted([job.file, fresh.name])


@pytest.mark.django_db
def test_f09_every_list_leaves_the_same_in_the_background():
    stage = fill()
    evidence(stage)
    wrong = []
    for model, page in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label):
        if not isinstance(page, ExportAdmin):
            continue
        role = Role.BRAND_MANAGER if Role.BRAND_MANAGER in page.roles_export else sorted(page.roles_export)[0]
        person = make.member(role, stage.brand)
        job = ExportJob(model=model._meta.label_lower, person=person, attempt=0)
        request = rights.request_of(job, person, actor(person))
        sheet = page.exported(request)
        rows = sheet.rows(page.get_changelist_instance(request).queryset)
        with translation.override("zh-hans"):
            at_once = [list(line) for line in sheet.lines(rows, masked=True)]
            going = making.Making(job, sheet, list(rows.values_list("pk", flat=True)))
            going._look = lambda: None
            later = [list(line) for line in going.lines()]
        if at_once != later:
            differ = [pair for pair in zip(at_once, later, strict=False) if pair[0] != pair[1]]
            wrong.append((model._meta.label, len(at_once), len(later), differ[:1]))
        assert reverse(f"admin:{page.sheet_url_name('export')}")
    assert wrong == []
