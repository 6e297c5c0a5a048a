"""The sheet of an inspection on paper: score, sections, small photos, findings, signatures (R109–R114, R182)."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from partners.choices.outlet_inspection import InspectionKind, Section
from partners.models import OutletInspection
from partners.queries import outlet_inspection as inspections
from portal.files import pictures, storage
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.pdf import render
from portal.pdf.document import data_uri

#: Photos of one item on paper; the portal has the others.
PRINTED = 3


def inspection_pdf(row: OutletInspection) -> bytes:
    """The sheet as PDF in the active language; the same row gives the same bytes."""
    answers = inspections.answers_of(row)
    for one in answers:
        one.pictures = [_small(file) for file in one.photos[:PRINTED]]
    signature = Attachment.objects.filter(subject=subject_of(row), kind="signature").first()
    grouped = groupby(answers, key=lambda one: one.item.section)
    context = {
        "row": row,
        "version": row.check_version,
        "sections": [(Section(section).label, list(rows)) for section, rows in grouped],
        "coded": any(one.item.requirement for one in answers),
        "findings": row.findings.select_related("answer__item", "owner").order_by("due_on", "pk"),
        "secret": row.kind == InspectionKind.MYSTERY,
        "signature": _small(signature) if signature else "",
    }
    title = _("Outlet inspection %(number)s") % {"number": row.number}
    return render("partners/pdf/outlet_inspection.html", context, title=title, at=row.submitted_at)


def _small(file: Attachment) -> Any:
    """The picture small enough for a sheet; nothing where the file is gone."""
    try:
        with storage.open_file(file.key) as content:
            return data_uri(pictures.thumbnail(content), "image/jpeg")
    except FileNotFoundError:
        return ""
