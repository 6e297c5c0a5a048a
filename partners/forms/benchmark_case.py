"""Forms of a good-practice case: approve, decline, take off the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import benchmark_case as actions
from partners.models import BenchmarkCase
from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields


class RecommendForm(NamesItsFields, forms.Form):
    """Nothing to say but yes."""

    def __init__(self, *args: Any, actor: Actor, row: BenchmarkCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> BenchmarkCase:
        return actions.recommend(self.actor, self.row)


class DeclineForm(RecommendForm):
    """Why it is not taken."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> BenchmarkCase:
        return actions.decline(self.actor, self.row, self.cleaned_data["reason"])


class RetireForm(DeclineForm):
    """Why it is no example any more."""

    def save(self) -> BenchmarkCase:
        return actions.retire(self.actor, self.row, self.cleaned_data["reason"])
