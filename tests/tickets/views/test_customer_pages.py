"""The customer's pages: request, 工单查询, signed link, rating; bad input keeps what was typed."""

import base64
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.files.models import Attachment
from portal.journal.log import entries_for, subject_of
from portal.kernel import clock
from portal.links.models import SignedLink
from portal.links.tokens import issue, revoke
from tests.tickets.stages import Stage, picture
from tickets.actions import completion
from tickets.choices import TicketState
from tickets.models import SatisfactionFeedback, Ticket

pytestmark = pytest.mark.django_db

REQUEST = {
    "category": "fault",
    "description": "充电桩无法启动。按下启动键没有反应",
    "contact_name": "赵女士",
    "contact_phone": "137 0000 0001",
    "region": "上海市",
    "contact_email": "zhao@example.com",
}


@pytest.fixture
def stage():
    return Stage()


def send(client, **values):
    return client.post(reverse("public:request"), {**REQUEST, **values})


def drawn() -> str:
    return "data:image/png;base64," + base64.b64encode(picture().read()).decode()


def link(ticket: Ticket, purpose: str = "track") -> str:
    return issue(subject_of(ticket), purpose, days=30, holder=ticket.contact_name)


def test_a_request_becomes_a_ticket_and_shows_its_number(client):
    answer = client.post(
        reverse("public:request"), {**REQUEST, "files": [picture("a.png"), picture("b.png")]}, follow=True
    )
    ticket = Ticket.objects.get()
    assert ticket.number in answer.content.decode()
    assert (ticket.state, ticket.title, ticket.customer_name) == (TicketState.RECEIVED, "充电桩无法启动", "赵女士")
    assert Attachment.objects.filter(subject=subject_of(ticket)).count() == 2


def test_without_telephone_the_message_is_clear_and_the_text_stays(client):
    answer = send(client, contact_phone="")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "请填写联系电话" in page
    assert REQUEST["description"] in page
    assert not Ticket.objects.exists()


def test_in_english_too(client):
    answer = client.post(reverse("public:request"), {**REQUEST, "contact_phone": ""}, headers={"accept-language": "en"})
    assert "Please give a telephone number" in answer.content.decode()


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("photo.jpg", b"<html><body>hello</body></html>", "image/jpeg"), "photo.jpg"),
        (SimpleUploadedFile("big.jpg", b"\xff\xd8\xff\xe0" + b"0" * (40 * 1024 * 1024), "image/jpeg"), "20 MB"),
    ],
    ids=["html renamed to jpg", "40 MB photo"],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_lost(client, upload, words):
    upload.seek(0)
    answer = send(client, files=[upload])
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert REQUEST["description"] in page
    assert not Ticket.objects.exists()
    assert not Attachment.objects.exists()


def test_the_same_form_sent_twice_makes_one_ticket(client):
    key = "4f4d5a5e-6d5c-4a57-9c8e-0f3a2b1c9d10"
    for _ in range(2):
        assert send(client, key=key).status_code == 302
    assert Ticket.objects.count() == 1


def test_k03_the_flood_is_told_to_wait(client, settings):
    settings.REQUESTS_AN_HOUR = 2
    assert [send(client).status_code for _ in range(3)] == [302, 302, 429]


def test_tracking_needs_number_and_telephone(client, stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    known = {"number": ticket.number.lower(), "phone": "+86 " + ticket.contact_phone}
    wrong = client.post(reverse("public:track"), {**known, "phone": "13900000000"})
    unknown = client.post(reverse("public:track"), {"number": "FW20200101-0001", "phone": "13900000000"})
    words = "没有与该编号和电话相符的工单"
    assert words in wrong.content.decode()
    assert words in unknown.content.decode()
    assert client.get(reverse("public:progress", args=[ticket.number])).status_code == 404
    page = client.post(reverse("public:track"), known, follow=True).content.decode()
    assert "处理中" in page
    assert ticket.contact_phone not in page


def test_a_code_opens_the_ticket_and_five_wrong_ones_end_it(client, stage, run_tasks):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    client.post(reverse("public:track"), {"number": ticket.number, "phone": ticket.contact_phone})
    mail.outbox.clear()
    client.post(reverse("public:send_code", args=[ticket.number]))
    run_tasks()
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    wrong = "000000" if code != "000000" else "111111"
    opening = reverse("public:open", args=[ticket.number])
    assert client.post(opening, {"code": wrong}).status_code == 400
    assert client.post(opening, {"code": code}).status_code == 302
    client.post(reverse("public:send_code", args=[ticket.number]))
    run_tasks()
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    for _ in range(5):
        client.post(opening, {"code": wrong if wrong != code else "222222"})
    assert client.post(opening, {"code": code}).status_code == 400


def test_a_ticket_that_was_opened_again_asks_for_no_rating(client, stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    token = link(ticket, "rate")
    assert client.get(reverse("customer:rate", args=[token])).status_code == 200
    completion.reopen(stage.customer_of(ticket), ticket, reason="又坏了")
    assert client.get(reverse("customer:rate", args=[token])).status_code == 409


def test_the_code_waits_where_every_web_process_finds_it(client, stage, run_tasks):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    client.post(reverse("public:track"), {"number": ticket.number, "phone": ticket.contact_phone})
    client.post(reverse("public:send_code", args=[ticket.number]))
    run_tasks()
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    cache.clear()  # the memory of another process knows nothing of this one
    assert client.post(reverse("public:open", args=[ticket.number]), {"code": code}).status_code == 302
    assert code not in str(dict(client.session))


def test_a_code_opens_only_its_own_ticket_and_only_for_ten_minutes(client, stage, run_tasks):
    one, other = stage.ticket_in(TicketState.IN_PROGRESS), stage.ticket_in(TicketState.IN_PROGRESS)
    for ticket in (one, other):
        client.post(reverse("public:track"), {"number": ticket.number, "phone": ticket.contact_phone})
    mail.outbox.clear()
    client.post(reverse("public:send_code", args=[one.number]))
    run_tasks()
    code = {"code": re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]}
    assert client.post(reverse("public:open", args=[other.number]), code).status_code == 400
    with clock.travel(clock.now() + timedelta(minutes=11)):
        assert client.post(reverse("public:open", args=[one.number]), code).status_code == 400


def test_k03_a_forged_address_does_not_escape_the_count(client, stage):
    def look_up(n, **headers):
        data = {"number": f"FW20200101-{n:04d}", "phone": "13800000000"}
        return client.post(reverse("public:track"), data, **headers).status_code

    said = [look_up(n, REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(21)]
    assert (said[19], said[20]) == (400, 429)
    assert look_up(30, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.77") == 400
    assert look_up(31, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9") == 429


def test_i01_a_cut_or_changed_token_is_the_same_404(client, stage):
    token = link(stage.ticket_in(TicketState.REGISTERED))
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    pages = [client.get(reverse("customer:ticket", args=[bad])) for bad in (token[:-1], flipped, token + "x")]
    assert {page.status_code for page in pages} == {404}
    assert (
        len({re.sub(r"/t/[^/\"]*|csrf\w*\"[^>]*|value=\"[^\"]*\"", "", page.content.decode()) for page in pages}) == 1
    )


def test_i02_an_ended_or_revoked_link_shows_nothing_and_does_nothing(client, stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    token = link(ticket)
    SignedLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    page = client.get(reverse("customer:ticket", args=[token]))
    assert page.status_code == 410
    assert ticket.customer_name not in page.content.decode()
    assert client.post(reverse("customer:step", args=[token, "reject"]), {"reason": "x"}).status_code == 410
    token = link(ticket)
    revoke(subject_of(ticket))
    assert client.get(reverse("customer:ticket", args=[token])).status_code == 410


def test_i09_looking_changes_nothing(client, stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    url = reverse("customer:ticket", args=[link(ticket)])
    for _ in range(2):
        assert client.get(url).status_code == client.head(url).status_code == 200
    ticket.refresh_from_db()
    assert ticket.state == TicketState.PENDING_CONFIRMATION


def test_confirm_with_a_drawn_signature_then_rate(client, stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    token = link(ticket)
    page = client.get(reverse("customer:ticket", args=[token])).content.decode()
    assert "更换保险丝后恢复正常" in page
    step = reverse("customer:step", args=[token, "confirm"])
    unsigned = client.post(step, {"solved": "yes", "signed_by": "赵女士", "version": ticket.version})
    assert unsigned.status_code == 400
    assert "请签字" in unsigned.content.decode()
    signed = {"solved": "yes", "signed_by": "赵女士", "signature": drawn(), "version": ticket.version}
    assert client.post(step, signed).status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == TicketState.RESOLVED
    assert ticket.completionconfirmation_set.get().signature.kind == "signature"
    scores = {"overall": 2, "timeliness": 3, "competence": 4, "attitude": 5}
    rating = link(ticket, "rate")
    assert "感谢您的评价" in client.post(reverse("customer:rate", args=[rating]), scores).content.decode()
    assert SatisfactionFeedback.objects.get(ticket=ticket).overall == 2
    again = client.post(reverse("customer:rate", args=[rating]), {**scores, "overall": 5})
    assert "感谢您的评价" in again.content.decode()
    assert SatisfactionFeedback.objects.get().overall == 2


def test_rule_11_not_solved_beats_the_button(client, stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    signed = {"solved": "no", "signed_by": "赵女士", "signature": drawn(), "version": ticket.version}
    answer = client.post(reverse("customer:step", args=[link(ticket), "confirm"]), signed)
    assert answer.status_code == 400
    ticket.refresh_from_db()
    assert ticket.state == TicketState.PENDING_CONFIRMATION


def test_c14_too_late_is_told_and_the_text_stays(client, stage):
    ticket = stage.ticket_in(TicketState.PENDING_CONFIRMATION)
    token, seen = link(ticket), ticket.version
    stage.confirm(ticket)
    answer = client.post(reverse("customer:step", args=[token, "reject"]), {"reason": "还是不能启动", "version": seen})
    assert answer.status_code == 409
    assert "还是不能启动" in answer.content.decode()


def test_an_anonymous_rating_cannot_be_traced(client, stage):
    ticket = stage.confirm(stage.ticket_in(TicketState.PENDING_CONFIRMATION))
    scores = {"overall": 1, "timeliness": 1, "competence": 1, "attitude": 1, "anonymous": "on"}
    client.post(reverse("customer:rate", args=[link(ticket, "rate")]), scores)
    feedback = SatisfactionFeedback.objects.get()
    assert (feedback.ticket, feedback.rated_by, feedback.rated_on.day) == (None, "", 1)
    assert (feedback.partner, feedback.outlet) == (ticket.partner, None)
    assert feedback.pk < 0
    assert not SatisfactionFeedback.history.exists()
    entry = entries_for(ticket).get(verb="rate")
    assert ticket.contact_name not in str((entry.actor, entry.facts))
    ticket.refresh_from_db()
    assert ticket.rated_at is not None


def test_every_progress_step_is_sent_to_the_customer(stage, run_tasks):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    run_tasks()
    mail.outbox.clear()
    stage.progress(ticket, measures="已更换保险丝")
    run_tasks()
    assert ["已更换保险丝" in message.body for message in mail.outbox] == [True]
    assert mail.outbox[0].to == [ticket.contact_email]
