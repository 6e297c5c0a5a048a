"""Take out of a text what tells whose ticket it was (R160, R178): names, numbers, addresses."""

import re
from collections.abc import Iterable

_PATTERNS = (
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),  # mobile
    re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"),  # landline
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}(?![A-Z0-9])"),
    re.compile(r"(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])"),  # vehicle identification number
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),  # identity card
)
STAND_IN = "…"
#: Shorter names stand in too many other words.
SHORTEST = 2


def traces(text: str, known: Iterable[str]) -> list[str]:
    """What in the text still names the customer: telephone, mail, plate, VIN, or a word of `known` (R160)."""
    found = [match.group().strip() for pattern in _PATTERNS for match in pattern.finditer(text)]
    found += [word for word in _telling(known) if word.lower() in text.lower()]
    return list(dict.fromkeys(found))


def anonymous(text: str, known: Iterable[str]) -> str:
    """The text with an ellipsis in place of each trace (R178)."""
    for trace in sorted(traces(text, known), key=len, reverse=True):
        text = re.sub(re.escape(trace), STAND_IN, text, flags=re.IGNORECASE)
    return re.sub(rf"(?:{STAND_IN}\s*){{2,}}", STAND_IN, text).strip()


def _telling(known: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(part.strip() for part in known) if len(word) >= SHORTEST]
