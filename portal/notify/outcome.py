"""What became of one try, and what a provider's answer means (K09, K11). Pure functions."""

import json
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any


class Kind(Enum):
    """SENT; REFUSED this one message; BUSY: too many at once; DOWN: the channel itself does not work."""

    SENT = "sent"
    REFUSED = "refused"
    BUSY = "busy"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`words` go into the log; `wait` is what the provider asked for."""

    kind: Kind
    words: str = ""
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered over HTTP."""

    status: int
    retry_after: str = ""
    body: str = ""


#: Answers that mean 'too many': WeCom, DingTalk, Feishu say so with status 200.
THROTTLED = {
    "errcode": {45009, 45033, 130101, 90018},
    "code": {9499, 11232, 99991400},
    "StatusCode": {9499, 11232},
}
#: Providers whose answer carries a code of its own, by the library's scheme.
CODED = frozenset({"wecombot", "dingtalk", "feishu", "lark"})
LONGEST_WAIT = timedelta(hours=6)
#: A minute, where a provider throttles and does not say for how long.
USUAL_WAIT = timedelta(minutes=1)


def of_answer(answer: Answer, *, coded: bool, expect: str, now: datetime) -> Outcome:
    """The outcome of a request that got an answer."""
    wait = retry_after(answer.retry_after, now)
    if answer.status == 429 or (answer.status == 503 and wait is not None):
        return Outcome(Kind.BUSY, f"HTTP {answer.status}", wait or USUAL_WAIT)
    if answer.status in (400, 413, 422):
        return Outcome(Kind.REFUSED, f"HTTP {answer.status}: {short(answer.body)}")
    if not 200 <= answer.status < 300:
        return Outcome(Kind.DOWN, f"HTTP {answer.status}: {short(answer.body)}", wait)
    if refusal := _coded(answer.body, coded):
        return refusal
    if expect and expect not in answer.body:
        return Outcome(Kind.REFUSED, f"HTTP {answer.status}: {short(answer.body)}")
    return Outcome(Kind.SENT, f"HTTP {answer.status}: {short(answer.body)}".rstrip(": "))


def _coded(body: str, coded: bool) -> Outcome | None:
    """What a code inside the answer says; None where it says that all is well, or nothing."""
    try:
        told: Any = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return Outcome(Kind.DOWN, f"not the answer of this provider: {short(body)}") if coded else None
    for name in THROTTLED if coded else ("errcode",):
        code = told.get(name)
        if code in THROTTLED[name]:
            return Outcome(Kind.BUSY, f"{name} {code}", USUAL_WAIT)
        if code not in (None, 0):
            return Outcome(Kind.DOWN, f"{name} {short(body)}")
    return None


def retry_after(text: str, now: datetime) -> timedelta | None:
    """Seconds or a date; None where there is neither. Never longer than LONGEST_WAIT."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:6])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max(moment - now, timedelta()), LONGEST_WAIT)


def of_mail_error(error: Exception) -> Outcome:
    """The outcome of a mail that a server did not take, or of a server that was not there."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
        return _smtp(code, words, Kind.REFUSED)
    if isinstance(error, smtplib.SMTPDataError):
        return _smtp(error.smtp_code, error.smtp_error, Kind.REFUSED)
    if isinstance(error, smtplib.SMTPResponseException):
        return _smtp(error.smtp_code, error.smtp_error, Kind.DOWN)
    return Outcome(Kind.DOWN, f"{type(error).__name__}: {short(str(error))}")


def _smtp(code: int, words: bytes | str, kind: Kind) -> Outcome:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    if code == 421:
        return Outcome(Kind.BUSY, f"SMTP {code} {short(text)}", USUAL_WAIT)
    return Outcome(kind, f"SMTP {code} {short(text)}")


def short(text: str, most: int = 150) -> str:
    """One line of printable characters."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:most]
