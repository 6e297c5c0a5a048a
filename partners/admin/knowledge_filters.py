"""What waits for the editors of the knowledge base."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners.choices.knowledge import ArticleState, VersionState
from partners.rules.knowledge import WARN_DAYS
from portal.kernel import clock


class QueueFilter(SimpleListFilter):
    """To review, to be confirmed soon, expired, contributed by partners."""

    title = _("What waits")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("review", _("To review")),
            ("unfinished", _("Drafts and texts sent back")),
            ("expiring", _("Expiring within %d days") % WARN_DAYS[0]),
            ("expired", _("Expired")),
            ("contributed", _("Contributed by partners")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        soon = clock.today() + timedelta(days=WARN_DAYS[0])
        rules = {
            "review": Q(pending=VersionState.REVIEW),
            "unfinished": Q(pending__in=[VersionState.DRAFT, VersionState.RETURNED]),
            "expiring": Q(state=ArticleState.PUBLISHED, review_due__lte=soon),
            "expired": Q(state=ArticleState.EXPIRED),
            "contributed": Q(contributor__isnull=False),
        }
        return queryset.filter(rules[self.value()]) if self.value() in rules else queryset
