"""Low scores and what they owe (R222–R224), and when a ticket may be closed (R172, R218)."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from portal.kernel.verdict import ALLOWED, Denied, Verdict

LOW = 3
#: Years that records are kept at least (R218).
RETENTION_YEARS = 5


def is_low(scores: Iterable[int]) -> bool:
    """Whether any score lies below 3: then a call-back is owed (R223)."""
    return min(scores) < LOW


def is_customers(phone: str, staff_phones: Iterable[str]) -> bool:
    """Whether the number a rating is bound to is not one of the partner's own people (rule 11, R029, R035)."""
    own = {digits(number) for number in staff_phones} - {""}
    return digits(phone) not in own


def digits(phone: str) -> str:
    """A number as it is dialled at home: without country code, spaces, hyphens and extension (R029)."""
    plain = re.sub(r"[^0-9]", "", re.split(r"#|转|ext", phone, maxsplit=1)[0])
    return plain[2:] if plain.startswith("86") and len(plain) == 13 else plain


def may_close(*, rated: bool, attempts: int, low: bool, called_back: bool) -> Verdict:
    """附件4 came or attempts are logged, and a low score has its call-back, cause and measures (R172, R223)."""
    if low and not called_back:
        return Denied(
            _("A score below 3 was given: log the call-back with cause and measures first."), wrong_state=True
        )
    if not rated and not attempts:
        return Denied(_("No rating came yet: log at least one follow-up attempt before you close."), wrong_state=True)
    return ALLOWED


def retention(closed_on: date) -> date:
    """The day until which nothing may be deleted: at least five years on (R218)."""
    try:
        return closed_on.replace(year=closed_on.year + RETENTION_YEARS)
    except ValueError:  # 29 February
        return date(closed_on.year + RETENTION_YEARS, 3, 1)
