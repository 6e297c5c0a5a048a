"""The log of diagnostic tools: who opened which, for which ticket, and what came of it; insert-only (R020)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.choices.tool_grant import ToolFunction, UseResult
from partners.models.product import ProductLine
from partners.models.staff import Staff
from partners.models.tool_grant import ToolGrant
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel.errors import PortalError


class LogQuerySet(ScopedQuerySet):
    """What was written stays; the database says so too."""

    def update(self, **kwargs: Any) -> int:
        raise PortalError(_("The log of diagnostic tools cannot be changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PortalError(_("The log of diagnostic tools cannot be changed."))


class ToolUseQuerySet(LogQuerySet):
    """Brand by region; manager and dispatcher their partner's; a technician his own."""

    def scope(self, actor: Actor) -> "ToolUseQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "grant__partner__region")
        if not actor.is_partner:
            return self.none()
        own = self.filter(grant__partner__organisation_id=actor.organisation_id)
        return own.filter(user=actor.user_id) if actor.role == Role.TECHNICIAN else own


class ToolUse(models.Model):
    """One opening of a diagnostic tool."""

    grant = models.ForeignKey(
        ToolGrant, models.PROTECT, related_name="uses", verbose_name=pgettext_lazy("tool grant", "Grant")
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="tool_uses", verbose_name=_("Staff member"))
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("User account"))
    author = models.CharField(_("Used by"), max_length=120)
    opened_at = models.DateTimeField(pgettext_lazy("tool use", "Opened at"))
    ticket_number = models.CharField(_("Ticket number"), max_length=40, db_index=True)
    product_line = models.ForeignKey(ProductLine, models.PROTECT, null=True, verbose_name=_("Product line"))
    product_model = models.CharField(_("Product model"), max_length=80, blank=True)
    serial_number = models.CharField(_("Serial number"), max_length=80, blank=True)
    function = models.CharField(_("Function"), max_length=12, choices=ToolFunction.choices)
    purpose = models.CharField(_("Purpose"), max_length=300)

    objects = ToolUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a diagnostic tool")
        verbose_name_plural = _("uses of diagnostic tools")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["-opened_at", "-id"], name="tool_use_newest")]

    def __str__(self) -> str:
        return f"{self.grant.tool.name} · {self.ticket_number}"

    @property
    def told(self) -> "ToolUseOutcome | None":
        """What came of it, where somebody has said so."""
        return getattr(self, "outcome", None)


class ToolUseOutcomeQuerySet(LogQuerySet):
    """Visible with its use."""

    def scope(self, actor: Actor) -> "ToolUseOutcomeQuerySet":
        return self.filter(use__in=ToolUse.objects.all().visible_to(actor))


class ToolUseOutcome(models.Model):
    """What came of one use, said once by whoever used it."""

    use = models.OneToOneField(
        ToolUse, models.PROTECT, related_name="outcome", verbose_name=_("use of a diagnostic tool")
    )
    result = models.CharField(_("Result"), max_length=8, choices=UseResult.choices)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    told_at = models.DateTimeField(_("Told at"))
    author = models.CharField(_("Told by"), max_length=120)

    objects = ToolUseOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a use")
        verbose_name_plural = _("results of uses")
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.use} · {self.get_result_display()}"
