"""Large exports from asking to fetching: bound to the person, for a day, within caps, each step on record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partners.models import Partner
from portal import people
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.exchange import jobs, limits, log, making, store
from portal.exchange.models import ExportJob, ExportState
from portal.exchange.reading import read
from portal.exchange.tasks import drop_old_exports
from portal.journal.log import entries_for
from portal.journal.verify import verify
from portal.kernel import clock
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor

EXPORT, MINE = "admin:partners_partner_sheet_export", "exports:mine"


@pytest.fixture(autouse=True)
def _every_export_is_large(settings, tmp_path):
    settings.EXPORT_AT_ONCE = 0
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mary(client, brand_manager, partner_a, partner_b):
    client.force_login(brand_manager)
    return client


def ask(client, query="", **wishes):
    return client.post(reverse(EXPORT) + query, {"kind": "csv", "purpose": "季度核对", **wishes})


def made(client, run_tasks, query="", **wishes) -> ExportJob:
    assert ask(client, query, **wishes).status_code == 302
    run_tasks()
    return ExportJob.objects.latest("pk")


def address(job):
    return reverse("exports:file", args=[job.key])


def files():
    return [path.name for path in store.folder().iterdir()]


def verbs(user):
    return list(entries_for(user).values_list("verb", flat=True))


def test_small_exports_still_come_at_once(mary, settings):
    settings.EXPORT_AT_ONCE = 2
    assert b"".join(ask(mary).streaming_content)
    settings.EXPORT_AT_ONCE = 1
    assert ask(mary).status_code == 302


def test_f05_from_asking_to_fetching_everything_is_on_record(mary, brand_manager, partner_a, run_tasks):
    job = made(mary, run_tasks, "?q=P-A")
    assert (job.state, job.progress, job.rows, job.masked) == (ExportState.READY, 100, 1, True)
    data = b"".join(mary.get(address(job)).streaming_content)
    assert [row[0] for row in read(data).rows] == ["P-A"]
    assert partner_a.phone not in data.decode()
    assert verbs(brand_manager) == ["export_asked", "sheet_exported", "export_fetched"]
    taken = entries_for(brand_manager)[1].facts
    assert (taken["rows"], taken["filter"], taken["masked"], taken["purpose"]) == (1, "q=P-A", True, "季度核对")
    assert taken["sha256"] == job.sha256
    assert verify().intact


def test_f05_without_an_entry_there_is_no_file(mary, run_tasks, monkeypatch):
    def refuse(verb, *args, **kwargs):
        if verb == log.EXPORTED:
            raise RuntimeError("the log does not take it")
        return note(verb, *args, **kwargs)

    note = log.note
    monkeypatch.setattr(log, "note", refuse)
    assert made(mary, run_tasks).state == ExportState.FAILED
    assert files() == []


def test_f06_in_full_needs_the_password_and_keeps_nothing_of_it(mary, partner_a, run_tasks):
    assert ask(mary, unmasked="on", password="wrong").status_code == 400
    job = made(mary, run_tasks, unmasked="on", password=make.PASSWORD)
    assert partner_a.phone in store.path_of(job.file).read_text(encoding="utf-8")
    assert make.PASSWORD not in str(vars(job)) + str(list(entries_for(job.person).values_list("facts", flat=True)))


def test_f06_in_full_leaves_only_for_the_password_typed_now(mary, brand_manager, partner_a, run_tasks):
    job = made(mary, run_tasks, unmasked="on", password=make.PASSWORD)
    page = mary.get(address(job))
    assert (page.status_code, partner_a.phone in page.content.decode()) == (200, False)
    for typed in ("wrong", ""):
        refused = mary.post(address(job), {"password": typed})
        assert refused.status_code == 400
        assert refused.context["form"].errors["password"]
    assert "export_fetched" not in verbs(brand_manager)
    assert f'{address(job)}" download' not in mary.get(reverse(MINE)).content.decode()
    given = b"".join(mary.post(address(job), {"password": make.PASSWORD}).streaming_content)
    assert partner_a.phone in given.decode()
    assert verbs(brand_manager).count("export_fetched") == 1


def test_f06_the_password_cannot_be_guessed_there(mary, run_tasks):
    job = made(mary, run_tasks, unmasked="on", password=make.PASSWORD)
    for _n in range(5):
        mary.post(address(job), {"password": "wrong"})
    assert mary.post(address(job), {"password": make.PASSWORD}).status_code == 400


def test_f06_who_lost_the_right_is_not_even_asked(mary, brand, brand_manager, administrator, run_tasks):
    job = made(mary, run_tasks, unmasked="on", password=make.PASSWORD)
    people.move(actor(administrator), brand_manager, brand, Role.BRAND_MANAGER, ["上海市"])
    assert mary.get(address(job)).status_code == 404
    assert mary.post(address(job), {"password": make.PASSWORD}).status_code == 404


def test_f05_a_head_is_no_download(mary, brand_manager, run_tasks):
    job = made(mary, run_tasks)
    assert mary.head(address(job)).status_code == 405
    assert "export_fetched" not in verbs(brand_manager)


def test_a_file_that_is_missing_is_told_and_logged(mary, brand_manager, run_tasks, caplog):
    job = made(mary, run_tasks)
    store.path_of(job.file).unlink()
    answer = mary.get(address(job))
    assert answer.status_code == 410
    assert reverse(EXPORT) in answer.content.decode()
    assert f"export {job.pk} is missing" in caplog.text
    assert "export_fetched" not in verbs(brand_manager)


def test_f07_nobody_else_sees_or_fetches_it(mary, client, brand, auditor, run_tasks):
    job = made(mary, run_tasks)
    for other in (make.member(Role.BRAND_MANAGER, brand), auditor):
        client.force_login(other)
        assert job.key not in client.get(reverse(MINE)).content.decode()
        assert client.get(address(job)).status_code == 404
        assert client.post(reverse("exports:cancel", args=[job.key])).status_code == 404


def test_f07_a_made_up_address_leads_nowhere(mary):
    assert mary.get(reverse("exports:file", args=["x" * 43])).status_code == 404


def test_f07_after_a_day_it_is_gone_and_the_row_stays(mary, brand_manager, run_tasks):
    job = made(mary, run_tasks)
    assert job.expires_at <= job.finished_at + timedelta(hours=24)
    with clock.travel(job.expires_at):
        assert mary.get(address(job)).status_code == 410
        assert job.key not in mary.get(reverse(MINE)).content.decode()
        assert files() == [job.file]
        assert drop_old_exports.call() == 1
        assert drop_old_exports.call() == 0
        assert mary.get(address(job)).status_code == 410
    job.refresh_from_db()
    assert (job.state, job.rows, len(job.sha256)) == (ExportState.EXPIRED, 2, 64)
    assert verbs(brand_manager)[-1] == "export_expired"


@pytest.fixture
def commit_now(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def test_f07_the_file_of_an_expired_export_is_deleted(mary, run_tasks, commit_now):
    job = made(mary, run_tasks)
    with clock.travel(job.expires_at), commit_now(execute=True):
        drop_old_exports.call()
    assert files() == []


@pytest.mark.parametrize(
    ("role", "regions"),
    [(Role.BRAND_MANAGER, ("上海市",)), (Role.SERVICE_DESK, ()), (Role.LEGAL, ()), (Role.TECHNICAL, ())],
)
def test_f07_another_role_or_region_kills_the_link(mary, brand, brand_manager, administrator, run_tasks, role, regions):
    job = made(mary, run_tasks)
    people.move(actor(administrator), brand_manager, brand, role, list(regions))
    assert mary.get(address(job)).status_code == 404
    assert "export_fetched" not in verbs(brand_manager)


def test_f07_without_membership_the_link_is_dead(mary, brand_manager, run_tasks):
    job = made(mary, run_tasks)
    membership = Membership.objects.get(user=brand_manager)
    membership.active = False
    membership.save()
    assert mary.get(address(job)).status_code == 302  # not even into the admin
    with pytest.raises(jobs.Refused):
        jobs.fetch(actor(brand_manager), job, "")


def test_f07_signing_out_everywhere_kills_sessions_and_links(mary, client, brand_manager, run_tasks):
    job = made(mary, run_tasks)
    response = mary.post(reverse("sign_out_everywhere"), follow=True)
    assert response.redirect_chain == [(reverse("login"), 302)]
    assert verbs(brand_manager)[-1] == "account_signed_out"
    client.force_login(User.objects.get(pk=brand_manager.pk))
    assert client.get(address(job)).status_code == 404
    assert job.key not in client.get(reverse(MINE)).content.decode()


def test_f07_another_password_kills_the_link(mary, client, brand_manager, administrator, run_tasks):
    job = made(mary, run_tasks)
    people.give_password(actor(administrator), brand_manager)
    client.force_login(User.objects.get(pk=brand_manager.pk))
    assert client.get(address(job)).status_code == 404


def test_f07_who_lost_the_right_meanwhile_gets_a_reason_and_no_file(
    mary, brand, brand_manager, administrator, run_tasks
):
    ask(mary)
    people.move(actor(administrator), brand_manager, brand, Role.TECHNICAL, [])
    run_tasks()
    job = ExportJob.objects.get()
    assert (job.state, job.error) == (ExportState.FAILED, "该角色已不能做此项导出。")
    assert files() == []
    assert verbs(brand_manager)[-1] == "export_failed"


def test_f07_it_is_made_in_the_scope_of_that_moment(mary, brand, brand_manager, administrator, run_tasks):
    ask(mary)
    people.move(actor(administrator), brand_manager, brand, Role.BRAND_MANAGER, ["上海市"])
    run_tasks()
    job = ExportJob.objects.get()
    assert [row[0] for row in read(store.path_of(job.file).read_bytes()).rows] == ["P-A"]


def test_the_person_is_told(mary, brand_manager, run_tasks, monkeypatch):
    made(mary, run_tasks)
    monkeypatch.setattr(making.writing, "write", lambda *args: 1 / 0)
    failed = made(mary, run_tasks)
    assert "division" not in failed.error
    told = {notice.type: notice for notice in Notice.objects.filter(user=brand_manager)}
    assert set(told) == {"export.ready", "export.failed"}
    assert told["export.ready"].link_path == reverse(MINE)
    assert ExportJob.objects.earliest("pk").key not in told["export.ready"].body


def test_o05_a_person_has_two_under_way(mary, run_tasks):
    for _n in range(limits.EXPORTS_A_PERSON):
        ask(mary)
    refused = ask(mary, purpose="第三份")
    assert refused.status_code == 409
    assert "我的导出" in refused.content.decode()
    assert "第三份" in refused.content.decode()
    mary.post(reverse("exports:cancel", args=[ExportJob.objects.latest("pk").key]))
    assert ask(mary).status_code == 302


def test_o05_an_organisation_has_so_many_under_way(mary, client, brand, settings):
    settings.EXPORTS_AN_ORGANISATION = 1
    ask(mary)
    client.force_login(make.member(Role.BRAND_MANAGER, brand))
    assert ask(client).status_code == 409
    client.force_login(make.member(Role.AUDITOR))
    assert ask(client).status_code == 302


def test_cancelled_is_cancelled_once(mary, brand_manager, run_tasks):
    ask(mary)
    job = ExportJob.objects.get()
    for _n in range(2):
        mary.post(reverse("exports:cancel", args=[job.key]))
    run_tasks()
    job.refresh_from_db()
    assert job.state == ExportState.CANCELLED
    assert verbs(brand_manager) == ["export_asked", "export_cancelled"]
    assert mary.get(address(job)).status_code == 410


def test_f09_more_rows_than_xlsx_holds_are_refused_with_the_remedy(mary, monkeypatch):
    monkeypatch.setattr(limits, "ROWS_XLSX", 1)
    refused = ask(mary, kind="xlsx")
    assert refused.status_code == 400
    assert "csv" in str(refused.context["form"].errors["kind"])
    assert ask(mary, kind="csv").status_code == 302


def test_the_list_looks_again_while_something_runs(mary, run_tasks):
    assert "还没有" in mary.get(reverse(MINE)).content.decode()
    ask(mary)
    assert "every 2s" in mary.get(reverse(MINE)).content.decode()
    assert mary.get(address(ExportJob.objects.get())).status_code == 302
    run_tasks()
    page = mary.get(reverse(MINE)).content.decode()
    assert "every 2s" not in page
    assert address(ExportJob.objects.get()) in page


def test_a_list_that_is_gone_shows_and_fails_in_words(mary, run_tasks):
    ask(mary)
    ExportJob.objects.update(model="partners.gone")
    run_tasks()
    job = ExportJob.objects.get()
    assert job.state == ExportState.FAILED
    assert "partners.gone" in mary.get(reverse(MINE)).content.decode()
    assert Partner.objects.count() == 2
