"""A sheet as it was read, before anybody asks what it means."""

from dataclasses import dataclass, field
from typing import Any

from portal.kernel.errors import InvalidInput


class Number(str):
    """The text of a cell that holds a number: leading zeros, if there were any, are gone."""


class Unusable(str):
    """A cell that holds no value of its own; `reason` says why, as a sentence."""

    reason: Any

    def __new__(cls, text: str, reason: Any) -> "Unusable":
        cell = super().__new__(cls, text)
        cell.reason = reason
        return cell


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: line of the file (heading = 1), heading of the column, the value found."""

    line: int | None
    column: Any
    reason: Any
    value: str = ""


class Unreadable(InvalidInput):
    """The file as a whole cannot be read; the message says where and why."""

    def __init__(self, message: Any) -> None:
        super().__init__(message, field="file")


@dataclass(slots=True)
class Sheet:
    """Heading and rows; `lines[i]` is where row i stands in the file."""

    headers: list[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, line: int, cells: list[str]) -> None:
        self.lines.append(line)
        self.rows.append(cells)
