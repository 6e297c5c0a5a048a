"""Forms of the admin's own pages of the cooperation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.forms.cooperation import named
from partners.models import CooperationTask, Decision
from partners.queries.cooperation_task import possible_owners
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields


class TaskAdminForm(NamesItsFields, forms.ModelForm):
    """A new task by itself; the admin says for whom (`actor`)."""

    actor: Actor

    class Meta:
        model = CooperationTask
        fields = ("title", "text", "owner", "due_on", "plan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].queryset = possible_owners(self.actor)
            self.fields["owner"].label_from_instance = named

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise ValidationError(_("The day lies in the past."))
        return day

    def _post_clean(self) -> None:
        """The action makes the row; there is nothing of the model to check yet."""


class DecisionForm(NamesItsFields, forms.ModelForm):
    """A decision under an item of the same meeting; what is a task already stays."""

    class Meta:
        model = Decision
        fields = ("item", "text", "owner", "due_on")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.instance.pk and hasattr(self.instance, "task") and self.has_changed():
            raise ValidationError(_("This decision is a task already: change the task."))
        return values
