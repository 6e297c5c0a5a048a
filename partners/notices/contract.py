"""What is told of contracts and of a partner's standing."""

from django.utils.translation import gettext_lazy as _

from partners.notices.telling import tell, tell_brand, tell_managers
from portal.notify.types import register

__all__ = ["tell", "tell_brand", "tell_managers"]

register(
    "partner.standing",
    _("The standing of %(partner)s is now “%(standing)s”"),
    _("Reason: %(reason)s"),
)
register(
    "contract.to_legal",
    _("Contract %(number)s waits for legal review"),
    _("%(who)s sent version %(version)s of contract %(number)s with %(partner)s for review."),
)
register(
    "contract.reviewed",
    _("Contract %(number)s: %(state)s"),
    _("The legal department on version %(version)s of contract %(number)s with %(partner)s: %(opinion)s"),
)
register(
    "contract.signed",
    _("Contract %(number)s is signed"),
    _("Version %(version)s of contract %(number)s is signed and binds from %(valid_from)s."),
)
register(
    "contract.ends",
    _("Contract %(number)s ends in %(days)s days"),
    _("Contract %(number)s with %(partner)s ends on %(valid_until)s. Renew it in time, or plan the hand-over."),
)
register(
    "contract.expired",
    _("Contract %(number)s has run out"),
    _("Contract %(number)s with %(partner)s ran out on %(valid_until)s: no new tickets are dispatched under it."),
)
