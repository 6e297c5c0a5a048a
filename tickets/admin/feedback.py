"""附件4 as a list to read; anonymous answers have no ticket and are seen only as figures."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.paging import CappedPaginator
from portal.exchange.export_admin import ListAdmin
from portal.webkit.templatetags.webkit import stars
from tickets.models import SatisfactionFeedback


@admin.register(SatisfactionFeedback)
class FeedbackAdmin(ListAdmin, BaseAdmin):
    """Nobody writes here: the customer rates by his link, the desk calls back by a step of the ticket."""

    roles_view = READERS
    list_display = (
        "ticket",
        "partner",
        "overall_stars",
        "timeliness",
        "competence",
        "attitude",
        "suggestions",
        "rated_on",
        "counted",
    )
    list_filter = ("overall", "counted")
    list_select_related = ("ticket", "partner")
    search_fields = ("ticket__number",)
    paginator = CappedPaginator
    fields = (
        ("ticket", "partner", "outlet"),
        ("timeliness", "competence", "attitude", "overall"),
        "suggestions",
        ("rated_by", "rated_on", "counted"),
    )

    @display(description=_("Overall"), ordering="overall")
    def overall_stars(self, row: Any) -> SafeString | str:
        return stars(row.overall)
