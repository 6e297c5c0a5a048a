"""The code on a printed record: it names ticket, form and the place in the service log that the sheet shows (R035).

Anybody can compute nothing from it, but the portal can tell whether it printed such a sheet and what came after.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

_SHAPE = re.compile(r"([A-Z]{2}[0-9-]+)-F([1-4])-(\d+)-([A-Z2-7]{10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a code says: `sequence` is the last log entry that the sheet reflects (R035)."""

    number: str
    form: int
    sequence: int


def code(secret: str, proof: Proof) -> str:
    """The code of a sheet, such as FW20261122-0001-F3-17-K7QMPA2XNB (R035)."""
    body = f"{proof.number}-F{proof.form}-{proof.sequence}"
    mac = hmac.new(f"record:{secret}".encode(), body.encode(), sha256).digest()
    return f"{body}-{base64.b32encode(mac).decode()[:10]}"


def shape(text: str) -> bool:
    """Whether the text looks like such a code, right or wrong (R035)."""
    return _SHAPE.fullmatch(text.strip().upper()) is not None


def read(secret: str, text: str) -> Proof | None:
    """What a code says, or None if the portal never gave it out (R035)."""
    match = _SHAPE.fullmatch(text.strip().upper())
    if match is None:
        return None
    proof = Proof(match[1], int(match[2]), int(match[3]))
    return proof if hmac.compare_digest(code(secret, proof), text.strip().upper()) else None
