"""When work may be called done, and what it costs (R134–R136, R189, R215–R217)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.kernel.money import yuan
from portal.kernel.verdict import ALLOWED, Denied, Verdict


def may_complete(
    *,
    inspection_passed: bool,
    explained: bool,
    parts: Iterable[Mapping[str, Any]],
    begin: datetime,
    end: datetime,
    now: datetime,
) -> Verdict:
    """附件3 is complete: inspected, explained, certified parts only, and an end after the beginning (R134–R136).

    What has not happened yet is not signed: the end lies not behind `now`.
    """
    if not inspection_passed:
        return Denied(_("The quality inspection has not passed: finish the repair first."))
    if not explained:
        return Denied(_("Explain the repair to the customer before you complete it."))
    if end < begin:
        return Denied(_("The service cannot end before it begins."))
    if end > now:
        return Denied(_("This time has not come yet: enter when the service really ended."))
    for part in parts:
        if not part.get("certified", True):
            return Denied(
                _("Part %s is not company-certified: only certified parts may be used.") % part["part_number"]
            )
    return ALLOWED


def charge(labour: Decimal, parts: Iterable[Mapping[str, Any]]) -> Decimal:
    """What the customer pays in yuan: labour, and out-of-warranty parts at cost (R189)."""
    paid = sum(
        (Decimal(part["unit_price"]) * int(part["quantity"]) for part in parts if not part.get("in_warranty", True)),
        Decimal(0),
    )
    return yuan(labour + paid)
