"""The sheets of training sessions and of examination papers (R069, R115, R142)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.models import CourseSession, ExamPaper
from partners.rules.training import TRAINERS
from portal.exchange.keyed import PairedResource
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class CourseSessionResource(BaseResource):
    """Dates of courses. What was called off stays so: that is a step with a reason."""

    class Meta:
        model = CourseSession
        import_id_fields = ("number",)
        fields = (
            "number", "course", "starts_at", "ends_at", "mode", "place", "trainer", "seats", "cancelled_at",
            "cancel_reason",
        )  # fmt: skip
        links = {"trainer": "username"}
        fixed = ("course",)
        planned = ("starts_at", "ends_at")
        shown_only = ("cancelled_at", "cancel_reason")

    def validate_instance(
        self, instance: CourseSession, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if instance.cancelled_at is not None:
            errors["number"] = ValidationError(_("This session is called off."))
        if instance.trainer_id and not _teaches(instance):
            errors["trainer"] = ValidationError(_("Trainers are brand managers and the technical department."))
        super().validate_instance(instance, errors, validate_unique)


def _teaches(session: CourseSession) -> bool:
    memberships = session.trainer.membership_set.filter(active=True, role__in=TRAINERS)
    return session.trainer.is_active and memberships.exists()


@register
class ExamPaperResource(PairedResource):
    """One paper a course: the course names it."""

    together = ("course",)

    class Meta:
        model = ExamPaper
        import_id_fields = ("course",)
        fields = (
            "course", "easy", "medium", "hard", "pass_percent", "minutes", "attempts", "wait_hours", "active",
        )  # fmt: skip
        fixed = ("course",)
        renamed = {"minutes": ("分钟",), "attempts": ("尝试次数",)}
