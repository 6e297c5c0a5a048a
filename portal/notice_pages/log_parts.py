"""Filters, the form of sending again, and the words for what went wrong."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.contrib.filters.admin import DropdownFilter

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.notify import channels, resend, types
from portal.notify.models import Delivery, DeliveryState
from portal.webkit.show import masked_phone


def words_of(code: str) -> str:
    """The standard title of a kind of notice, with its places in braces; the code where no such kind is known."""
    kind = types.registered().get(code)
    return kind.standard(get_language() or "")[0] if kind else code


class ChannelFilter(DropdownFilter):
    title = gettext_lazy("Channel")
    parameter_name = "channel"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, channels.label(name)) for name in channels.names()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(channel=self.value()) if self.value() else queryset


class TypeFilter(DropdownFilter):
    """The kinds of notices by standard title and audience; of deliveries, the kinds of their notices."""

    title = gettext_lazy("Type")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        kinds = sorted(types.registered().values(), key=lambda kind: kind.code)
        return [(kind.code, f"{words_of(kind.code)} · {kind.audience}") for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        field = "notice__type" if queryset.model is Delivery else "type"
        return queryset.filter(**{field: self.value()}) if self.value() else queryset


class DayFilter(DropdownFilter):
    """One of the last days, or the last 7 or 30 together, on the calendar of Asia/Shanghai."""

    title = gettext_lazy("Day")
    parameter_name = "day"
    spans = (7, 30)
    days = 14

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        today = clock.today()
        spans = [(str(n), _("Last %(days)d days") % {"days": n}) for n in self.spans]
        single = [today - timedelta(days=n) for n in range(self.days)]
        return [*spans, *((day.isoformat(), day.isoformat()) for day in single)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        if not chosen:
            return queryset
        if chosen in map(str, self.spans):
            return queryset.filter(created_at__gte=_midnight(clock.today() - timedelta(days=int(chosen) - 1)))
        try:
            day = date.fromisoformat(chosen)
        except ValueError:
            return queryset.none()
        return queryset.filter(created_at__gte=_midnight(day), created_at__lt=_midnight(day + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


class ResendForm(NamesItsFields, forms.Form):
    """Nothing to fill in: the page is the question whether one is sure."""

    def __init__(self, *args: Any, actor: Actor, row: Delivery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> Delivery:
        return resend.resend(self.actor, self.row)


def masked_address(address: str) -> str:
    """138****5678 or z***@example.com."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***@{host}" if at else masked_phone(address)


def remedy(row: Delivery) -> str:
    """The error, and what to do about it where somebody must."""
    if row.state == DeliveryState.SENT or not row.error:
        return row.remark if row.state == DeliveryState.WAITING else ""
    if row.state != DeliveryState.FAILED:
        return row.error
    if "SMTP 5" in row.error and row.refusals:
        return _("%(error)s. Correct the address, then send again.") % {"error": row.error}
    return _("%(error)s. Send it again when the cause is mended.") % {"error": row.error}
