"""By which channels a person is told, and when he is left alone (K14)."""

from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.notify import channels, quiet, types
from portal.notify.models import NoticePreference
from portal.notify.quiet import Quiet

parsed = lru_cache(maxsize=8)(quiet.parse)


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of the preferences page; `fixed` says why it cannot be changed."""

    key: str
    group: types.Group
    channel: str
    wanted: bool
    fixed: Any = ""

    @property
    def label(self) -> Any:
        """The name of the channel."""
        return channels.label(self.channel)


def house_quiet() -> Quiet:
    """The portal's quiet hours."""
    return parsed(settings.QUIET_HOURS)


def of(user: User) -> NoticePreference:
    """What the user chose; an unsaved row with the standard where he chose nothing."""
    try:
        return user.notice_preference
    except NoticePreference.DoesNotExist:
        return NoticePreference(user=user)


def quiet_of(user: User | None) -> Quiet:
    """The quiet hours of a user; the portal's for whoever has no account."""
    if user is None:
        return house_quiet()
    preference = of(user)
    if not preference.quiet:
        return quiet.NEVER
    if preference.quiet_from is None or preference.quiet_until is None:
        return house_quiet()
    return Quiet(preference.quiet_from, preference.quiet_until)


def wants(preference: NoticePreference, group: types.Group, channel: str) -> bool:
    """Whether notices of the group go out by the channel: mail unless switched off, others only if switched on."""
    if channel == channels.INBOX or (channel == channels.MAIL and group.must):
        return True
    return bool(preference.choices.get(f"{group.code}:{channel}", channel == channels.MAIL))


def table(user: User, groups: list[types.Group]) -> list[tuple[types.Group, list[Choice]]]:
    """The preferences page: a row a group, a box a channel."""
    preference = of(user)
    return [(group, [_choice(preference, group, name) for name in _offered()]) for group in groups]


def _offered() -> list[str]:
    return [channels.INBOX, *channels.personal()]


def _choice(preference: NoticePreference, group: types.Group, channel: str) -> Choice:
    fixed: Any = ""
    if channel == channels.INBOX:
        fixed = _("Everything stays in the inbox: it is the record of what you were told.")
    elif channel == channels.MAIL:
        fixed = group.must
    return Choice(f"{group.code}:{channel}", group, channel, wants(preference, group, channel), fixed)


def save(
    user: User,
    chosen: set[str],
    groups: list[types.Group],
    *,
    keeps_quiet: bool,
    start: time | None,
    end: time | None,
) -> NoticePreference:
    """Store the boxes that are ticked; fixed ones stay as they are, whatever was sent."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        preference = of(user)
        for _group, row in table(user, groups):
            for choice in row:
                if not choice.fixed:
                    preference.choices[choice.key] = choice.key in chosen
        preference.quiet, preference.quiet_from, preference.quiet_until = keeps_quiet, start, end
        preference._history_user = user
        preference.save()
    return preference
