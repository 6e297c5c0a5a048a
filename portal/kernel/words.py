"""Words strung together as the reader's language does it."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def joined(values: Iterable[object]) -> str:
    """The values one after another: “A, B” in English, “A、B” in Chinese; empty for none."""
    return pgettext("between the members of a list", ", ").join(map(str, values))
