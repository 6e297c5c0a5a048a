"""Forms of a certificate: issue or record, revoke (R115)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import certificate
from partners.forms.course import ReasonForm
from partners.models import Certificate
from portal.kernel.named_fields import NamesItsFields


class CertificateForm(NamesItsFields, forms.ModelForm):
    """Without a number the portal issues it, and asks why there was no examination."""

    class Meta:
        model = Certificate
        fields = ("staff", "course", "product_line", "number", "valid_from", "valid_until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "number" in self.fields and not self.instance.pk:
            self.fields["number"].required = False
            self.fields["number"].help_text = _("Of an earlier paper. Empty: issued by the portal, with a reason.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.instance.pk and not values.get("number") and not (values.get("reason") or "").strip():
            self.add_error("reason", _("Say why the certificate is issued by hand."))
        return values

    def _get_validation_exclusions(self) -> set[str]:
        """The number is filled when the portal issues it."""
        found = super()._get_validation_exclusions()
        return found | {"number"} if not self.cleaned_data.get("number") else found


class RevokeForm(ReasonForm):
    """It is not valid any more."""

    def save(self) -> Certificate:
        return certificate.revoke(self.actor, self.row, self.cleaned_data["reason"])
