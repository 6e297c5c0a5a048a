"""Texts and searches as pairs of characters: two Chinese characters are found in the middle of any word."""

import unicodedata

from django.db.models import Q


def plain(text: str) -> str:
    """Full-width letters made narrow, all in small letters, blanks made single."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def pairs_of(text: str) -> list[str]:
    """The pairs of letters and digits of a search; empty when it is too short to be looked up."""
    pairs = (text[index : index + 2].lower() for index in range(len(text) - 1))
    return sorted({pair for pair in pairs if pair.isalnum()})


def stored(*texts: str) -> str:
    """What an index keeps of some texts: their different pairs, divided by blanks."""
    return " ".join(sorted({pair for text in texts for pair in pairs_of(plain(text))}))


def terms_of(query: str, most: int = 8) -> list[str]:
    """The words of a search, each once, without the signs around them; a long question stays one word."""
    words = (word.strip("，。、；：？！“”‘’（）()【】[]<>《》,.;:?!\"'") for word in plain(query).split())
    return list(dict.fromkeys(word for word in words if any(sign.isalnum() for sign in word)))[:most]


def holds(column: str, term: str) -> Q:
    """The column holds the term, large and small letters alike; a term without letters spares the database the folding.

    PostgreSQL folds a text before it looks into it, which for a page of Chinese takes several times the looking.
    """
    return Q(**{f"{column}__{'contains' if term.upper() == term.lower() else 'icontains'}": term})
