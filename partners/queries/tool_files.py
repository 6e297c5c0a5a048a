"""The certificates that hang on the calibrations of a tool (R179)."""

from partners.models import Calibration, Tool
from portal.files.models import Attachment
from portal.journal.log import subject_of


def with_files(tool: Tool) -> list[tuple[Calibration, list[Attachment]]]:
    """The calibrations of the tool, the newest first, each with its papers; two queries."""
    rows = list(tool.calibrations.select_related("rejected_by"))
    subjects = {subject_of(row): row.pk for row in rows}
    papers: dict[int, list[Attachment]] = {}
    for paper in Attachment.objects.filter(subject__in=subjects):
        papers.setdefault(subjects[paper.subject], []).append(paper)
    return [(row, papers.get(row.pk, [])) for row in rows]
