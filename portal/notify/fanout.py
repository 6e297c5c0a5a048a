"""Which channels a notice takes, and to which address on each."""

from datetime import datetime

from portal.accounts.models import User
from portal.notify import channels, preferences, types
from portal.notify.models import Delivery, Notice, NoticePreference


def address(notice: Notice, channel: str) -> str:
    """Where the notice goes by a personal channel; empty where it cannot."""
    return notice.email if channel == channels.MAIL else notice.phone


def chosen(notice: Notice, kind: types.NoticeType) -> list[str]:
    """The channels to begin with.

    What the person chose for this group; whoever has no mail address gets text messages (R220). An urgent notice
    takes the first way there is, whatever was switched off, and falls to the next where that one fails (K11, K14).
    """
    possible = [name for name in channels.personal() if address(notice, name)]
    preference = preferences.of(notice.user) if notice.user else NoticePreference()
    group = types.groups().get(kind.group, types.group_of(""))
    wanted = [name for name in possible if preferences.wants(preference, group, name)]
    if wanted or not possible:
        return wanted
    without_mail = possible[0] != channels.MAIL and f"{group.code}:{possible[0]}" not in preference.choices
    return possible[:1] if notice.urgent or without_mail else []


def following(notice: Notice, taken: set[str]) -> str:
    """The next way for a notice that did not get through: the first that was not tried; empty when there is none."""
    return next((n for n in channels.personal() if n not in taken and address(notice, n)), "")


def row(notice: Notice, channel: str, now: datetime) -> Delivery:
    """An unsaved delivery that is due now."""
    return Delivery(notice=notice, channel=channel, address=address(notice, channel), created_at=now, next_try_at=now)


def reachable(user: User) -> bool:
    """Is there any way to this person besides the inbox?"""
    return bool(user.email or channels.phone_for_text(user.phone))
