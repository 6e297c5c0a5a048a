"""Take a sheet in: first without writing, then all of it or nothing."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult
from tablib import Dataset

from portal.exchange.cells import in_every_language, same
from portal.exchange.resource import BaseResource
from portal.exchange.sheet import Problem, Sheet


@dataclass(slots=True)
class Outcome:
    """What a sheet would do or did: counts, changes by line, and every problem with its place."""

    total: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    #: (line, key, changes), changes being None for a new row.
    changes: list[tuple[int, str, Any]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.problems


def check(resource: BaseResource, sheet: Sheet) -> Outcome:
    """What the sheet would do. Writes nothing, and takes no lock unless its rows are written by actions."""
    names, problems = match_headers(resource, sheet)
    if problems:
        return Outcome(total=len(sheet.rows), problems=problems)
    dataset = _dataset(names, sheet)
    if not resource._meta.rehearse:
        return _outcome(resource, sheet, names, resource.import_data_inner(dataset, True, False, False, False))
    with transaction.atomic():
        result = resource.import_data_inner(dataset, False, False, True, False)
        transaction.set_rollback(True)
    return _outcome(resource, sheet, names, result)


def take(resource: BaseResource, sheet: Sheet, then: Callable[[Outcome], Any] | None = None) -> Outcome:
    """Write the whole sheet or, where anything is wrong, nothing of it (G05, G06).

    Checks once more before it takes the lock, for which everybody else who writes must wait. `then` is called in
    the same transaction.
    """
    outcome = check(type(resource)(resource.actor), sheet)
    if not outcome.good:
        return outcome
    resource.checked = True
    names, _problems = match_headers(resource, sheet)
    with transaction.atomic():
        result = resource.import_data_inner(_dataset(names, sheet), False, False, True, False)
        outcome = _outcome(resource, sheet, names, result)
        if not outcome.good:
            transaction.set_rollback(True)
        elif then:
            then(outcome)
    return outcome


def match_headers(resource: BaseResource, sheet: Sheet) -> tuple[list[str], list[Problem]]:
    """The column of each heading, in either language or by its field's name."""
    known = {}
    for column in resource.columns:
        for words in (column.column_name, *in_every_language(column.label), *column.aliases):
            known.setdefault(same(str(words)), column.column_name)
    names, problems = [], []
    for place, header in enumerate(sheet.headers, 1):
        name = known.get(same(header), "")
        if not name or name in names:
            problems.append(Problem(1, header or place, _unknown(resource, header, twice=bool(name))))
        names.append(name)
    if resource.key.column_name not in names and not problems:
        problems.append(Problem(1, resource.key.label, _("This column is missing: it tells which row is meant.")))
    if not sheet.rows and not problems:
        problems.append(Problem(None, "", _("There is no row below the heading.")))
    return names, problems


def _unknown(resource: BaseResource, header: str, *, twice: bool) -> str:
    if not header:
        return _("This column has no heading.")
    if twice:
        return _("This heading stands twice.")
    labels = [str(column.label) for column in resource.columns]
    near = difflib.get_close_matches(header, labels, n=1)
    if near:
        return _("There is no such column. Is “%(near)s” meant?") % {"near": near[0]}
    return _("There is no such column. Download the template to see them all.")


def _dataset(names: list[str], sheet: Sheet) -> Dataset:
    dataset = Dataset(headers=names)
    for row in sheet.rows:
        dataset.append(row)
    return dataset


def _outcome(resource: BaseResource, sheet: Sheet, names: list[str], result: Result) -> Outcome:
    totals = result.totals
    outcome = Outcome(
        total=len(sheet.rows),
        new=totals[RowResult.IMPORT_TYPE_NEW],
        changed=totals[RowResult.IMPORT_TYPE_UPDATE],
        unchanged=totals[RowResult.IMPORT_TYPE_SKIP],
    )
    if result.base_errors:
        outcome.problems.append(Problem(None, "", _("The sheet could not be taken in.")))
    labels = {column.attribute: column.label for column in resource.columns}
    cells = {name: place for place, name in enumerate(names)}
    for number, row_result in enumerate(result.rows):
        line, row = sheet.lines[number], sheet.rows[number]
        for name, reason in _reasons(row_result):
            value = row[cells[name]][:60] if name in cells else ""
            outcome.problems.append(Problem(line, labels.get(name) or _label(resource, name), reason, str(value)))
    key = cells[resource.key.column_name]
    for number, changes in resource.changes.items():
        outcome.changes.append((sheet.lines[number - 1], sheet.rows[number - 1][key], changes))
    return outcome


def _label(resource: BaseResource, name: str) -> Any:
    """The words for a field that the sheet does not hold."""
    fields = {field.name: field for field in resource._meta.model._meta.fields}
    return fields[name].verbose_name if name in fields else ""


def _reasons(row_result: RowResult) -> list[tuple[str, str]]:
    if row_result.errors:
        return [("", _("This row could not be saved."))]
    if row_result.validation_error is None:
        return []
    found = row_result.validation_error.message_dict
    return [(name, reason) for name, reasons in found.items() for reason in reasons]
