"""What is told of contracts and of a partner's standing."""

from django.utils.translation import gettext_lazy as _

from partners.notices.telling import tell, tell_brand, tell_managers
from portal.notify.types import register, register_group

__all__ = ["tell", "tell_brand", "tell_managers"]

register_group(
    "contracts",
    _("Contracts and policies"),
    _("Reviews, signatures, ends of contracts, and how a partner stands"),
    must=_("What binds or ends must be told in writing."),
)
_LEADS, _LEGAL = _("The managers of the partner"), _("The legal department")
_BOTH = _("The managers of the partner and the brand managers of its region")

register(
    "partner.standing",
    _("The standing of %(partner)s is now “%(standing)s”"),
    _("Reason: %(reason)s"),
    _LEADS,
    group="contracts",
)
register(
    "contract.to_legal",
    _("Contract %(number)s waits for legal review"),
    _("%(who)s sent version %(version)s of contract %(number)s with %(partner)s for review."),
    _LEGAL,
    group="contracts",
)
register(
    "contract.reviewed",
    _("Contract %(number)s: %(state)s"),
    _("The legal department on version %(version)s of contract %(number)s with %(partner)s: %(opinion)s"),
    _("Whoever sent it for review"),
    group="contracts",
)
register(
    "contract.signed",
    _("Contract %(number)s is signed"),
    _("Version %(version)s of contract %(number)s is signed and binds from %(valid_from)s."),
    _LEADS,
    group="contracts",
)
register(
    "contract.ends",
    _("Contract %(number)s ends in %(days)s days"),
    _("Contract %(number)s with %(partner)s ends on %(valid_until)s. Renew it in time, or plan the hand-over."),
    _BOTH,
    group="contracts",
)
register(
    "contract.expired",
    _("Contract %(number)s has run out"),
    _("Contract %(number)s with %(partner)s ran out on %(valid_until)s: no new tickets are dispatched under it."),
    _BOTH,
    group="contracts",
)
