"""An answer to 'may I?' that carries its reason, so that a grey button can say why it is grey."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""

    reason: Any = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and why: `reason` is a sentence; `wrong_state` tells a late-comer (409) from a stranger (403)."""

    reason: Any
    wrong_state: bool = False

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied
ALLOWED = Allowed()


def first_denied(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, or permission."""
    return next((v for v in verdicts if not v), ALLOWED)
