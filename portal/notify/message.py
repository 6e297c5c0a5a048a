"""What goes out: a letter by mail, a few lines to a telephone, a note to a group. Signed links are issued here."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from portal.links.tokens import absolute_url, issue
from portal.notify.models import Delivery, Notice
from portal.notify.wording import LINK_PLACE

#: Characters of a text message, the link aside.
TEXT_MOST = 280
#: Characters of a robot's message: WeCom takes 2048 bytes, a Chinese character has three.
NOTE_MOST = 620

#: An address that closes a text.
_ADDRESS = re.compile(r"https?://\S+\s*$")


def mail(delivery: Delivery) -> EmailMessage:
    """The mail: to one address, told apart from a person's letter, with an id that stays the same (K06, K15)."""
    notice = delivery.notice
    return EmailMessage(
        subject=notice.title,
        body=letter(notice, delivery.remark),
        to=[delivery.address],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": f"<{key(delivery)}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
            "Content-Language": notice.language,
        },
    )


def key(delivery: Delivery) -> str:
    """The same at each try of one delivery, and of no other: receivers can drop a second copy."""
    notice = delivery.notice
    return f"notice-{notice.pk}-{notice.created_at:%Y%m%d%H%M%S}-{delivery.channel}"


def letter(notice: Notice, remark: str = "") -> str:
    """The text with greeting, signature and, where one belongs, a signed link that is issued now."""
    body = with_link(notice)
    with translation.override(notice.language):
        greeting = _("Dear %(name)s,") % {"name": notice.name} if notice.name else _("Dear customer,")
        brand, hotline = settings.BRAND["name"], settings.BRAND["hotline"]
        farewell = _("%(brand)s · hotline %(hotline)s") % {"brand": brand, "hotline": hotline}
        note = _("This message was sent automatically.")
    return "\n".join([f"{greeting}\n\n{body}\n\n{farewell}", note, *([remark] if remark else []), ""])


def text(delivery: Delivery) -> tuple[str, str]:
    """Title and text for a telephone: short, the link whole."""
    notice = delivery.notice
    body, mark, rest = notice.body.partition(LINK_PLACE)
    link = with_link(notice, LINK_PLACE) if mark else ""
    if not mark and (address := _ADDRESS.search(body)):
        body, link = body[: address.start()], address.group()
    lines = [_cut(" ".join((body + " " + rest).split()), TEXT_MOST), link, delivery.remark]
    return notice.title, "\n".join(line for line in lines if line)


def note(deliveries: list[Delivery]) -> tuple[str, str]:
    """Title and text for a group; what waited while its robot was busy goes out as one message (K11)."""
    notices = [delivery.notice for delivery in deliveries]
    if len(notices) == 1:
        return notices[0].title, _cut("\n".join(filter(None, [notices[0].text, deliveries[0].remark])), NOTE_MOST)
    with translation.override(notices[0].language):
        title = _("%(count)d notices") % {"count": len(notices)}
    share = NOTE_MOST // len(notices)
    return title, "\n".join(f"· {_cut(notice.title, share - 3)}" for notice in notices)


def with_link(notice: Notice, body: str | None = None) -> str:
    """The text with the signed link in its place."""
    body = notice.body if body is None else body
    if not notice.link_purpose or LINK_PLACE not in body:
        return body
    raw = issue(notice.subject, notice.link_purpose, days=notice.link_days, holder=notice.name)
    return body.replace(LINK_PLACE, absolute_url(notice.link_path.format(token=raw)))


def _cut(body: str, most: int) -> str:
    return body if len(body) <= most else f"{body[: most - 1]}…"
