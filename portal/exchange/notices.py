"""What people are told of their large exports."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import ADMIN_SITE
from portal.exchange.models import ExportJob
from portal.kernel import clock
from portal.notify.places import describe
from portal.notify.queue import Recipient, queue
from portal.notify.types import register, register_group

describe("sheet", _("Which list"), _("Tickets"))
describe("row_count", _("Number of rows"), "48210")
register_group(
    "exports", _("My exports"), _("A large export is ready, or could not be made"), roles=frozenset(ADMIN_SITE)
)
_WHO = _("Who asked for the export")
register(
    "export.ready",
    _("Your export is ready: %(sheet)s"),
    _("%(row_count)s rows of “%(sheet)s” can be fetched until %(until)s under “My exports”: %(link)s"),
    _WHO,
    places=("sheet", "row_count", "until"),
    group="exports",
    prompt=True,
)
register(
    "export.failed",
    _("Your export failed: %(sheet)s"),
    _("The export of “%(sheet)s” could not be made. %(reason)s %(link)s"),
    _WHO,
    places=("sheet", "reason"),
    group="exports",
    prompt=True,
)


def tell_ready(job: ExportJob, sheet: str) -> None:
    """With the page where it can be fetched, never with the file's own address."""
    until = f"{clock.local(job.expires_at):%Y-%m-%d %H:%M}" if job.expires_at else ""
    _tell(job, "export.ready", {"sheet": sheet, "row_count": job.rows, "until": until})


def tell_failed(job: ExportJob, sheet: str) -> None:
    _tell(job, "export.failed", {"sheet": sheet, "reason": job.error})


def _tell(job: ExportJob, code: str, words: dict[str, object]) -> None:
    queue(code, Recipient.of(job.person), words, job, link=reverse("exports:mine"))
