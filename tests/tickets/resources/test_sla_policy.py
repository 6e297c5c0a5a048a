"""The sheet of lines: there and back in both languages, dry run, errors by cell, all or nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.cast import actor
from tests.factories import sla_policy as policies
from tickets.models import PolicyLine
from tickets.resources.sla_policy import PolicyLineResource
from tickets.rules.sla_policy import DEFAULT_POLICY

pytestmark = pytest.mark.django_db
#: Lines of the standard, and the code of the first line that a draft of it adds.
MANY = len(DEFAULT_POLICY.lines)
NEXT = f"2-{MANY + 1:03d}"
PAGE = "admin:tickets_policyline_sheet_"


@pytest.fixture(autouse=True)
def _own_waiting_room(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mary(client, brand_manager):
    client.force_login(brand_manager)
    return client


def upload(client, rows):
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return client.post(reverse(f"{PAGE}import"), {"file": SimpleUploadedFile("lines.csv", target.getvalue().encode())})


def confirm(client, response):
    return client.post(reverse(f"{PAGE}confirm"), {"token": response.context["token"]})


def sheet(user, row, language):
    """Heading and rows as an export of that language writes them."""
    with translation.override(language):
        resource = PolicyLineResource(actor(user))
        return [[str(column.label) for column in resource.columns], *resource.lines(row.lines.all(), masked=False)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_exported_goes_back_unchanged_and_with_changes(mary, brand_manager, language):
    row = policies.draft(brand_manager)
    rows = sheet(brand_manager, row, language)
    outcome = upload(mary, rows).context["outcome"]
    assert (outcome.problems, outcome.new, outcome.changed, outcome.unchanged) == ([], 0, 0, MANY)
    limit = rows[0].index("时限值" if language == "zh-hans" else "Limit value")
    rows[1][limit] = "10"
    added = [cell.replace(rows[1][0], NEXT) for cell in rows[1]]
    added[rows[0].index("条款" if language == "zh-hans" else "Clause")] = "T9"
    response = upload(mary, [*rows, added])
    assert (response.context["outcome"].new, response.context["outcome"].changed) == (1, 1)
    assert row.lines.get(code="2-001").limit == 15  # the first step writes nothing
    assert confirm(mary, response).status_code == 302
    assert (row.lines.get(code="2-001").limit, row.lines.get(code=NEXT).clause) == (10, "T9")


HEAD = [
    "Line number",
    "Clock",
    "Limit value",
    "Unit",
    "Clause",
    "Region",
    "Warns at (%)",
    "Replaces clause",
    "Problem type",
]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["2-030", "response", "0", "hour", "X", "", "", "", ""], "至少为 1"),
        (["2-030", "response", "2", "fortnight", "X", "", "", "", ""], "fortnight"),
        (["2-030", "response", "2", "hour", "X", "月球", "", "", ""], "月球"),
        (["2-030", "response", "2", "hour", "X", "", "80,50", "", ""], "递增"),
        (["2-030", "response", "2", "hour", "X", "上海市", "", "R200", "fault"], "核心条款"),
        (["2-030", "response", "2", "hour", "R200", "", "", "", "fault"], "已有时限"),
        (["9-001", "response", "2", "hour", "X", "", "", "", ""], "没有"),
        (["1-001", "acknowledgement", "2", "hour", "R131", "", "", "", ""], "生效"),
    ],
)
def test_a_row_that_cannot_be_stops_the_whole_sheet(mary, brand_manager, cells, words):
    row = policies.draft(brand_manager)
    good = ["2-031", "response", "2", "hour", "Y", "", "", "", ""]
    response = upload(mary, [HEAD, good, cells])
    problems = response.context["outcome"].problems
    assert len(problems) == 1
    assert (problems[0].line, words in str(problems[0].reason)) == (3, True)
    assert not response.context.get("token")
    assert row.lines.count() == MANY


def test_two_new_rows_that_say_the_same_are_seen(mary, brand_manager):
    policies.draft(brand_manager)
    rows = [[code, "response", "2", "hour", "X", "", "", "", ""] for code in ("2-030", "2-031")]
    (problem,) = upload(mary, [HEAD, *rows]).context["outcome"].problems
    assert problem.line == 3


@pytest.mark.parametrize("role", ["legal", "service_desk", "auditor"])
def test_only_managers_import(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse(f"{PAGE}import")).status_code == 403
    assert not PolicyLine.objects.exclude(policy__number=1).exists()
