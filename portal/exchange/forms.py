"""What the import and export pages ask for."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.exchange import limits
from portal.kernel.named_fields import NamesItsFields


class UploadForm(NamesItsFields, forms.Form):
    """One sheet."""

    file = forms.FileField(
        label=gettext_lazy("Sheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("xlsx, or csv in UTF-8 or GBK; 10 MB and 5,000 rows at most."),
        max_length=200,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > limits.FILE:
            raise forms.ValidationError(
                _("The file is larger than %d MB: divide it.") % (limits.FILE // limits.MEBIBYTE)
            )
        return upload


class ExportForm(NamesItsFields, forms.Form):
    """Kind of file, and for personal data: what for, and whether masked."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[("xlsx", gettext_lazy("Excel (xlsx)")), ("csv", gettext_lazy("CSV (UTF-8)"))],
        initial="xlsx",
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=200,
        help_text=gettext_lazy("Kept in the service log together with your name, the filter and the number of rows."),
    )
    unmasked = forms.BooleanField(
        label=gettext_lazy("With telephone numbers and other personal data in full"), required=False
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Needed only for personal data in full."),
    )

    def __init__(self, *args: Any, user: User, personal: bool, may_unmask: bool, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.rows = user, rows
        if rows > limits.ROWS_XLSX:
            self.fields["kind"].initial = "csv"
        if not personal:
            self.fields["purpose"].required = False
        if not (personal and may_unmask):
            del self.fields["unmasked"], self.fields["password"]

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind == "xlsx" and self.rows > limits.ROWS_XLSX:
            raise forms.ValidationError(limits.too_many_for_xlsx(self.rows))
        return kind

    def clean(self) -> dict[str, Any]:
        """Personal data in full leaves only with the password typed again (F06)."""
        values = super().clean() or {}
        typed = values.get("password", "")
        if values.get("unmasked") and not typed:
            self.add_error("password", _("Type your password: it is asked for personal data in full."))
        elif values.get("unmasked") and not self.user.check_password(typed):
            self.add_error("password", _("This is not your password."))
        return values

    def wishes(self, filtered: str) -> dict[str, Any]:
        """What was chosen, as service log and job keep it: of the password nothing but its effect."""
        values = self.cleaned_data
        masked = not values.get("unmasked")
        return {"kind": values["kind"], "purpose": values["purpose"], "masked": masked, "filter": filtered}


class PasswordForm(NamesItsFields, forms.Form):
    """The password once more before a file with personal data in full leaves (F06); guesses count as at signing in."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        found = authenticate(self.request, username=self.request.user.get_username(), password=password)
        if found is None or found.pk != self.request.user.pk:
            raise forms.ValidationError(
                _("This is not your password. After several wrong ones you have to wait a quarter of an hour.")
            )
        return password
