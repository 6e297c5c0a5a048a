"""Send a wording with example values to oneself, at once and outside the queue: a look at how it arrives."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.kernel.throttle import TooMany, count
from portal.notify import channels, texts
from portal.notify.outcome import of_mail_error
from portal.notify.types import NoticeType

A_TEST_HOUR = 20
#: Whoever waits in front of the screen does not wait long.
TIMEOUT_S = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What to say to whoever asked for the test."""

    ok: bool
    words: Any


def send(user: User, kind: NoticeType, language: str, title: str, body: str) -> Told:
    """Send the wording to the user's own mail address; the link of the example leads nowhere."""
    if not user.email:
        return Told(False, _("Your account has no e-mail address: ask an administrator to enter one."))
    try:
        count(f"notice-test:{user.pk}", most=A_TEST_HOUR, seconds=3600)
    except TooMany as error:
        return Told(False, str(error))
    with translation.override(language):
        subject, text = texts.preview(kind, title, body)
        subject = _("[Test] %(title)s") % {"title": subject}
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Content-Language": language}
    message = EmailMessage(subject=re.sub(r"\s+", " ", subject), body=text, to=[user.email], headers=headers)
    try:
        get_connection(timeout=min(TIMEOUT_S, settings.EMAIL_TIMEOUT)).send_messages([message])
    except Exception as error:  # whatever a mail server comes up with is told, without its secrets
        reason = channels.scrubbed(of_mail_error(error).words)
        return Told(False, _("The mail server did not take the test: %(reason)s") % {"reason": reason})
    return Told(True, _("The test went to %(address)s.") % {"address": user.email})
