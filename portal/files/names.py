"""Names of uploaded files, made harmless for screens, headers and file systems (E02)."""

import re
import unicodedata

LONGEST = 120
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


def neutral(name: str, ending: str = "") -> str:
    """The shown name: no folders, no invisible or directing characters, at most 120 characters, a right ending."""
    base = re.split(r"[/\\]", name or "")[-1]
    kept = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in base)
    kept = re.sub(r'[<>:"|?*%;]+', "_", re.sub(r" +", " ", kept)).strip(" .")
    stem = kept.rsplit(".", 1)[0].strip(" .") if "." in kept else kept
    if not stem or _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"file_{stem}".rstrip("_")
    ending = ending or ending_of(kept)
    return f"{stem[:LONGEST]}.{ending}" if ending else stem[:LONGEST]


def ending_of(name: str) -> str:
    """The part after the last dot in small letters; "" without one."""
    tail = name.rsplit(".", 1)[-1].strip().lower() if "." in name else ""
    return tail if re.fullmatch(r"[a-z0-9]{1,8}", tail) else ""
