"""Administrators hear of a channel that does not work, once when it lasts and once when it is over (K09)."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.notify import channels, places, types
from portal.notify.models import ChannelHealth, Delivery, DeliveryState
from portal.notify.queue import Recipient, queue

types.register_group(
    "operation",
    _("Running the portal"),
    _("Channels that fail, tests of wordings"),
    must=_("Whoever keeps the portal running must hear when a part of it stops."),
    roles=frozenset({Role.ADMINISTRATOR}),
)
places.describe("channel", _("Channel"), _("E-mail"))
places.describe("since", _("Since when"), "2026-11-26 09:30")
places.describe("waiting", _("How many notices wait"), "12")
places.describe("problem", _("What the server says"), "SMTP 421 Service not available")
types.register(
    "channel.failing",
    _("Notices by %(channel)s do not go out"),
    _(
        "The channel %(channel)s has not worked since %(since)s; %(waiting)s notices wait for it. Nothing is lost: they"
        " go out as soon as it works again.\nThe server says: %(problem)s"
    ),
    _("Administrators"),
    places=("channel", "since", "waiting", "problem"),
    group="operation",
    urgent=True,
)
types.register(
    "channel.works",
    _("Notices by %(channel)s go out again"),
    _("The channel %(channel)s works again; what waited for it is being sent."),
    _("Administrators"),
    places=("channel",),
    group="operation",
)


def watch() -> None:
    """Look at all channels; write the alarm that is due."""
    now = clock.now()
    limit = now - timedelta(minutes=settings.NOTIFY_ALARM_MINUTES)
    overdue = Q(failing_since__lte=limit, alarmed_at=None)
    over = Q(failing_since=None, alarmed_at__isnull=False)
    for health in ChannelHealth.objects.filter(overdue | over):
        failing = health.failing_since is not None
        changed = ChannelHealth.objects.filter(pk=health.pk, alarmed_at=health.alarmed_at)
        if changed.update(alarmed_at=now if failing else None):
            _tell(health, "channel.failing" if failing else "channel.works")


def _tell(health: ChannelHealth, code: str) -> None:
    waiting = Delivery.objects.filter(channel=health.name, state=DeliveryState.WAITING).count()
    for user in keepers():
        with translation.override(user.language):
            context = {"channel": str(channels.label(health.name))}
        if code == "channel.failing":
            context |= {"since": health.failing_since, "waiting": waiting, "problem": health.error}
        queue(code, Recipient.of(user), context, f"channel:{health.name}")


def keepers() -> list[User]:
    """The administrators: whoever keeps the portal running."""
    keeps = {"membership__active": True, "membership__role": Role.ADMINISTRATOR, "is_active": True}
    return list(User.objects.filter(**keeps))
