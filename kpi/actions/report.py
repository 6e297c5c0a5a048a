"""Ask for a quarterly report, make it, hand it out; each is one entry of the report's log (R219)."""

import secrets
from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpi.actions.making import make_report
from kpi.models import QuarterlyReport
from kpi.queries.scope import Scope
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.quarter import Quarter
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from portal.workflow.corridor import lock_row

#: Base 32 without letters that are taken for digits; 16 of them are 80 bits, beyond guessing.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 16


def may_request(actor: Actor, scope: Scope) -> Verdict:
    """Brand managers make reports, of what lies in their regions as a whole."""
    if actor.is_system:
        return ALLOWED
    if actor.role != Role.BRAND_MANAGER:
        return Denied(gettext_lazy("Only brand managers make quarterly reports."))
    subject = scope.partner or scope.customer
    if actor.regions and (subject is None or subject.region not in actor.regions):
        return Denied(gettext_lazy("The report would tell of regions that are not yours."))
    return ALLOWED


def request_report(
    actor: Actor, quarter: Quarter, scope: Scope, *, language: str = "zh-hans", queue: bool = True
) -> QuarterlyReport:
    """Queue the making of one report; with `queue=False` the caller makes it himself.

    Raises Refused, or InvalidInput for a quarter that has not begun.
    """
    verdict = may_request(actor, scope)
    if not verdict:
        raise Refused(verdict.reason)
    now = clock.now()
    if quarter.start > now:
        raise InvalidInput(_("The quarter %(quarter)s has not begun yet.") % {"quarter": quarter}, field="quarter")
    with transaction.atomic():
        report = QuarterlyReport.objects.create(
            quarter=str(quarter),
            scope=scope.kind,
            partner=scope.partner,
            customer=scope.customer,
            language=language,
            code=new_code(),
            requested_by_id=actor.user_id,
            requested_at=now,
            touched_at=now,
        )
        facts = {"quarter": report.quarter, "subject": str(scope), "code": report.code}
        record(report, "report.request", actor, facts=facts)
        if queue:
            make_report.enqueue(report.pk)
    return report


def request_reports(actor: Actor, quarter: Quarter, scopes: Iterable[Scope], *, language: str = "zh-hans") -> int:
    """Queue a report of each scope, all or none; answers how many."""
    with transaction.atomic():
        return len([request_report(actor, quarter, scope, language=language) for scope in scopes])


def download(actor: Actor, report: QuarterlyReport, address: str = "") -> bytes:
    """The PDF's bytes; who took them, when and from where is on record before the first one goes out (R219).

    The caller fetched the row through `visible_to`. Raises Conflict while there is no file.
    """
    if not report.is_ready:
        raise Conflict(_("This report is not ready yet."))
    with transaction.atomic():
        lock_row(report)
        record(report, "report.download", actor, facts={"sha256": report.sha256, "address": address})
    with default_storage.open(report.file) as file:
        return file.read()


def new_code() -> str:
    """A verification code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
