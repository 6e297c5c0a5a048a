"""Issue certificates, without which nobody is dispatched (R115)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from partners import verbs
from partners.actions.base import locked
from partners.models import Certificate, ProductLine, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel.errors import InvalidInput


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
        try:
            certificate.full_clean()
        except ValidationError as error:
            raise InvalidInput(" ".join(error.messages)) from error
        certificate._history_user = User(pk=actor.user_id) if actor.user_id else None
        certificate.save()
        facts = {
            "number": certificate.number,
            "product_line": certificate.product_line.name,
            "valid_from": certificate.valid_from,
            "valid_until": certificate.valid_until,
        }
        record(holder, verbs.CERTIFICATE_ISSUED.code, actor, facts=facts)
    return certificate
