"""Issue, revoke and watch certificates, without which nobody is dispatched (R115, R175)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import locked, need_reason
from partners.choices.training import CertificateSource
from partners.models import Certificate, Course, ExamPaper, ExpiryWarning, ProductLine, Staff
from partners.notices.training import tell_certificate
from partners.queries.certificate import ending_soon, renewed, warned_of
from partners.queries.training import certified_until, last_attended, last_passed
from partners.rules.qualification import due_warning, months_later
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.numbering.take import next_number


def issue(
    actor: Actor, staff: Staff, product_line: ProductLine, *, number: str, valid_from: date, valid_until: date
) -> Certificate:
    """Record that somebody passed the examination of a product line. Raises Refused or InvalidInput."""
    certificate = Certificate(
        staff=staff, product_line=product_line, number=number, valid_from=valid_from, valid_until=valid_until
    )
    return register(actor, certificate)


def register(actor: Actor, certificate: Certificate) -> Certificate:
    """Save a new certificate and say so in the journal of its holder. Raises Refused or InvalidInput."""
    with transaction.atomic():
        holder = locked(actor, certificate.staff, verbs.CERTIFICATE_ISSUED.code)
        if certificate.product_line_id is None and certificate.course is not None:
            certificate.product_line = certificate.course.product_line
        try:
            certificate.full_clean()
        except ValidationError as error:
            raise InvalidInput(" ".join(error.messages)) from error
        certificate._history_user = User(pk=actor.user_id) if actor.user_id else None
        certificate.save()
        facts = {
            "number": certificate.number,
            "product_line": certificate.subject,
            "valid_from": certificate.valid_from,
            "valid_until": certificate.valid_until,
            "source": certificate.source,
            "reason": certificate.reason,
        }
        record(holder, verbs.CERTIFICATE_ISSUED.code, actor, facts=facts)
    return certificate


def issue_by_hand(actor: Actor, certificate: Certificate) -> Certificate:
    """A certificate that the brand gives without examination, with its reason. Raises Refused or InvalidInput."""
    need_reason(certificate.reason, _("Say why the certificate is issued by hand."))
    if certificate.valid_until < clock.today():
        raise InvalidInput(_("The certificate would have expired already."), field="valid_until")
    with transaction.atomic():
        certificate.number, certificate.source = _number(), CertificateSource.BY_HAND
        register(actor, certificate)
        tell_certificate(certificate, "training.certified", but=actor)
    return certificate


def settle_course(staff: Staff, course: Course) -> Certificate | None:
    """Issue the certificate of a course when examination and attendance are both there; None when not, or had already.

    The caller is in a transaction that holds the person's attempt or session.
    """
    if not course.valid_months or not _earned(staff, course):
        return None
    first, until = clock.today(), certified_until(staff, course)
    after = max(first, until) if until else first
    certificate = Certificate(
        staff=staff,
        course=course,
        number=_number(),
        valid_from=first,
        valid_until=months_later(after, course.valid_months),
        source=CertificateSource.EXAM,
    )
    register(Actor.system(_("Training")), certificate)
    tell_certificate(certificate, "training.certified")
    return certificate


def _earned(staff: Staff, course: Course) -> bool:
    """Passed and attended, one of them after the latest certificate that the course gave."""
    attended, passed = last_attended(staff, course), last_passed(staff, course)
    examined = ExamPaper.objects.filter(course=course, active=True).exists()
    if (course.needs_attendance and attended is None) or (examined and passed is None):
        return False
    news = passed.finished_at if examined and passed else attended
    if news is None:
        return False
    had = Certificate.objects.filter(staff=staff, course=course, source=CertificateSource.EXAM)
    return not had.filter(valid_from__gte=clock.local(news).date()).exists()


def revoke(actor: Actor, certificate: Certificate, reason: str) -> Certificate:
    """The certificate is not valid any more, from this moment. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the certificate is revoked."))
    with transaction.atomic():
        row: Certificate = locked(actor, certificate, reason)
        if row.revoked_at is not None:
            raise Conflict(_("This certificate is revoked already."))
        row.revoked_at, row.revoked_reason = clock.now(), reason[:300]
        row.save(update_fields=["revoked_at", "revoked_reason"])
        facts = {"number": row.number, "subject": row.subject, "reason": reason}
        record(row.staff, verbs.training.CERTIFICATE_REVOKED.code, actor, facts=facts)
        tell_certificate(row, "training.revoked", but=actor, reason=reason)
    return row


def warn_of_expiry(today: date | None = None) -> int:
    """Warn holders and managers 90, 30 and 7 days before the end, once each; answers how many warnings (R115)."""
    day, count = today or clock.today(), 0
    for certificate in ending_soon(day):
        with transaction.atomic():
            Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
            days = due_warning(certificate.valid_until, day, warned_of(certificate))
            if days is None or renewed(certificate):
                continue
            ExpiryWarning.objects.create(certificate=certificate, days=days, warned_at=clock.now())
            tell_certificate(certificate, "training.expires", days=(certificate.valid_until - day).days)
            count += 1
    return count


def _number() -> str:
    return next_number("certificate", "ZS", clock.now())
