"""Forms of courses and sessions: material, enrolment, attendance, calling off (R115, R142)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import enrolment
from partners.choices.training import EnrolmentState
from partners.models import Course, CourseSession, Enrolment, Staff
from partners.queries.training import SEATED
from portal.accounts.actor import Actor
from portal.files.models import Attachment
from portal.kernel.named_fields import NamesItsFields


class RowForm(NamesItsFields, forms.Form):
    """A deed of one row."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class ReasonForm(RowForm):
    """Asks why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)


class MaterialForm(RowForm):
    """A handout for everybody who may take the course."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel, PowerPoint, text, picture or video."))

    def save(self) -> Attachment:
        row: Course = self.row
        return enrolment.add_material(self.actor, row, self.cleaned_data["file"])


class EnrolForm(RowForm):
    """Seats for people of any partner in sight."""

    staff = forms.ModelMultipleChoiceField(
        Staff.objects.none(),
        label=_("Staff"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enrolled = self.row.enrolments.exclude(state__in=enrolment.LEFT).values("staff")
        people = Staff.objects.visible_to(self.actor).filter(active=True).exclude(pk__in=enrolled)
        field = self.fields["staff"]
        field.queryset = people.select_related("outlet").order_by("outlet__code", "number")
        field.label_from_instance = lambda person: f"{person.name} · {person.outlet} · {person.get_post_display()}"

    def save(self) -> list[Enrolment]:
        return enrolment.enrol_all(self.actor, self.row, list(self.cleaned_data["staff"]))


class AttendanceForm(RowForm):
    """Who of those with a seat came."""

    present = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(), label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = Enrolment.objects.filter(session=self.row, state__in=SEATED).select_related("staff__outlet")
        field = self.fields["present"]
        field.queryset = seated
        field.label_from_instance = lambda row: f"{row.staff.name} · {row.staff.outlet}"
        field.initial = [row.pk for row in seated if row.state != EnrolmentState.ABSENT]

    def save(self) -> CourseSession:
        return enrolment.record_attendance(self.actor, self.row, [row.pk for row in self.cleaned_data["present"]])


class CallOffForm(ReasonForm):
    """The session does not take place."""

    def save(self) -> CourseSession:
        return enrolment.call_off(self.actor, self.row, self.cleaned_data["reason"])


class CancelForm(ReasonForm):
    """One enrolment is given back."""

    def save(self) -> Enrolment:
        return enrolment.cancel(self.actor, self.row, self.cleaned_data["reason"])
