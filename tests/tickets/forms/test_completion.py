"""附件3 as a form: prefilled, inspected, explained, with lines of parts (R134–R136, R189)."""

from decimal import Decimal

import pytest

from portal.kernel import clock
from tests.tickets.stages import Stage
from tests.tickets.views.field_page import answers
from tickets.choices import TicketState
from tickets.forms.completion import CompleteForm
from tickets.forms.part import MOST_ROWS, PartFormSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def ticket(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


def form(stage, ticket, **data):
    return CompleteForm({**answers(stage, "complete"), **data}, actor=stage.technician, ticket=ticket)


def rows(*lines):
    data = {"parts-TOTAL_FORMS": str(len(lines)), "parts-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        data |= {f"parts-{number}-{name}": value for name, value in line.items()}
    return data


LINE = {"part_number": "FU-32", "quantity": "1", "in_warranty": "on", "old_part": "returned"}
#: As history from elsewhere brings them.
TYPED = {**LINE, "name": "熔断器", "certified": "on"}


def test_the_time_of_service_is_prefilled(stage, ticket):
    blank = CompleteForm(actor=stage.technician, ticket=ticket)
    begin = clock.local(ticket.started_at).replace(second=0, microsecond=0, tzinfo=None)
    assert blank["service_from"].value() == begin
    assert 'type="datetime-local"' in str(blank["service_from"])
    assert begin.strftime("%Y-%m-%dT%H:%M") in str(blank["service_from"])


def test_three_empty_lines_wait_and_are_no_parts(stage, ticket):
    assert len(CompleteForm(actor=stage.technician, ticket=ticket).parts) == 3
    empty = {"quantity": "1", "in_warranty": "on", "old_part": "returned"}
    sent = form(stage, ticket, **rows(empty, {"quantity": "1"}, {}))
    assert sent.is_valid(), sent.errors
    assert sent._parts() == []


def test_lines_become_parts(stage, ticket):
    paid = {**LINE, "unit_price": "12.50", "old_serial": "A", "new_serial": "B"}
    paid.pop("in_warranty")
    sent = form(stage, ticket, **rows(LINE, paid))
    assert sent.is_valid(), sent.parts.errors
    first, second = sent._parts()
    assert (first["unit_price"], first["in_warranty"], second["unit_price"]) == (None, True, Decimal("12.50"))
    assert set(first) == {
        "part_number", "quantity", "in_warranty", "unit_price", "old_serial", "new_serial", "old_part",
    }  # fmt: skip


def test_the_bag_and_the_store_are_offered(stage, ticket):
    blank = CompleteForm(actor=stage.technician, ticket=ticket)
    assert [row.part.number for row in blank.at_hand] == ["FU-30", "FU-32", "FU-400", "P-100"]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"part_number": "", "new_serial": "N-1"}, "part_number"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": ""}, "quantity"),
        ({"unit_price": "-1"}, "unit_price"),
    ],
)
def test_a_wrong_line_is_told_at_its_field(stage, ticket, line, field):
    sent = form(stage, ticket, **rows({**LINE, **line}))
    assert not sent.is_valid()
    assert field in sent.parts.errors[0]


@pytest.mark.parametrize(
    ("line", "field"), [({"name": ""}, "name"), ({"certified": ""}, "certified"), ({"in_warranty": ""}, "unit_price")]
)
def test_history_from_elsewhere_types_what_the_list_does_not_know(stage, ticket, line, field):
    ticket.imported_from = "old system"
    sent = form(stage, ticket, **rows({**TYPED, **line}))
    assert not sent.is_valid()
    assert field in sent.parts.errors[0]


def test_more_lines_than_the_page_has_are_refused():
    data = rows(*[LINE] * (MOST_ROWS + 1))
    assert not PartFormSet(data, prefix="parts").is_valid()


def test_without_lines_at_all_the_sheet_is_whole(stage, ticket):
    sent = form(stage, ticket)
    assert sent.is_valid()
    assert sent._parts() == []


@pytest.mark.parametrize("name", ["inspection", "inspection_passed", "explained", "cause", "work_and_result"])
def test_what_the_agreement_asks_for_is_owed(stage, ticket, name):
    assert name in form(stage, ticket, **{name: ""}).errors


def test_what_was_inspected_is_kept_as_codes_and_read_in_words(stage, ticket):
    sent = form(stage, ticket)
    assert sent.is_valid()
    sent.save()
    sheet = ticket.completionconfirmation_set.get()
    assert sheet.inspection == ["power_on", "function"]
    assert sheet.inspected == ["通电测试", "功能测试"]


def test_no_labour_is_no_charge(stage, ticket):
    sent = form(stage, ticket, labour_charge="")
    assert sent.is_valid()
    assert sent.cleaned_data["labour_charge"] == Decimal(0)
