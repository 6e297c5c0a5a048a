"""The code on a printed certificate: it names the certificate and is signed with the portal's secret (R115, R035)."""

import base64
import hmac
import re
from hashlib import sha256

_SHAPE = re.compile(r"ZS(\d{1,12})-([A-Z2-7]{10})", re.ASCII)


def code(secret: str, pk: int, number: str) -> str:
    """The code of a certificate, such as ZS17-K7QMPA2XNB (R035)."""
    mac = hmac.new(f"certificate:{secret}".encode(), f"{pk}:{number}".encode(), sha256).digest()
    return f"ZS{pk}-{base64.b32encode(mac).decode()[:10]}"


def named(text: str) -> int | None:
    """Which certificate a text names, if it looks like such a code, right or wrong (R035)."""
    match = _SHAPE.fullmatch(text.strip().upper())
    return int(match[1]) if match else None


def fits(secret: str, text: str, pk: int, number: str) -> bool:
    """Whether the portal gave this code to that certificate (R035)."""
    return hmac.compare_digest(code(secret, pk, number), text.strip().upper())
