"""The steps as pages: each works, is sent once, keeps what was typed, and tells who was faster."""

import pytest
from django.urls import reverse

from portal.files.models import Attachment
from portal.journal.log import entries_for
from portal.journal.models import JournalEntry
from portal.notify.models import Notice
from tests import factories as make
from tests.tickets.stages import Stage, picture
from tests.tickets.views.field_page import browser, filled, hidden, url, wall
from tickets.choices import Category, ClockKind, ServiceMode, TicketState
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
STEPS = [
    ("accept", TicketState.DISPATCHED, TicketState.ACCEPTED),
    ("contact", TicketState.ACCEPTED, TicketState.ACCEPTED),
    ("diagnose", TicketState.ACCEPTED, TicketState.DIAGNOSED),
    ("start", TicketState.DIAGNOSED, TicketState.IN_PROGRESS),
    ("progress", TicketState.IN_PROGRESS, TicketState.IN_PROGRESS),
    ("suspend", TicketState.IN_PROGRESS, TicketState.SUSPENDED),
    ("resume", TicketState.SUSPENDED, TicketState.IN_PROGRESS),
    ("complete", TicketState.IN_PROGRESS, TicketState.PENDING_CONFIRMATION),
    ("escalate", TicketState.IN_PROGRESS, TicketState.IN_PROGRESS),
]


@pytest.fixture
def stage():
    return Stage()


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


@pytest.mark.parametrize(("name", "before", "after"), STEPS)
def test_each_step_can_be_made(stage, name, before, after):
    ticket, person = stage.ticket_in(before), browser(stage.ann.user)
    assert person.get(url(ticket, name)).status_code == 200
    answer = person.post(url(ticket, name), filled(stage, ticket, name))
    assert (answer.status_code, answer["Location"]) == (302, url(ticket))
    assert fresh(ticket).state == after
    assert entries_for(ticket).last().verb == name
    page = person.get(url(ticket)).content.decode()
    assert f'data-draft-saved="{ticket.number}:{name}"' in page


def test_a_consultation_is_answered(stage):
    stage.category = Category.CONSULTATION
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    browser(stage.ann.user).post(url(ticket, "answer"), filled(stage, ticket, "answer"))
    assert fresh(ticket).state == TicketState.PENDING_CONFIRMATION


def test_the_arrival_is_logged(stage):
    ticket = stage.diagnose(stage.ticket_in(TicketState.ACCEPTED), mode=ServiceMode.ON_SITE)
    person = browser(stage.ann.user)
    assert person.post(url(ticket, "arrive"), hidden(stage, ticket, "arrive")).status_code == 302
    assert fresh(ticket).arrived_at
    assert person.get(url(ticket, "arrive")).status_code == 409


def test_a_dispatcher_names_somebody(stage):
    ticket, person = stage.ticket_in(TicketState.DISPATCHED), browser(stage.side.dispatcher)
    page = person.get(url(ticket, "accept")).content.decode()
    assert stage.ann.name in page
    amy = stage.side.technicians[1]
    data = filled(stage, ticket, "accept", stage.dispatcher, owner=amy.pk)
    assert person.post(url(ticket, "accept"), data)["Location"] == url(ticket)
    assert fresh(ticket).owner == amy


def test_a_declined_ticket_leads_back_to_the_inbox(stage):
    ticket, person = stage.ticket_in(TicketState.DISPATCHED), browser(stage.side.dispatcher)
    data = filled(stage, ticket, "decline", stage.dispatcher)
    for _ in range(2):
        assert person.post(url(ticket, "decline"), data)["Location"] == "/field/"
    assert fresh(ticket).state == TicketState.REGISTERED
    assert fresh(ticket).declines == 1


def test_a_ticket_is_transferred_to_another_outlet_of_the_partner(stage):
    outlet = make.OutletFactory(partner=stage.side.partner, code="W-A2", name="徐汇网点", lines=[stage.line])
    make.CertificateFactory(staff=make.StaffFactory(outlet=outlet), product_line=stage.line)
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.side.dispatcher)
    assert "徐汇网点" in person.get(url(ticket, "transfer")).content.decode()
    data = filled(stage, ticket, "transfer", stage.dispatcher, outlet=outlet.pk)
    assert person.post(url(ticket, "transfer"), data).status_code == 302
    assert (fresh(ticket).outlet, fresh(ticket).state) == (outlet, TicketState.DISPATCHED)


def test_beyond_our_capability_starts_the_clock_of_escalation(stage):
    ticket, person = stage.ticket_in(TicketState.ACCEPTED), browser(stage.ann.user)
    person.post(url(ticket, "diagnose"), filled(stage, ticket, "diagnose", beyond_capability="on"))
    assert ticket.clocks.filter(kind=ClockKind.ESCALATION, stopped_at=None).exists()
    assert entries_for(ticket).last().facts["beyond_capability"] is True


@pytest.mark.parametrize(("name", "before", "after"), STEPS)
def test_c02_a_form_sent_again_makes_one_entry(stage, name, before, after):
    ticket, person = stage.ticket_in(before), browser(stage.ann.user)
    data = filled(stage, ticket, name)
    notices = Notice.objects.count()
    first = person.post(url(ticket, name), data)
    entries, told = JournalEntry.objects.count(), Notice.objects.count()
    again = [person.post(url(ticket, name), data) for _ in range(2)]
    assert {(answer.status_code, answer["Location"]) for answer in (first, *again)} == {(302, url(ticket))}
    assert (JournalEntry.objects.count(), Notice.objects.count()) == (entries, told)
    assert fresh(ticket).version == ticket.version + 1
    assert told >= notices


def test_m17_the_same_key_of_another_person_is_no_excuse(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    data = filled(stage, ticket, "accept")
    browser(stage.ann.user).post(url(ticket, "accept"), data)
    assert browser(stage.other.technicians[0].user).post(url(ticket, "accept"), data).status_code == 404


def test_c08_a_stale_form_is_told_and_keeps_the_text(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    data = filled(stage, ticket, "progress", measures="我写了很久的一段话")
    newer = stage.progress(ticket, measures="同事先写了一条")
    answer = person.post(url(ticket, "progress"), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我写了很久的一段话" in page
    assert "同事先写了一条" in page
    assert f'name="version" value="{newer.version}"' in page
    assert fresh(ticket).version == newer.version
    again = {**data, "version": newer.version}
    assert person.post(url(ticket, "progress"), again).status_code == 302


def test_c08_where_the_step_is_over_the_form_goes_and_the_text_stays(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    data = filled(stage, ticket, "complete", work_and_result="写好的维修过程")
    stage.suspend(ticket)
    answer = person.post(url(ticket, "complete"), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "写好的维修过程" in page
    assert "<textarea" not in page
    assert "挂起" in page


def test_c01_who_comes_second_learns_who_was_faster(stage):
    ticket = stage.ticket_in(TicketState.DISPATCHED)
    amy = stage.side.technicians[1]
    actor = type(stage.technician).of(amy.user)
    data = filled(stage, ticket, "accept", actor, owner=amy.pk)
    stage.accept(ticket)
    answer = browser(amy.user).post(url(ticket, "accept"), data)
    assert answer.status_code == 409
    assert stage.ann.name in answer.content.decode()
    assert ticket.title not in answer.content.decode()


def test_a_step_out_of_time_shows_why(stage):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    answer = browser(stage.ann.user).get(url(ticket, "complete"))
    assert answer.status_code == 409
    assert "<textarea" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "state", "without"),
    [
        ("diagnose", TicketState.ACCEPTED, "finding"),
        ("start", TicketState.DIAGNOSED, "solution"),
        ("progress", TicketState.IN_PROGRESS, "measures"),
        ("suspend", TicketState.IN_PROGRESS, "reason"),
        ("complete", TicketState.IN_PROGRESS, "explained"),
        ("escalate", TicketState.IN_PROGRESS, "senior"),
    ],
)
def test_what_is_missing_is_told_and_the_rest_stays(stage, name, state, without):
    ticket, person = stage.ticket_in(state), browser(stage.ann.user)
    data = filled(stage, ticket, name)
    del data[without]
    answer = person.post(url(ticket, name), data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert without in answer.context["form"].errors
    for field, value in data.items():
        if field != "key" and isinstance(value, str) and len(value) > 4:
            assert value in page
    assert fresh(ticket).version == ticket.version


def test_photos_are_kept_with_the_entry(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    data = filled(stage, ticket, "progress", files=[picture("a.png"), picture("b.png")])
    assert person.post(url(ticket, "progress"), data).status_code == 302
    assert Attachment.objects.filter(subject=f"ticket:{ticket.pk}").count() == 2
    assert entries_for(ticket).last().facts["files"] == ["a.png", "b.png"]


def test_a_false_photo_is_refused_at_its_field_and_the_text_stays(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    fake = picture("x.jpg")
    fake.file.seek(0)
    fake.file.truncate()
    fake.file.write(b"<html><body>hello</body></html>")
    fake.size = 31
    fake.seek(0)
    answer = person.post(
        url(ticket, "progress"), filled(stage, ticket, "progress", files=[fake], measures="已经写好的措施")
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "x.jpg" in str(answer.context["form"].errors["files"])
    assert "已经写好的措施" in page
    assert "请重新选择照片" in page
    assert not Attachment.objects.filter(subject=f"ticket:{ticket.pk}").exists()


def test_foreign_fields_of_a_post_change_nothing(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    data = filled(stage, ticket, "progress", state="closed", owner=stage.side.technicians[1].pk, number="X", partner=99)
    person.post(url(ticket, "progress"), data)
    now = fresh(ticket)
    assert (now.state, now.owner, now.number) == (TicketState.IN_PROGRESS, stage.ann, ticket.number)


def test_parts_are_written_with_the_sheet(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    rows = {
        "parts-TOTAL_FORMS": "3", "parts-INITIAL_FORMS": "0", "parts-0-quantity": "1", "parts-0-old_part": "returned",
        "parts-0-in_warranty": "on", "parts-1-part_number": "FU-32", "parts-1-quantity": "2",
        "parts-1-old_part": "returned", "parts-2-quantity": "1",
    }  # fmt: skip
    page = person.get(url(ticket, "complete")).content.decode()
    assert page.count("data-part-remove") == 4  # three empty lines, and the one that the script copies
    answer = person.post(url(ticket, "complete"), filled(stage, ticket, "complete", **rows))
    assert answer.status_code == 302
    sheet = ticket.completionconfirmation_set.get()
    assert [(part.part_number, part.quantity, part.in_warranty) for part in sheet.parts.all()] == [("FU-32", 2, False)]
    assert str(sheet.charge) == "105.00"
    assert sheet.inspected == ["通电测试", "功能测试"]


def test_a_part_that_the_list_does_not_know_is_refused(stage):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    rows = {
        "parts-TOTAL_FORMS": "1", "parts-INITIAL_FORMS": "0", "parts-0-part_number": "X-1",
        "parts-0-quantity": "1", "parts-0-in_warranty": "on",
    }  # fmt: skip
    answer = person.post(url(ticket, "complete"), filled(stage, ticket, "complete", **rows))
    assert answer.status_code == 400
    assert "X-1" in str(answer.context["form"].non_field_errors())
    assert fresh(ticket).state == TicketState.IN_PROGRESS


@pytest.mark.parametrize("hours", [-3, 1])
def test_the_end_comes_neither_before_the_beginning_nor_in_the_future(stage, hours):
    ticket, person = stage.ticket_in(TicketState.IN_PROGRESS), browser(stage.ann.user)
    answer = person.post(url(ticket, "complete"), filled(stage, ticket, "complete", service_until=wall(hours)))
    assert answer.status_code == 400
    assert "service_until" in answer.context["form"].errors


def test_names_of_the_addresses():
    assert reverse("field:inbox") == "/field/"
    assert reverse("field:step", args=["FW1", "accept"]) == "/field/FW1/accept/"
