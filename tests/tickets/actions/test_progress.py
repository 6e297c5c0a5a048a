"""附件2 and what else happens while work goes on (R060, R207–R213)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files.models import Attachment, AttachmentKind
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.notify.models import Notice
from tests.tickets.actions.traces import traces
from tests.tickets.stages import picture
from tickets.actions import progress
from tickets.choices import ClockState, ServiceMode, SuspendReason, TicketState
from tickets.models import ContactNote, ProgressEntry

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def at_work(stage):
    return stage.ticket_in(TicketState.IN_PROGRESS)


def test_r213_an_entry_is_a_row_of_the_sheet_and_reaches_the_customer(stage, at_work):
    stage.progress(at_work, needed_from_customer="请断电", files=[picture("before.png")])
    row = ProgressEntry.objects.get(ticket=at_work)
    assert (row.updated_on, row.responsible) == (clock.today(), str(stage.ann))
    assert "请断电" in Notice.objects.get(type="ticket.progress").body
    assert entries_for(at_work).last().facts["files"] == ["before.png"]


def test_each_file_is_kept_as_what_its_content_is(stage, at_work):
    paper = SimpleUploadedFile("photo.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    stage.progress(at_work, files=[picture(), paper])
    assert sorted(Attachment.objects.values_list("kind", flat=True)) == [AttachmentKind.DOCUMENT, AttachmentKind.PHOTO]


def test_e01_a_refused_file_takes_the_entry_with_it(stage, at_work):
    before = traces(at_work)
    with pytest.raises(InvalidInput) as refused:
        stage.progress(at_work, files=[picture(), SimpleUploadedFile("a.jpg", b"\x7fELF not a picture")])
    assert refused.value.field == "files"
    assert traces(at_work) == before


@pytest.mark.parametrize(
    ("said", "state"),
    [({"outward": True}, ClockState.MET), ({"outward": False}, ClockState.RUNNING)],
)
def test_r199_only_an_outward_contact_stops_the_response(stage, said, state):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    ticket = progress.contact(stage.technician, ticket, channel="phone", summary="核对现象", **said)
    assert ticket.clocks.leading().get(kind="response").state == state
    assert ContactNote.objects.get(ticket=ticket).summary == "核对现象"


def test_nobody_arrives_at_remote_work(stage, at_work):
    with pytest.raises(InvalidInput, match="handled remotely"):
        progress.arrive(stage.technician, at_work)


def test_r208_an_arrival_stops_its_clock_and_is_told(stage):
    ticket = stage.diagnose(stage.ticket_in(TicketState.ACCEPTED), ServiceMode.ON_SITE)
    assert ticket.clocks.leading().get(kind="arrival").state == ClockState.RUNNING
    ticket = progress.arrive(stage.technician, ticket)
    assert ticket.arrived_at
    assert ticket.clocks.leading().get(kind="arrival").state == ClockState.MET
    assert Notice.objects.filter(type="ticket.arrived").exists()


@pytest.mark.parametrize("seconds", [-60, 0])
def test_nobody_waits_until_yesterday(stage, at_work, seconds):
    now = clock.now()
    with clock.travel(now), pytest.raises(InvalidInput, match="lies in the past") as refused:
        progress.suspend(stage.technician, at_work, SuspendReason.PARTS, now + timedelta(seconds=seconds))
    assert refused.value.field == "expected_at"


@pytest.mark.parametrize(
    ("reason", "credited"), [(SuspendReason.CUSTOMER, timedelta(hours=5)), (SuspendReason.APPROVAL, timedelta())]
)
def test_only_the_policys_reasons_move_the_due_time(stage, at_work, reason, credited):
    now = clock.now()
    with clock.travel(now):
        waiting = progress.suspend(stage.technician, at_work, reason, now + timedelta(days=1), "等待")
    paused = ClockState.PAUSED if credited else ClockState.RUNNING
    assert waiting.clocks.leading().get(kind="resolution").state == paused
    with clock.travel(now + timedelta(hours=5)):
        ticket = progress.resume(stage.technician, waiting)
    resolution = ticket.clocks.leading().get(kind="resolution")
    assert (resolution.state, resolution.due_at - resolution.original_due_at) == (ClockState.RUNNING, credited)
    assert ticket.suspend_reason == ""
