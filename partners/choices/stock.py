"""Words of spare parts and their stock, with label and colour (R180)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class PlaceKind(ColouredChoices):
    """Where parts lie, and the accounts that parts come from and go to."""

    WAREHOUSE = "warehouse", "indigo", _("Brand warehouse")
    STORE = "store", "blue", _("Outlet store")
    BAG = "bag", "teal", _("Technician's bag")
    TRANSIT = "transit", "yellow", _("On the way")
    OLD_PARTS = "old_parts", "orange", _("Old parts")
    SUPPLIER = "supplier", "secondary", _("Supplier")
    CUSTOMER = "customer", "secondary", pgettext_lazy("account of the ledger", "Customer")
    SCRAPPED = "scrapped", "secondary", _("Scrapped")
    DIFFERENCE = "difference", "secondary", _("Count difference")


#: Places that hold something and can run out of it; the others are accounts of the ledger.
HELD = frozenset({PlaceKind.WAREHOUSE, PlaceKind.STORE, PlaceKind.BAG, PlaceKind.TRANSIT, PlaceKind.OLD_PARTS})
#: What a count sheet can be made of.
COUNTED = frozenset({PlaceKind.WAREHOUSE, PlaceKind.STORE, PlaceKind.BAG, PlaceKind.OLD_PARTS})


class MoveKind(ColouredChoices):
    """Why parts move: purchase, storage, requisition, replacement, scrapping (R180)."""

    PURCHASE = "purchase", "indigo", _("Purchase")
    RECEIVE = "receive", "green", _("Receipt")
    TRANSFER = "transfer", "blue", _("Transfer of stock")
    ISSUE = "issue", "teal", _("Issue to a ticket")
    RETURN = "return", "azure", _("Return")
    REPLACE = "replace", "orange", _("Old part taken back")
    SCRAP = "scrap", "red", _("Scrapping")
    COUNT = "count", "purple", _("Difference of a count")


class CountState(ColouredChoices):
    """A count sheet's life."""

    OPEN = "open", "blue", _("Being counted")
    COUNTED = "counted", "yellow", _("Waiting for approval")
    POSTED = "posted", "green", _("Posted")
    REFUSED = "refused", "red", _("To be counted again")


class Unit(models.TextChoices):
    """How a part is counted."""

    PIECE = "piece", _("piece")
    SET = "set", _("set")
    PAIR = "pair", _("pair")
    METRE = "metre", _("metre")
    BOX = "box", _("box")
    BOTTLE = "bottle", _("bottle")
