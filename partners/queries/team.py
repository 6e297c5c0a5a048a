"""The matrix of staff by requirement (R173, R174)."""

from dataclasses import dataclass
from datetime import date

from partners.choices.training import ItemState, WorkState
from partners.models import Outlet, Staff, StaffProof
from partners.queries.qualification import Item, standing_of
from portal.accounts.actor import Actor
from portal.files.models import Attachment

LACKING, EXPIRING = "lacking", "expiring"


@dataclass(frozen=True, slots=True)
class Row:
    """One person; `cells` follow the columns, None where his post does not ask for it."""

    person: Staff
    cells: list[Item | None]
    may_work: WorkState | None

    @property
    def items(self) -> list[Item]:
        return [cell for cell in self.cells if cell is not None]

    @property
    def lacks(self) -> int:
        return sum(not item.met for item in self.items)

    @property
    def expires(self) -> int:
        return sum(item.state == ItemState.EXPIRING for item in self.items)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows shown, and how many of all people are complete, expire, lack something."""

    columns: list[Item]
    rows: list[Row]
    complete: int
    expiring: int
    lacking: int


def matrix_of(people: list[Staff], today: date, which: str = "") -> Matrix:
    """The team as a table; `which` narrows to those who lack something or whose proofs expire soon."""
    standing = standing_of(people, today) if people else {}
    columns: dict[str, Item] = {}
    for person in people:
        for item in standing[person.pk]:
            columns.setdefault(_column(item), item)
    rows = [_row(person, list(columns), standing[person.pk]) for person in people]
    shown = {LACKING: [r for r in rows if r.lacks], EXPIRING: [r for r in rows if r.expires]}.get(which, rows)
    return Matrix(
        list(columns.values()),
        shown,
        complete=sum(not row.lacks for row in rows),
        expiring=sum(bool(row.expires) for row in rows),
        lacking=sum(bool(row.lacks) for row in rows),
    )


def _row(person: Staff, columns: list[str], items: list[Item]) -> Row:
    known = {_column(item): item for item in items}
    return Row(person, [known.get(column) for column in columns], _may_work(items))


def _may_work(items: list[Item]) -> WorkState | None:
    """For all lines, for some, for none; None for a post that takes no tickets."""
    asked = [item for item in items if item.bars_work]
    if not asked:
        return None
    lines = [item for item in asked if item.requirement is None]
    if all(item.met for item in asked):
        return WorkState.ALL
    general = all(item.met for item in asked if item.requirement is not None)
    return WorkState.SOME if general and any(item.met for item in lines) else WorkState.NONE


def _column(item: Item) -> str:
    """The same course or wording asked of two posts is one column."""
    wanted = item.requirement
    if wanted is None:
        return item.key
    return f"course:{wanted.course_id}" if wanted.course_id else f"{wanted.kind}:{wanted.name}"


def outlets_of_team(people: list[Staff]) -> list[Outlet]:
    """The outlets of these people, each once."""
    return list({person.outlet_id: person.outlet for person in people}.values())


def proofs_of(actor: Actor, staff: Staff) -> list[tuple[StaffProof, list[Attachment]]]:
    """What was checked of somebody, the newest first, with the copies."""
    rows = list(StaffProof.objects.visible_to(actor).filter(staff=staff).select_related("requirement")
                .order_by("-checked_on", "-pk")[:30])  # fmt: skip
    files: dict[str, list[Attachment]] = {}
    for file in Attachment.objects.filter(subject__in=[f"staffproof:{row.pk}" for row in rows]):
        files.setdefault(file.subject, []).append(file)
    return [(row, files.get(f"staffproof:{row.pk}", [])) for row in rows]
