"""One way to write a value as bytes, so that a digest made today can be checked in ten years."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def moment(value: datetime) -> str:
    """An aware datetime as UTC with six digits of a second."""
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain)


def text(value: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, UTF-8 as it is."""
    return _ENCODER.encode(value)


def dumps(value: Any) -> bytes:
    """Canonical JSON as bytes."""
    return text(value).encode()


_SIMPLE = frozenset({str, bool, int, type(None)})


def plain(value: Any) -> Any:
    """The value as it will be read back from canonical JSON: what a JSON column may hold."""
    if type(value) is dict and all(type(key) is str and type(each) in _SIMPLE for key, each in value.items()):
        return dict(value)
    return json.loads(text(value))
