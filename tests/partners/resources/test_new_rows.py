"""Rows that a sheet makes anew: by the actions, in drafts only, each refusal at its line and column."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.actions import standard as actions
from partners.choices.contract import VersionState
from partners.models import (
    BenchmarkCase,
    Clause,
    ContractVersion,
    CourseSession,
    ExamPaper,
    Partner,
    PartnerApplication,
    PostRequirement,
)
from portal.exchange import running
from portal.exchange.registry import resource_for
from portal.exchange.sheet import Sheet
from portal.journal.log import entries_for
from portal.journal.models import JournalEntry
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import calendar, contract, standard, training


@pytest.fixture
def take(brand_manager):
    def run(model, headers, *rows, user=brand_manager):
        sheet = Sheet(headers.split(","), [list(row) for row in rows], list(range(2, len(rows) + 2)))
        return running.take(resource_for(model)(actor(user)), sheet)

    return run


def places(outcome):
    return [(problem.line, str(problem.column)) for problem in outcome.problems]


def test_r117_what_posts_ask_for(take, line):
    training.CourseFactory(code="K-1")
    headers = "code,岗位,产品线,类型,name,课程,bars_work"
    good = ("YQ-1", "technician", line.code, "course", "上岗培训", "K-1", "是")
    bad = ("YQ-2", "technician", "没有", "course", "上岗培训", "", "是")
    assert places(take(PostRequirement, headers, good, bad))[0][0] == 3
    assert not PostRequirement.objects.exists()
    assert take(PostRequirement, headers, good).new == 1
    row = PostRequirement.objects.get()
    assert (row.product_line, row.course.code, row.bars_work) == (line, "K-1", True)
    assert row.history.get().history_user.username == "mary"


SESSION = "number,course,starts_at,ends_at,mode,place,trainer,seats"


def test_r142_sessions_begin_at_the_moment_that_the_cell_says(take, technical, ann):
    training.CourseFactory(code="K-1")
    good = ["PX-9", "K-1", "2026/7/1 9:00", "2026年7月1日 17:30", "classroom", "301 室", "tom", "12"]
    assert take(CourseSession, SESSION, good).new == 1
    row = CourseSession.objects.get()
    assert clock.local(row.starts_at).strftime("%Y-%m-%d %H:%M") == "2026-07-01 09:00"
    assert (row.ends_at - row.starts_at, row.trainer) == (timedelta(hours=8.5), technical)
    for place, bad in [(2, "2026-07-01"), (6, "ann"), (6, "没有"), (3, "2026-06-30 09:00"), (7, "0")]:
        cells = ["PX-10", *good[1:]]
        cells[place] = bad
        assert places(take(CourseSession, SESSION, cells))[0][0] == 2, bad
    assert CourseSession.objects.count() == 1


def test_a_session_called_off_is_not_planned_anew_by_sheet(take):
    row = training.SessionFactory(number="PX-9", cancelled_at=clock.now(), cancel_reason="停电")
    assert not take(CourseSession, "number,seats", ("PX-9", "99")).good
    row.refresh_from_db()
    assert row.seats == 10


def test_r115_a_paper_is_named_by_its_course(take):
    training.CourseFactory(code="K-1")
    assert take(ExamPaper, "course,easy,medium,hard,pass_percent", ("K-1", "5", "0", "0", "85")).new == 1
    outcome = take(ExamPaper, "course,pass_percent", ("K-1", "90"))
    assert (outcome.changed, ExamPaper.objects.get().pass_percent) == (1, 90)
    assert places(take(ExamPaper, "course,pass_percent", ("K-1", "900")))[0][0] == 2


CLAUSE = "code,place,title,text,core,value,unit"


def test_r104_clauses_go_into_a_draft_only(take, brand_manager, partner_a, technical):
    mary = actor(brand_manager)
    release = standard.draft(mary, standard.publication())
    row = ("BZ-001/1/4.1", "9", "回访", "两日内回访。", "否", "48", "hour")
    assert take(Clause, CLAUSE, row).new == 1
    assert release.clauses.get(number="4.1").value == 48
    actions.announce(mary, release, clock.today())
    changed = take(Clause, "code,title", ("BZ-001/1/4.1", "电话回访"))
    assert "新建版本" in str(changed.problems[0].reason)
    unknown = [("BZ-001/1/5.1", *row[1:]), ("BZ-001/x/1", *row[1:]), ("BZ-404/1/1", *row[1:]), ("BZ-001", *row[1:])]
    for cells in unknown:
        (problem,) = take(Clause, CLAUSE, cells).problems
        assert (problem.line, str(problem.column)) == (2, "条款编码")
    assert release.clauses.count() == 4


def test_r039_a_department_writes_clauses_of_its_own_kinds_only(take, brand_manager, technical):
    standard.draft(actor(brand_manager), standard.publication())
    outcome = take(Clause, "code,title", ("BZ-001/1/1.1", "新题"), user=technical)
    assert not outcome.good


VERSION = "code,kind,reason,tier,product_lines,valid_from,valid_until"


def test_r031_a_new_line_drafts_the_next_version_with_the_clauses_of_the_last(take, side_a, line):
    held = contract.VersionFactory(contract=side_a.partner.contracts.get())
    contract.ClauseFactory(version=held, number="5.2")
    first = clock.today() + timedelta(days=30)
    row = ("HT-A/2", "amendment", "扩大范围", "advanced", line.code, str(first), "2039-12-31")
    assert [p[0] for p in places(take(ContractVersion, VERSION, ("HT-A/3", *row[1:])))] == [2]
    assert [p[0] for p in places(take(ContractVersion, VERSION, (row[0], row[1], "", *row[3:])))] == [2]
    outcome = take(ContractVersion, VERSION, row)
    assert outcome.new == 1, outcome.problems
    made = ContractVersion.objects.get(number=2)
    assert (made.state, made.valid_from, made.clauses.get().number) == (VersionState.DRAFT, first, "5.2")
    assert list(made.product_lines.all()) == [line]
    assert entries_for(held.contract).last().facts["version"] == 2
    assert not take(ContractVersion, "code,tier", ("HT-A/1", "basic")).good
    assert take(ContractVersion, "code,tier", ("HT-A/2", "basic")).changed == 1


APPLICATION = (
    "number,name,short_name,channel_type,uscc,legal_representative,region,address,contact_name,phone,email,areas,"
    "product_lines,tier,outlets"
)


def applicant(mark: str, n: int, outlets: str = "闵行网点; 上海市; 申长路 9 号; 021-60001111") -> tuple[str, ...]:
    return (
        mark, f"江海服务{n}", f"江海{n}", "agent", make.credit_code(700_000 + n), "周海生", "上海市", "申长路 9 号",
        "周敏", "13900001111", "z@example.com", "上海市、浙江省", "EV", "basic", outlets,
    )  # fmt: skip


def test_r105_applications_are_entered_with_their_outlets_and_get_numbers(take, line):
    two = "闵行网点; 上海市; 申长路 9 号; 021-60001111 | 嘉兴网点；浙江省；中山路 1 号；0573-82000000"
    outcome = take(PartnerApplication, APPLICATION, applicant("N1", 1), applicant("N2", 2, two))
    assert outcome.new == 2, outcome.problems
    first, second = PartnerApplication.objects.order_by("number")
    assert (first.number[:2], first.state, first.source) == ("SQ", "submitted", "brand")
    assert [outlet.region for outlet in second.outlets.all()] == ["上海市", "浙江省"]
    assert entries_for(first).get().verb == "application_received"
    changed = take(PartnerApplication, "number,short_name", (first.number, "江海一"))
    assert changed.changed == 1


def test_r105_the_first_step_says_what_the_action_would_refuse(take, line):
    twice = [applicant("N1", 1), (*applicant("N2", 1),)]
    assert [place[0] for place in places(take(PartnerApplication, APPLICATION, *twice))] == [3]
    for mark, outlets, heading in [("N1", "只有名称", "服务网点"), ("SQ-1", "", "申请编号")]:
        assert places(take(PartnerApplication, APPLICATION, applicant(mark, 1, outlets))) == [(2, heading)]
    assert not PartnerApplication.objects.exists()


def test_r105_through_the_pages_the_check_takes_everything_back(client, brand_manager, line):
    client.force_login(brand_manager)
    text = "\n".join([APPLICATION, ",".join(applicant("N1", 1))])
    page = "admin:partners_partnerapplication_sheet_"
    checked = client.post(reverse(f"{page}import"), {"file": SimpleUploadedFile("申请.csv", text.encode("gbk"))})
    assert (checked.context["outcome"].new, checked.context["problems"]) == (1, [])
    assert not PartnerApplication.objects.exists()
    assert not JournalEntry.objects.exists()
    assert client.post(reverse(f"{page}confirm"), {"token": checked.context["token"]}).status_code == 302
    row = PartnerApplication.objects.get()
    assert (row.number[-4:], row.outlets.count(), row.history.first().history_user) == ("0001", 1, brand_manager)
    assert [entry.verb for entry in entries_for(brand_manager)] == ["sheet_imported"]
    sent = client.post(reverse(f"{page}export"), {"kind": "csv", "purpose": "核对"})
    assert "139****1111" in b"".join(sent.streaming_content).decode("utf-8-sig")


def test_r043_cases_are_nominated(take, technical):
    headers = "number,kind,title,practice,effect,measure,unit,before,after"
    row = ("新1", "technical", "一小时响应", "分区值班", "响应缩短", "平均响应", "分钟", "180", "50")
    assert take(BenchmarkCase, headers, row, user=technical).new == 1
    case = BenchmarkCase.objects.get()
    assert (case.state, case.number[:2], entries_for(case).count()) == ("nominated", "BG", 1)
    assert places(take(BenchmarkCase, headers, (*row[:8], "")))[0][0] == 2


def test_a_calendar_is_named_by_its_code_and_must_be_in_force(take, partner_a):
    calendar.make_calendar("warehouse")
    assert take(Partner, "code,calendar", ("P-A", "warehouse")).changed == 1
    partner_a.refresh_from_db()
    assert partner_a.calendar_id == "warehouse"
    calendar.Calendar.objects.create(code="draft", name="草稿")
    for code in ("draft", "没有"):
        (problem,) = take(Partner, "code,calendar", ("P-A", code)).problems
        assert (problem.line, str(problem.column), problem.value) == (2, "工作日历", code)
    assert take(Partner, "code,calendar", ("P-A", "")).changed == 1
