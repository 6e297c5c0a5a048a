"""Cells that hold a moment that people plan, on the wall clock of Asia/Shanghai: a session begins, a turn ends."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.exchange.cells import Cell
from portal.kernel import clock

MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[ T]*(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.0+)?)?",
    re.ASCII,
)


class MomentCell(Cell):
    """Day and time: 2026-03-01 09:00, 2026/3/1 9:00 or a moment of the spreadsheet. A day alone is not enough (G11)."""

    hint = gettext_lazy("Day and time, such as 2026-03-01 09:00")

    def value(self, text: str) -> datetime:
        found = MOMENT.fullmatch(text)
        try:
            if found and 1900 <= int(found[1]) <= 2200:
                return datetime(*(int(part) for part in found.groups(default="0")), tzinfo=clock.LOCAL)
        except ValueError:
            pass
        raise ValueError(_("This is not a moment: write day and time as 2026-03-01 09:00, as text."))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if not isinstance(value, datetime):
            return ""
        local = clock.local(value)
        return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
