"""Make the PDF of a requested report, and take up again what a dead worker left (R219)."""

import hashlib
import logging
import re
import secrets
import zlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from kpi.models import QuarterlyReport, ReportState
from kpi.queries.scope import Scope
from kpi.reports import quarterly
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import PortalError
from portal.kernel.quarter import Quarter
from portal.pdf import render
from portal.workflow.background import STUCK_AFTER, alive, claim, take_up
from portal.workflow.corridor import lock_row

__all__ = ["STUCK_AFTER", "draw", "make_now", "make_report", "pages_of", "take_up_stuck"]
logger = logging.getLogger(__name__)
COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@task()
def make_report(pk: int) -> str:
    """What the worker does; the row says how far it is and what went wrong. Made once however often it is called."""
    if not claim(QuarterlyReport.objects.filter(pk=pk), progress=5):
        return "nothing to do"
    report = QuarterlyReport.objects.select_related("partner", "customer").get(pk=pk)
    try:
        pdf = draw(report)
    except Exception as error:  # whatever it was, the row must say so and another one can be asked for
        logger.exception("quarterly report %s could not be made", report.pk)
        _fail(report, error)
        return "failed"
    return "made" if _finish(report, pdf) else "made meanwhile by another worker"


def draw(report: QuarterlyReport) -> bytes:
    """The PDF's bytes, with the row's progress kept up to date."""

    def progress(per_cent: int) -> None:
        alive(QuarterlyReport.objects.filter(pk=report.pk), progress=per_cent)

    request = quarterly.Request(
        scope=Scope(partner=report.partner, customer=report.customer),
        quarter=Quarter.parse(report.quarter),
        code=report.printed_code,
        verify_url=settings.SITE_URL + reverse("verify", args=[report.code]),
        at=report.requested_at,
    )
    with translation.override(report.language):
        context = quarterly.context(request, progress)
        progress(60)
        return render(quarterly.TEMPLATE, context, title=context["report_title"], at=report.requested_at)


def make_now(report: QuarterlyReport) -> QuarterlyReport:
    """Make a requested report without waiting for a worker; the row as it stands afterwards."""
    make_report.call(report.pk)
    report.refresh_from_db()
    return report


def take_up_stuck() -> int:
    """Queue again what waits or runs without a sign of life; answers how many. For the schedule."""
    return take_up(QuarterlyReport.objects.all(), make_report.enqueue)


def _finish(report: QuarterlyReport, pdf: bytes) -> bool:
    name = default_storage.save(f"reports/{secrets.token_hex(16)}.pdf", ContentFile(pdf))
    values: dict[str, Any] = {
        "state": ReportState.READY,
        "progress": 100,
        "file": name,
        "size": len(pdf),
        "pages": pages_of(pdf),
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "finished_at": clock.now(),
    }
    with transaction.atomic():
        if lock_row(report).state != ReportState.RUNNING:
            default_storage.delete(name)
            return False
        QuarterlyReport.objects.filter(pk=report.pk).update(**values)
        facts = {"sha256": values["sha256"], "pages": values["pages"], "size": values["size"]}
        record(report, "report.make", Actor.system(), facts=facts)
    return True


def _fail(report: QuarterlyReport, error: Exception) -> None:
    unexpected = _("An unexpected error: ask again, and tell the administrator if it comes again.")
    words = str(error) if isinstance(error, PortalError) else unexpected
    with transaction.atomic():
        lock_row(report)
        values = {"state": ReportState.FAILED, "error": words[:300], "finished_at": clock.now()}
        QuarterlyReport.objects.filter(pk=report.pk).update(**values)
        record(report, "report.fail", Actor.system(), facts={"error": words[:300]})


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of our own has; 0 if that cannot be read off it."""
    found = COUNT.search(pdf)
    for packed in STREAM.finditer(pdf) if not found else ():
        try:
            found = COUNT.search(zlib.decompress(packed[1]))
        except zlib.error:
            continue
        if found:
            break
    return int(found[1] or found[2]) if found else 0
