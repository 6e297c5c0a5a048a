"""The piece of a text that answers a search, with the words found in it marked; everything escaped (D01)."""

import re
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.textsearch.pairs import pairs_of, plain

#: How many characters stand before the first hit.
LEAD = 24


def marked(text: str, terms: Sequence[str]) -> SafeString:
    """The whole text with what was found in <mark>."""
    wanted = _pattern(text, terms)
    if wanted is None:
        return format_html("{}", text)
    pieces = ((piece, index % 2 == 1) for index, piece in enumerate(wanted.split(text)))
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>" if hit else "{}", p),) for p, hit in pieces if p))


def snippet(text: str, terms: Sequence[str], length: int = 110) -> SafeString:
    """The neighbourhood of the first hit, else the beginning; an ellipsis where something is left out."""
    text = " ".join(text.split())
    wanted = _pattern(text, terms)
    found = wanted.search(text) if wanted else None
    begin = max(0, found.start() - LEAD) if found else 0
    piece = text[begin : begin + length]
    before, after = "…" if begin else "", "…" if begin + length < len(text) else ""
    return format_html("{}{}{}", before, marked(piece, terms), after)


def _pattern(text: str, terms: Sequence[str]) -> re.Pattern[str] | None:
    """Whole terms where the text has them, their pairs where it does not."""
    low = plain(text)
    wanted: set[str] = set()
    for term in terms:
        wanted |= {term} if term in low else set(pairs_of(term))
    longest = sorted((re.escape(word) for word in wanted), key=len, reverse=True)
    return re.compile(f"({'|'.join(longest)})", re.IGNORECASE) if longest else None
