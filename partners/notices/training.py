"""What staff and their managers are told of training, examinations and certificates (R115, R142)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.models import Certificate, Enrolment, ExamAttempt
from partners.queries.people import managers_of
from portal.accounts.actor import Actor
from portal.accounts.roles import PARTNER
from portal.notify.places import describe
from portal.notify.queue import Recipient, queue
from portal.notify.types import register, register_group

describe("course", _("Course"), _("Repair of fast chargers"))
describe("starts", _("Begins at"), "2026-12-01 09:30")
describe("place", pgettext_lazy("training", "Place"), _("Training centre, room 2"))
describe("name", _("Name of the person"), _("Li Jianguo"))
describe("subject", _("What the certificate is for"), _("Fast chargers"))
describe("days", _("Days left"), "30")
describe("percent", _("Percent reached"), "64")
describe("pass", _("Percent needed"), "80")

register_group(
    "training",
    _("Training and certificates"),
    _("Enrolments, examinations, and certificates that end"),
    roles=PARTNER,
)
PERSON, LEADS = _("The person enrolled"), _("The managers of the partner")
BOTH = _("The holder and the managers of his partner")
SESSION = ("course", "number", "starts", "place")
CERTIFICATE = ("number", "name", "subject", "until")

register(
    "training.enrolled",
    _("You are enrolled: %(course)s"),
    _("%(course)s, session %(number)s, begins at %(starts)s. Place: %(place)s"),
    PERSON,
    places=SESSION,
    group="training",
)
register(
    "training.waiting",
    _("Waiting list: %(course)s"),
    _("All seats of session %(number)s are taken. You are told when one becomes free."),
    PERSON,
    places=SESSION,
    group="training",
)
register(
    "training.seat",
    _("A seat became free: %(course)s"),
    _("You have a seat in session %(number)s now. It begins at %(starts)s. Place: %(place)s"),
    PERSON,
    places=SESSION,
    group="training",
)
register(
    "training.called_off",
    _("Called off: %(course)s"),
    _("Session %(number)s at %(starts)s does not take place. Reason: %(reason)s"),
    PERSON,
    places=(*SESSION, "reason"),
    group="training",
)
register(
    "training.certified",
    _("Certificate %(number)s"),
    _("%(name)s holds the certificate %(number)s for %(subject)s, valid until %(until)s."),
    BOTH,
    places=CERTIFICATE,
    group="training",
)
register(
    "training.failed",
    _("Not passed: %(course)s"),
    _("%(name)s reached %(percent)s %% in the examination; %(pass)s %% are needed."),
    LEADS,
    places=("course", "name", "percent", "pass"),
    group="training",
)
register(
    "training.expires",
    _("Certificate %(number)s expires on %(until)s"),
    _(
        "The certificate of %(name)s for %(subject)s ends on %(until)s, in %(days)s days. "
        "Without it no ticket can be given to this person: please renew it in time."
    ),
    BOTH,
    places=(*CERTIFICATE, "days"),
    group="training",
)
register(
    "training.revoked",
    _("Certificate %(number)s is revoked"),
    _("The certificate of %(name)s for %(subject)s is not valid any more. Reason: %(reason)s"),
    BOTH,
    places=(*CERTIFICATE, "reason"),
    group="training",
)


def tell_enrolment(enrolment: Enrolment, code: str, **context: Any) -> None:
    """To the person enrolled."""
    session = enrolment.session
    words = {
        "course": session.course.name,
        "number": session.number,
        "starts": session.starts_at,
        "place": session.place,
        **context,
    }
    if user := enrolment.staff.user:
        queue(code, Recipient.of(user), words, session, link=reverse("house:training"))


def tell_result(attempt: ExamAttempt) -> None:
    """To the managers, when an examination was failed: the candidate reads it on his page."""
    words = {
        "course": attempt.paper.course.name,
        "name": attempt.staff.name,
        "percent": attempt.percent,
        "pass": attempt.pass_percent,
    }
    for user in managers_of(attempt.staff.outlet.partner):
        queue("training.failed", Recipient.of(user), words, attempt, link=reverse("house:team"))


def tell_certificate(certificate: Certificate, code: str, *, but: Actor | None = None, **context: Any) -> None:
    """To the holder and to the managers of his partner."""
    words = {
        "number": certificate.number,
        "name": certificate.staff.name,
        "subject": certificate.subject,
        "until": certificate.valid_until,
        **context,
    }
    holder = certificate.staff.user
    leads = [user for user in managers_of(certificate.staff.outlet.partner) if user != holder]
    for user in [*([holder] if holder else []), *leads]:
        if but is None or user.pk != but.user_id:
            link = reverse("house:certificates" if user == holder else "house:team")
            queue(code, Recipient.of(user), words, certificate, link=link)
