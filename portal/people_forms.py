"""Forms of accounts: a new one, a move, a stop, a new password."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelect2Widget, UnfoldAdminSelectWidget

from partners.forms.region import regions_field
from portal import people
from portal.accounts.actor import Actor
from portal.accounts.models import Membership, Organisation, OrganisationKind, User
from portal.accounts.roles import PARTNER, ROLES_OF_KIND, Role
from portal.kernel.named_fields import NamesItsFields


class WhereForm(NamesItsFields, forms.Form):
    """Organisation, role and regions, as far as the actor may give them (B08)."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), widget=UnfoldAdminSelect2Widget
    )
    role = forms.ChoiceField(label=_("Role"), widget=UnfoldAdminSelectWidget)
    regions = regions_field(label=_("Regions"), help_text=_("Empty means all regions."))

    def narrow(self, actor: Actor) -> None:
        """Offer only what `portal.people` would allow."""
        all_of_them = actor.role == Role.ADMINISTRATOR
        shown = Organisation.objects.visible_to(actor)
        self.fields["organisation"].queryset = shown if all_of_them else shown.filter(kind=OrganisationKind.PARTNER)
        known = {role for roles in ROLES_OF_KIND.values() for role in roles} if all_of_them else PARTNER
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in known]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        organisation, role = values.get("organisation"), values.get("role")
        if organisation and role and role not in ROLES_OF_KIND[organisation.kind]:
            self.add_error("role", _("An organisation of this kind does not give this role."))
        return values


class UserForm(NamesItsFields, forms.ModelForm):
    """What may be changed of an account: no role, no right, no password."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget)

    class Meta:
        model = User
        fields = ("username", "name", "email", "phone", "language")
        labels = {"name": _("Full name")}


class NewUserForm(WhereForm, UserForm):
    """A new account begins with a membership and a temporary password."""

    actor: Actor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(self.actor)

    class Meta(UserForm.Meta):
        pass


class DeedForm(NamesItsFields, forms.Form):
    """What the deeds of an account have in common."""

    def __init__(self, *args: Any, actor: Actor, row: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class MoveForm(WhereForm, DeedForm):
    """Another organisation, role or other regions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(self.actor)
        if current := self.row.current_membership():
            self.initial.update(organisation=current.organisation_id, role=current.role, regions=current.regions)

    def save(self) -> Membership:
        values = self.cleaned_data
        return people.move(self.actor, self.row, values["organisation"], values["role"], values["regions"])


class StopForm(DeedForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)
    active = False

    def save(self) -> User:
        return people.set_active(self.actor, self.row, self.active, self.cleaned_data["reason"])


class OpenForm(StopForm):
    active = True


class PasswordForm(DeedForm):
    def save(self) -> str:
        return people.give_password(self.actor, self.row)
