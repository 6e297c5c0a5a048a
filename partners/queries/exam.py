"""A paper as pages show it: without the right answers while it is open, with them afterwards (R115)."""

from dataclasses import dataclass

from partners.models import ExamAttempt
from partners.rules.exam import is_right


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option; `right` is None while nobody may know."""

    place: int
    text: str
    chosen: bool
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question of a paper; nothing in it tells the right answer before the end."""

    place: int
    kind: str
    text: str
    options: list[ShownOption]
    right: bool | None = None
    explanation: str = ""

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def answered(self) -> bool:
        return any(option.chosen for option in self.options)


def open_sheet(attempt: ExamAttempt) -> list[ShownQuestion]:
    """The paper under way, with what was chosen so far."""
    return [
        ShownQuestion(
            place,
            question["kind"],
            question["text"],
            [ShownOption(n, text, n in _chosen(attempt, place)) for n, text in enumerate(question["options"])],
        )
        for place, question in enumerate(attempt.sheet)
    ]


def marked_sheet(attempt: ExamAttempt) -> list[ShownQuestion]:
    """The paper handed in: what was right, with the explanations; nothing of an open one."""
    if attempt.finished_at is None:
        return []
    return [
        ShownQuestion(
            place,
            question["kind"],
            question["text"],
            [
                ShownOption(n, text, n in _chosen(attempt, place), n in question["right"])
                for n, text in enumerate(question["options"])
            ],
            is_right(question, _chosen(attempt, place)),
            question["explanation"],
        )
        for place, question in enumerate(attempt.sheet)
    ]


def _chosen(attempt: ExamAttempt, place: int) -> list[int]:
    return attempt.answers.get(str(place), [])
