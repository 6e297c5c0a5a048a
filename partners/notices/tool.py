"""What is told of tools whose calibration ends, is late or was rejected (R179)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Calibration, Tool
from partners.notices.telling import tell, tell_brand
from partners.queries.people import managers_of
from portal.accounts.roles import Role
from portal.notify.places import describe
from portal.notify.types import register, register_group

describe("tool", _("Tool"), "GJ-0012 绝缘电阻测试仪")
describe("certificate", _("Certificate number"), "JZ-2026-0318")

register_group(
    "tools",
    _("Tools and diagnostic tools"),
    _("Calibrations that are due or late, grants that are asked for, given or end"),
)
_LEADS = _("The managers of the partner")
_PLACES = ("tool", "outlet", "partner", "until", "days")
register(
    "tool.due",
    _("Calibration due on %(until)s: %(tool)s"),
    _("%(tool)s at %(outlet)s must be calibrated by %(until)s, in %(days)s days. After that it may not be used."),
    _LEADS,
    places=_PLACES,
    group="tools",
)
register(
    "tool.overdue",
    _("Calibration overdue: %(tool)s"),
    _("%(tool)s at %(outlet)s of %(partner)s was to be calibrated by %(until)s. It may not be used until it is."),
    _("The managers of the partner and the technical department"),
    places=_PLACES,
    group="tools",
)
register(
    "tool.failed",
    _("Calibration failed: %(tool)s"),
    _("%(tool)s at %(outlet)s of %(partner)s did not pass its calibration of %(until)s. It may not be used."),
    _("The technical department"),
    places=_PLACES,
    group="tools",
)
register(
    "tool.rejected",
    _("Calibration record rejected: %(tool)s"),
    _("Certificate %(certificate)s of %(tool)s at %(outlet)s was rejected: %(reason)s"),
    _LEADS,
    places=("tool", "outlet", "certificate", "reason"),
    group="tools",
)


def tell_keepers(tool: Tool, code: str, **context: object) -> None:
    """To the managers of the tool's partner, with the way to its page."""
    words = {"tool": str(tool), "outlet": tool.outlet.name, **context}
    people = managers_of(tool.outlet.partner)
    tell(people, code, tool, link=reverse("house:tool", args=[tool.pk]), **words)


def tell_technical(tool: Tool, code: str, **context: object) -> None:
    """To the brand's technical department of the outlet's region."""
    words = {"tool": str(tool), "outlet": tool.outlet.name, "partner": tool.outlet.partner.name, **context}
    link = f"/admin/partners/tool/{tool.pk}/change/"
    tell_brand(Role.TECHNICAL, code, tool, region=tool.outlet.region, link=link, **words)


def tell_rejected(row: Calibration) -> None:
    """To the managers: the record does not count, and why."""
    tell_keepers(row.tool, "tool.rejected", certificate=row.certificate_number, reason=row.rejected_reason)
