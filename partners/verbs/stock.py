"""What the journal says of parts that move, of orders and of counts (R180)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.stock import MoveKind
from portal.journal.verbs import register

STOCK_MOVED = register(
    "stock_moved",
    _("Parts moved"),
    _("%(actor)s · %(kind)s: %(parts)s, from %(source)s to %(target)s. %(reason)s %(reference)s"),
    icon="package",
    colour="blue",
    words={"kind": MoveKind},
)
REORDER_SET = register(
    "reorder_set",
    _("Reorder point set"),
    _("%(actor)s orders %(part)s again when %(reorder_at)s are left, up to %(order_up_to)s"),
    icon="adjustments",
    colour="azure",
)
COUNT_OPENED = register(
    "count_opened", _("Count opened"), _("%(actor)s opened the count %(number)s"), icon="clipboard-list", colour="blue"
)
COUNT_ENTERED = register(
    "count_entered",
    _("Count entered"),
    _("%(actor)s counted %(number)s: %(lines)s parts, %(differences)s differences"),
    icon="clipboard-check",
    colour="yellow",
)
COUNT_POSTED = register(
    "count_posted",
    _("Count posted"),
    _("%(actor)s approved the count %(number)s: %(differences)s differences. %(remark)s"),
    icon="clipboard-check",
    colour="green",
)
COUNT_REFUSED = register(
    "count_refused",
    _("Count refused"),
    _("%(actor)s had %(number)s counted again: %(remark)s"),
    icon="clipboard-x",
    colour="red",
)
