"""What the admin pages of inspections share: photos, a score with its grade, a line over time."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.choices.outlet_inspection import Grade
from partners.queries.outlet_inspection import figures, trend
from portal.files.models import Attachment
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.pdf import charts
from portal.webkit import show


class DeedsOnly:
    """Mixin of pages on which every change has a button of its own: there is nothing to save."""

    def render_change_form(self, request: Any, context: dict[str, Any], **kwargs: Any) -> Any:
        nothing = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, {**context, **nothing}, **kwargs)  # type: ignore[misc]


def photos(files: list[Attachment]) -> SafeString | str:
    """Small pictures that lead to the large ones; papers by name."""
    parts = ((reverse("files:attachment", args=[file.key]), _inner(file)) for file in files if file.kind != "signature")
    return format_html_join(" ", '<a class="ak-photo" href="{}">{}</a>', parts) or "—"


def _inner(file: Attachment) -> Any:
    if not file.content_type.startswith("image/"):
        return file.name
    thumb = reverse("files:thumb", args=[file.key])
    return format_html(
        '<img src="{}" alt="{}" loading="lazy" style="display:inline-block;height:4.5rem;border-radius:6px">',
        thumb,
        file.name,
    )


def scored(points: Any, grade: str) -> SafeString | str:
    """87.50 and the grade's badge."""
    if points is None:
        return "—"
    return format_html("<b>{}</b> {}", f"{points:.2f}", show.badge(grade, Grade))


def figures_of(partner: Any) -> SafeString:
    """This quarter and the last one in a line each, with the findings still open."""
    this = Quarter.of(clock.now())
    lines = []
    for quarter in (this, this.previous()):
        found = figures(partner, quarter)
        words = ngettext(
            "%(n)s inspection, score %(score)s, %(failed)s failed",
            "%(n)s inspections, score %(score)s, %(failed)s failed",
            found.inspections,
        )
        told = words % {
            "n": found.inspections,
            "score": "—" if found.score is None else found.score,
            "failed": found.failed,
        }
        lines.append((quarter, told))
    listed = format_html_join("", "<div><b>{}</b> {}</div>", lines)
    open_words = ngettext("%(n)s finding open", "%(n)s findings open", found.open_findings) % {"n": found.open_findings}
    return format_html("{}<div>{} {}</div>", listed, open_words, late_tag(found.overdue_findings))


def late_tag(late: int) -> SafeString | str:
    """How many findings are overdue, in red; nothing where none is."""
    return show.tag(ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}, "red") if late else ""


def line(inspections: Any) -> SafeString | str:
    """The scores of the latest inspections as a small line; a dash below two."""
    points = trend(inspections)
    if len(points) < 2:
        return "—"
    drawn = charts.line(
        [f"{day:%y-%m-%d}" for day, _score in points],
        {_("Score"): [score for _day, score in points]},
        low=0,
        high=100,
        height=170,
        width=560,
    )
    return format_html('<div style="max-width:560px">{}</div>', drawn)
