"""附件1–4 as one-page sheets that look like the paper forms (R195, R212, R216, R220; spec/records.md)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from portal.files.models import Attachment
from portal.files.storage import open_file
from portal.journal.log import head_of, subject_of
from portal.kernel.errors import InvalidInput
from portal.links.tokens import absolute_url
from portal.pdf import data_uri, render
from portal.webkit.show import masked_phone
from tickets import choices
from tickets.models import SatisfactionFeedback, Ticket
from tickets.queries.story import files_of
from tickets.rules.proof import Proof, code

logger = logging.getLogger(__name__)
#: Photos and rows on a sheet; the rest is in the portal.
PHOTOS = 4
ROWS = 10
#: From so many characters on a sheet is set in smaller letters, so that it stays one page.
DENSE = 260


@dataclass(frozen=True, slots=True)
class Form:
    """One of the four records: code and title as on the paper, template, and what fills it."""

    number: int
    code: Any
    title: Any
    template: str
    fill: Callable[[Ticket], dict[str, Any]]


def record_pdf(ticket: Ticket, number: int, *, masked: bool = True) -> bytes:
    """The sheet of one record as PDF, in the active language; the same state of the ticket gives the same bytes.

    `masked` hides telephone and address from those who do not handle the ticket. Raises InvalidInput when the ticket
    has no such record yet.
    """
    form = FORMS[number]
    sequence, _digest = head_of(subject_of(ticket))
    proof = code(settings.SECRET_KEY, Proof(ticket.number, number, sequence))
    context = {
        "form_code": form.code,
        "form_title": form.title,
        "number": ticket.number,
        "ticket": ticket,
        "verification": {"code": proof, "url": absolute_url(reverse("verify_record", args=[proof]))},
        "show_phone": masked_phone if masked else str,
        **form.fill(ticket),
    }
    context["dense"] = _length(context) > DENSE
    context["contact_phone"] = context["show_phone"](context.get("contact_phone", ticket.contact_phone))
    return render(form.template, context, title=f"{form.code} {form.title} {ticket.number}")


def available(ticket: Ticket) -> list[int]:
    """Which of the four records the ticket has by now."""
    found = []
    for number, form in FORMS.items():
        try:
            form.fill(ticket)
        except InvalidInput:
            continue
        found.append(number)
    return found


def _intake(ticket: Ticket) -> dict[str, Any]:
    record = ticket.intakerecord_set.current().order_by("revision").last()
    if record is None:
        raise InvalidInput(_("The request is not registered yet, so there is no intake record."))
    photos = [file for file in files_of(ticket, public=True) if file.content_type.startswith("image/")]
    return {
        "record": record,
        "contact_phone": record.contact_phone,
        "categories": choices.REPORTED,
        "urgencies": choices.Urgency.choices,
        "photos": [drawn for file in photos[:PHOTOS] if (drawn := _picture(file))],
        "at": record.created_at,
    }


def _progress(ticket: Ticket) -> dict[str, Any]:
    entries = list(ticket.progressentry_set.current().order_by("created_at"))
    if not entries:
        raise InvalidInput(_("There is no progress entry yet."))
    return {"entries": entries[-ROWS:], "earlier": max(0, len(entries) - ROWS), "at": entries[-1].created_at}


def _completion(ticket: Ticket) -> dict[str, Any]:
    sheet = ticket.completionconfirmation_set.select_related("signature").prefetch_related("parts", "tools").last()
    if sheet is None:
        raise InvalidInput(_("The work is not completed yet, so there is no completion confirmation."))
    signature = sheet.signature
    return {
        "record": sheet,
        "parts": sheet.parts.all(),
        "tools": sheet.tools.all(),
        "solved_choices": choices.Solved.choices,
        "mode_choices": choices.ServiceMode.choices,
        "signature": _picture(signature) if signature and signature.content_type.startswith("image/") else "",
        "is_void": pgettext("completion", "Rejected") if sheet.state == choices.ConfirmationState.REJECTED else "",
        "at": sheet.signed_at or sheet.created_at,
    }


def _feedback(ticket: Ticket) -> dict[str, Any]:
    record = SatisfactionFeedback.objects.filter(ticket=ticket).first()
    if record is None:
        if ticket.rated_at:
            raise InvalidInput(_("The rating of this ticket is anonymous: there is no sheet with its number."))
        raise InvalidInput(_("The customer has not rated yet."))
    call = ticket.followup_set.filter(low_score=True).last()
    return {"record": record, "call": call, "at": call.created_at if call else ticket.confirmed_at}


def _length(context: dict[str, Any]) -> int:
    """How many characters of running text a sheet has to take."""
    rows = [context.get("record"), context.get("call"), *context.get("entries", ())]
    texts = ("description", "first_opinion", "measures", "communication", "needed_from_customer", "next_step", "cause",
             "work_and_result", "customer_remark", "suggestions", "result")  # fmt: skip
    return sum(len(getattr(row, name, "") or "") for row in rows if row is not None for name in texts)


def _picture(file: Attachment) -> str:
    """The picture as the paper takes it; nothing for a file that is gone, so that the rest can still be printed."""
    try:
        with open_file(file.key) as content:
            return data_uri(content.read(), file.content_type)
    except FileNotFoundError:
        logger.error("attachment %s: the file is gone", file.pk)
        return ""


FORMS: dict[int, Form] = {
    1: Form(1, pgettext_lazy("form", "Appendix 1"), gettext_lazy("Issue intake record"), "tickets/pdf/form_1.html",
            _intake),
    2: Form(2, pgettext_lazy("form", "Appendix 2"), gettext_lazy("Progress tracking sheet"), "tickets/pdf/form_2.html",
            _progress),
    3: Form(3, pgettext_lazy("form", "Appendix 3"), gettext_lazy("Service completion confirmation"),
            "tickets/pdf/form_3.html", _completion),
    4: Form(4, pgettext_lazy("form", "Appendix 4"), gettext_lazy("Satisfaction feedback form"),
            "tickets/pdf/form_4.html", _feedback),
}  # fmt: skip
