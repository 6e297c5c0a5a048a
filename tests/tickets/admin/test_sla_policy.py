"""The pages of the policy: who opens them, what they show, what their buttons do."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.factories import sla_policy as policies
from tickets.choices.sla_policy import PolicyState
from tickets.models import PolicyLine, PolicyVersion
from tickets.rules.sla_policy import DEFAULT_POLICY

pytestmark = pytest.mark.django_db
#: Lines of the standard, and the code of the first line that a draft of it adds.
MANY = len(DEFAULT_POLICY.lines)
NEXT = f"2-{MANY + 1:03d}"
LINE = {
    "kind": "response", "category": "fault", "channel": "", "tier": "customised", "region": "", "contract": "",
    "limit": "30", "unit": "minute", "clause": "T1", "clause_text": "", "replaces": "", "core": "on",
    "calendar": "brand", "warn_at": "50, 80",
}  # fmt: skip


def url(page, *args, model="policyversion"):
    return reverse(f"admin:tickets_{model}_{page}", args=args)


def deed(row, name):
    return url("deed", row.pk, name)


@pytest.fixture
def mary(client, brand_manager):
    client.force_login(brand_manager)
    return client


@pytest.fixture
def first():
    return policies.first()


@pytest.mark.parametrize("role", ["brand_manager", "service_desk", "legal", "technical", "marketing", "auditor"])
def test_readers_open_every_page_and_only_managers_draft(client, request, first, role):
    client.force_login(request.getfixturevalue(role))
    for page in ("change", "history", "compare", "try"):
        assert client.get(url(page, first.pk)).status_code == 200
    assert client.get(url("changelist")).status_code == 200
    assert client.get(url("changelist", model="policyline")).status_code == 200
    assert client.get(url("change", first.lines.first().pk, model="policyline")).status_code == 200
    assert client.get(url("add")).status_code == (200 if role == "brand_manager" else 403)


def test_the_version_shows_its_lines_in_words(mary, first):
    text = mary.get(url("change", first.pk)).content.decode()
    for words in ("首次响应", "30 分钟", "5 个工作日", "R199", "紧急故障30分钟内响应", "50 %, 80 %", "等待配件"):
        assert words in text
    assert "添加条目" not in text  # what binds is not edited


def test_a_draft_goes_its_way_through_the_pages(client, brand_manager, legal, first):
    client.force_login(brand_manager)
    response = client.post(url("add"), {"title": "2027年服务标准", "note": "缩短响应", "base": first.pk})
    row = PolicyVersion.objects.get(number=2)
    assert response.url == url("change", row.pk)
    assert client.post(deed(row, "policy_sent")).status_code == 302
    assert client.get(deed(row, "policy_sent")).status_code == 409
    client.force_login(legal)
    assert "批准" in client.get(url("change", row.pk)).content.decode()
    assert client.post(deed(row, "policy_returned"), {"remarks": ""}).status_code == 400
    assert client.post(deed(row, "policy_approved"), {"remarks": "同意"}).status_code == 302
    client.force_login(brand_manager)
    past = {"on": (clock.today() - timedelta(days=1)).isoformat()}
    assert client.post(deed(row, "policy_dated"), past).status_code == 400
    assert client.post(deed(row, "policy_dated"), {"on": clock.today().isoformat()}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reviewer, row.effective_on) == (PolicyState.IN_FORCE, legal, clock.today())
    history = client.get(url("history", row.pk)).content.decode()
    assert "批准了第 2 版" in history


def test_b_a_forged_review_by_a_manager_is_refused(mary):
    row = policies.advance(policies.draft(), PolicyState.IN_REVIEW)
    assert mary.post(deed(row, "policy_approved"), {"remarks": "同意"}).status_code == 403
    row.refresh_from_db()
    assert row.state == PolicyState.IN_REVIEW


def test_a_line_is_added_changed_and_removed(mary):
    row = policies.draft()
    assert mary.get(url("add", model="policyline") + f"?policy={row.pk}&kind=response").status_code == 200
    response = mary.post(url("add", model="policyline"), {"policy": row.pk, **LINE})
    assert response.url == url("change", row.pk)
    line = PolicyLine.objects.get(policy=row, clause="T1")
    assert mary.post(url("change", line.pk, model="policyline"), {**LINE, "limit": "20"}).status_code == 302
    line.refresh_from_db()
    assert (line.code, line.limit) == (NEXT, 20)
    assert mary.post(url("deed", line.pk, "remove", model="policyline")).url == url("change", row.pk)
    assert not PolicyLine.objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"limit": "0"}, "时限至少为 1"),
        ({"warn_at": "80, 50"}, "依次递增"),
        ({"clause": "R200", "tier": "", "region": "上海市"}, "核心条款"),
        ({"clause": "R200", "tier": ""}, "已有时限"),
        ({"contract": "没有的协议"}, "没有编号为"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_words_and_keeps_what_was_typed(mary, values, words):
    row = policies.draft()
    response = mary.post(url("add", model="policyline"), {"policy": row.pk, **LINE, **values, "clause_text": "我写的"})
    text = response.content.decode()
    assert (response.status_code, words in text, "我写的" in text) == (200, True, True)
    assert row.lines.count() == MANY


def test_a_line_that_binds_opens_for_reading_only(mary, first):
    line = first.lines.first()
    assert mary.get(url("change", line.pk, model="policyline")).status_code == 200
    assert mary.post(url("change", line.pk, model="policyline"), LINE).status_code == 403
    assert mary.post(url("deed", line.pk, "remove", model="policyline")).status_code in (403, 404)
    assert mary.post(url("add", model="policyline"), {"policy": first.pk, **LINE}).status_code == 200
    assert first.lines.count() == MANY


def test_a_rule_of_suspension_is_changed_in_a_draft_only(mary, first):
    row = policies.draft()
    pause, fixed = row.pauses.get(reason="parts"), first.pauses.get(reason="parts")
    values = {"credited": "on", "cap_hours": "72", "evidence": "file", "roles": ["technician"]}
    assert mary.get(url("pause", row.pk, pause.pk)).status_code == 200
    assert mary.post(url("pause", row.pk, pause.pk), {**values, "cap_hours": "0"}).status_code == 400
    assert mary.post(url("pause", row.pk, pause.pk), values).status_code == 302
    pause.refresh_from_db()
    assert (pause.cap_hours, pause.evidence, pause.roles) == (72, "file", ["technician"])
    assert mary.post(url("pause", first.pk, fixed.pk), values).status_code == 403


def test_a_regional_manager_reads_and_does_not_change(client, brand, first):
    client.force_login(make.member(Role.BRAND_MANAGER, brand, regions=["上海市"]))
    row = policies.draft()
    assert client.get(url("change", row.pk)).status_code == 200
    assert client.post(url("add"), {"title": "2027", "base": first.pk}).status_code == 400
    assert client.post(deed(row, "policy_sent")).status_code == 403
    assert client.post(url("add", model="policyline"), {"policy": row.pk, **LINE}).status_code == 403


def test_two_versions_are_compared_in_both_directions(mary, first):
    row = policies.draft(response_R200=1)
    there = mary.get(url("compare", row.pk)).content.decode()
    assert all(words in there for words in ("2 小时", "1 小时", "变更 1 条"))
    back = mary.get(url("compare", first.pk) + f"?base={row.pk}").content.decode()
    assert back.index("1 小时") < back.index("2 小时")
    assert "两个版本内容相同" in mary.get(url("compare", policies.draft().pk) + f"?base={first.pk}").content.decode()


CASE = {
    "what": "case", "category": "fault", "channel": "phone", "tier": "basic", "region": "", "contract": "",
    "received_at": "2026-10-09T10:00", "as_of": "", "event_1": "call", "at_1": "2026-10-09T11:30",
}  # fmt: skip


def test_a_made_up_case_shows_clocks_and_why(mary, first):
    response = mary.get(url("try", policies.draft(response_R200=1).pk), CASE)
    text = response.content.decode()
    assert "10月9日" in text or "2026-10-09 11:00" in text
    clocks = {line["kind"]: line for line in response.context["clocks"] if line["leading"]}
    assert clocks["首次响应"]["usual_due_at"] > clocks["首次响应"]["due_at"]
    assert any("R200" in sentence for sentence in clocks["首次响应"]["why"])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received_at": "gestern"}, "received_at"),
        ({"at_1": ""}, "at_1"),
        ({"event_1": ""}, "event_1"),
        ({"at_1": "2026-10-09T09:00"}, "at_1"),
    ],
)
def test_a_case_that_cannot_be_is_refused_at_its_field(mary, first, values, field):
    response = mary.get(url("try", first.pk), {**CASE, **values})
    assert field in response.context["form"].errors
    assert response.context["clocks"] is None


def test_rule_2_the_page_changes_nothing(mary, first):
    row = policies.draft()
    mary.get(url("try", row.pk))

    def contents():
        models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
        return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}

    before = contents()
    mary.get(url("try", row.pk), CASE)
    mary.get(url("try", row.pk), {"what": "quarter", "go": "1"})
    assert contents() == before
