"""What a telephone number may look like, wherever one is typed or imported."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

#: Mobile, landline with area code, hotline or international; an extension may follow.
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{4,20}[0-9](?:\s*(?:#|-|转|ext\.?)\s*\d{1,6})?$",
    _("This is not a telephone number: write it as 13800001234 or 021-50001234."),
)


def wrong_phone(phone: str) -> dict[str, ValidationError]:
    """The error that a model's `clean` raises beside its field `phone`; empty for a right one and for none."""
    try:
        if phone:
            PHONE(phone)
    except ValidationError as error:
        return {"phone": error}
    return {}
