"""Entries of a page's navigation."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry: `url` is a path, `icon` a Tabler name, `count` what waits there (0 shows nothing)."""

    label: Any
    url: str
    icon: str = "point"
    count: int = 0
    #: Exact entries are marked only on their own page, the others on everything below their path too.
    exact: bool = False

    def is_current(self, path: str) -> bool:
        """Is the page at `path` this entry's?"""
        return path == self.url if self.exact else path.startswith(self.url)
