"""The sheets of courses, questions and enrolments (R115, R142)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import enrolment
from partners.models import Course, Enrolment, Question
from portal.exchange.cells import SEPARATORS, Cell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


class LinesCell(Cell):
    """Several texts in one cell, one a line or divided by |."""

    hint = gettext_lazy("Several, one a line or divided by |")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return super().clean(value, row, **kwargs) or []

    def value(self, text: str) -> list[str]:
        return [part.strip() for part in text.replace("\n", "|").split("|") if part.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(value or [])


class PlacesCell(Cell):
    """Places from 1, or letters from A, divided by commas."""

    hint = gettext_lazy("Places of the right options, such as 1 or 1、3; letters such as A、C do as well")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[int]:
        return super().clean(value, row, **kwargs) or []

    def value(self, text: str) -> list[int]:
        words = [word.strip().upper() for word in SEPARATORS.split(text) if word.strip()]
        places = [ord(word) - 64 if len(word) == 1 and "A" <= word <= "Z" else word for word in words]
        if not all(isinstance(place, int) or (place.isascii() and place.isdigit()) for place in places):
            raise ValueError(_("Name the right options by their places, such as 1 or 1、3."))
        return sorted({int(place) for place in places})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(map(str, value or []))


@register
class CourseResource(BaseResource):
    class Meta:
        model = Course
        import_id_fields = ("code",)
        fields = (
            "code",
            "name",
            "kind",
            "product_line",
            "outline",
            "hours",
            "needs_attendance",
            "self_enrolment",
            "valid_months",
            "active",
        )
        renamed = {"hours": ("小时",)}


@register
class QuestionResource(BaseResource):
    options = Column("options", LinesCell(), gettext_lazy("Options"), required=True)
    right = Column("right", PlacesCell(), gettext_lazy("Right options"), required=True)

    class Meta:
        model = Question
        import_id_fields = ("code",)
        fields = ("code", "kind", "text", "options", "right", "explanation", "product_line", "difficulty", "active")


@register
class EnrolmentResource(BaseResource):
    """A new row enrols, by the same rules as the button; a known one is only shown."""

    class Meta:
        model = Enrolment
        import_id_fields = ("number",)
        fields = ("number", "session", "staff", "state")
        links = {"session": "number", "staff": "number"}
        fixed = ("session", "staff")
        shown_only = ("state",)
        rehearse = True

    def filled_later(self) -> set[str]:
        return {"enrolled_at", "enrolled_by", "state"}

    def validate_instance(self, instance: Enrolment, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """The number is made of both, so that a sheet names each enrolment once."""
        super().validate_instance(instance, import_validation_errors, **kwargs)
        wanted = f"{instance.session.number}/{instance.staff.number}"
        if instance.number != wanted:
            raise ValidationError({"number": _("Write the session and the employee number: %s") % wanted})

    def write(self, instance: Enrolment, *, new: bool) -> None:
        if not new:
            return
        made = enrolment.enrol(self.actor, instance.session, instance.staff)
        instance.pk, instance.state = made.pk, made.state
