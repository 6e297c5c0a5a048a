"""What a telephone number may look like, wherever one is typed or imported."""

import re

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


#: What a text message can reach: Chinese mobiles, and numbers written with their country.
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_ABROAD = re.compile(r"\+(?!86)\d{7,15}")


def mobile(phone: str) -> str:
    """The number that a text message can be sent to, 13800001234 or +4915112345678; empty for any other."""
    plain = re.sub(r"[\s()-]", "", phone)
    if found := _MOBILE.fullmatch(plain):
        return found[1]
    return plain if _ABROAD.fullmatch(plain) else ""
