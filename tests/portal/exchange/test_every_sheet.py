"""Every sheet and every list: taken out, brought back unchanged, and proof against what comes from outside.

Each loop asks all sheets in one go: the rows are made once, and a new sheet is asked as well without a new test.
"""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from partners.models import Enrolment, ProductModel
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.exchange import running
from portal.exchange.cells import DateCell, DecimalCell, WholeCell
from portal.exchange.columns import Column
from portal.exchange.export_admin import ExportAdmin
from portal.exchange.keyed import NumberedResource, PairedResource
from portal.exchange.reading import read
from portal.exchange.registry import registered, resource_for
from portal.exchange.resource import BaseResource
from portal.exchange.sheet import Sheet, Unreadable
from portal.exchange.sheet_admin import SheetAdmin
from portal.journal.models import JournalEntry
from portal.kernel import clock
from tests import factories as make
from tests.cast import actor
from tests.factories import training
from tests.factories.everything import evidence, fill

pytestmark = pytest.mark.django_db
BRINGS_IN = [
    resource
    for resource in registered()
    if isinstance(page := admin.site._registry[resource._meta.model], SheetAdmin) and page.roles_import
]


@pytest.fixture
def stage():
    return fill()


def writer_of(resource: type[BaseResource], stage) -> Actor:
    """Somebody who may import the sheet."""
    roles = admin.site._registry[resource._meta.model].roles_import
    if Role.BRAND_MANAGER in roles:
        return stage.manager
    return actor(make.member(sorted(roles)[0], stage.brand))


def taken_out(resource: BaseResource, language: str = "zh-hans") -> Sheet:
    with translation.override(language):
        rows = [list(line) for line in resource.lines(resource.get_queryset(), masked=True)]
        sheet = Sheet([str(column.label) for column in resource.columns])
    for line, row in enumerate(rows, 2):
        sheet.add(line, row)
    return sheet


def as_csv(sheet: Sheet, encoding: str = "utf-8-sig") -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([sheet.headers, *sheet.rows])
    return target.getvalue().encode(encoding)


def as_xlsx(sheet: Sheet) -> Workbook:
    book = Workbook()
    for row in [sheet.headers, *sheet.rows]:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type, cell.number_format = "s", "@"
    return book


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def asked(stage, task: Callable[[type[BaseResource], BaseResource, Sheet], str | None]) -> list[str]:
    """Ask every sheet that brings rows in; the answers that are complaints."""
    found = []
    for kind in BRINGS_IN:
        resource = kind(writer_of(kind, stage))
        complaint = task(kind, resource, taken_out(resource))
        found += [f"{kind.__name__}: {complaint}"] if complaint else []
    return found


def check(kind, actor, sheet):
    return running.check(kind(actor), sheet)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_f01_what_is_taken_out_comes_back_unchanged_in_either_language(stage, language):
    def there_and_back(kind, resource, _sheet):
        sheet = taken_out(resource, language)
        if not sheet.rows:
            return "no row to take out: add one to tests/factories/everything.py"
        for data in (as_csv(sheet), saved(as_xlsx(sheet))):
            outcome = check(kind, resource.actor, read(data))
            if not outcome.good or outcome.unchanged != len(sheet.rows):
                told = [(p.line, str(p.column), str(p.reason)) for p in outcome.problems[:3]]
                return f"{outcome.unchanged} of {len(sheet.rows)} unchanged, {told} {outcome.changes[:2]}"
        return None

    assert asked(stage, there_and_back) == []


def test_g11_gbk_blank_rows_and_headings_of_the_other_language(stage):
    def from_elsewhere(kind, resource, sheet):
        with translation.override("en"):
            sheet.headers = [str(column.label) for column in resource.columns]
        data = as_csv(sheet, "gb18030").replace(b"\r\n", b"\r\n" + b"," * (len(sheet.headers) - 1) + b"\r\n", 1)
        outcome = check(kind, resource.actor, read(data))
        return None if outcome.good and outcome.unchanged == len(sheet.rows) else str(outcome.problems[:2])

    assert asked(stage, from_elsewhere) == []


def test_g14_too_many_columns_and_a_key_twice_are_told(stage):
    def too_much(kind, resource, sheet):
        wide = Sheet([*sheet.headers, *(f"x{n}" for n in range(100))])
        wide.add(2, [*sheet.rows[0], *["1"] * 100])
        try:
            read(as_csv(wide))
        except Unreadable:
            pass
        else:
            return "a hundred columns more were taken"
        twice = Sheet(sheet.headers)
        for line in (2, 3):
            twice.add(line, sheet.rows[0])
        outcome = check(kind, resource.actor, twice)
        return None if [problem.line for problem in outcome.problems] == [3] else "the same key twice was taken"

    assert asked(stage, too_much) == []


def written(resource: BaseResource) -> list[tuple[int, Column]]:
    """Place and column of each cell that a row may change."""
    key = set(getattr(resource, "together", ())) | {resource.key.attribute}
    return [
        (place, column)
        for place, column in enumerate(resource.columns)
        if not (column.shown_only or column.fixed or column.mask or column.attribute in key)
    ]


def test_f01_g04_a_formula_is_never_run_and_never_taken_for_a_value(stage):
    def formula(kind, resource, sheet):
        book = as_xlsx(Sheet(sheet.headers, [sheet.rows[0]], [2]))
        for place, _column in written(resource):
            cell = book.active.cell(2, place + 1)
            cell.value, cell.data_type = "=1+1", "f"
        outcome = check(kind, resource.actor, read(saved(book)))
        told = {str(problem.column) for problem in outcome.problems}
        missed = [str(column.label) for _place, column in written(resource) if str(column.label) not in told]
        return f"taken in {missed}" if missed else None

    assert asked(stage, formula) == []


def test_g04_monstrous_numbers_are_errors_of_their_row(stage):
    def monstrous(kind, resource, sheet):
        columns = [(p, c) for p, c in written(resource) if isinstance(c.widget, DecimalCell | WholeCell | DateCell)]
        for value in ("1e1000000", "NaN", "９" * 40) if columns else ():
            row = list(sheet.rows[0])
            for place, _column in columns:
                row[place] = value
            outcome = check(kind, resource.actor, Sheet(sheet.headers, [row], [2]))
            told = {str(problem.column) for problem in outcome.problems}
            missed = [str(column.label) for _place, column in columns if str(column.label) not in told]
            if missed:
                return f"{value[:9]} taken in {missed}"
        return None

    assert asked(stage, monstrous) == []


def test_g11_days_of_a_1904_workbook_are_the_days_that_it_shows(stage):
    def old_epoch(kind, resource, sheet):
        columns = [
            (p, c) for p, c in enumerate(resource.columns) if isinstance(c.widget, DateCell) and not c.shown_only
        ]
        row = sheet.rows[0]
        book = as_xlsx(Sheet(sheet.headers, [row], [2]))
        book.epoch = CALENDAR_MAC_1904
        for place, _column in columns:
            if row[place]:
                cell = book.active.cell(2, place + 1)
                cell.value, cell.number_format = datetime.fromisoformat(row[place]), "yyyy-mm-dd"
        outcome = check(kind, resource.actor, read(saved(book)))
        return None if outcome.unchanged == 1 else str((outcome.problems, outcome.changes))

    assert asked(stage, old_epoch) == []


def test_a12_a_row_of_another_region_or_house_is_an_error_and_tells_nothing(stage):
    """A manager of 江苏省 brings the whole network's sheets: nothing of 上海市 changes, nor is told."""
    narrow = actor(make.member(Role.BRAND_MANAGER, stage.brand, regions=("江苏省",)))
    found = []
    for kind in BRINGS_IN:
        whole = taken_out(kind(stage.manager))
        own = {row[0] for row in taken_out(kind(narrow)).rows}
        foreign = [row for row in whole.rows if row[0] not in own]
        if not foreign or issubclass(kind, PairedResource):
            continue
        outcome = check(kind, narrow, Sheet(whole.headers, foreign, list(range(2, len(foreign) + 2))))
        if outcome.good or outcome.changed:
            found.append(kind.__name__)
    assert found == []


def test_b10_partners_take_no_sheet_in_and_none_out(client, stage):
    client.force_login(User.objects.get(username="alan"))
    for model, page in admin.site._registry.items():
        if isinstance(page, ExportAdmin):
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_sheet_export"
            assert client.post(reverse(name), {"kind": "csv", "purpose": "x"}).status_code in (302, 403, 404)


def test_f05_every_list_leaves_with_its_rows_and_an_entry(client, stage):
    evidence(stage)
    people = {role: make.member(role, stage.brand) for role in (Role.BRAND_MANAGER, Role.ADMINISTRATOR)}
    empty = []
    for model, page in admin.site._registry.items():
        if not isinstance(page, ExportAdmin):
            continue
        who = Role.BRAND_MANAGER if Role.BRAND_MANAGER in page.roles_export else Role.ADMINISTRATOR
        client.force_login(people[who])
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_sheet_export")
        before = JournalEntry.objects.filter(verb="sheet_exported").count()
        answer = client.post(address, {"kind": "csv", "purpose": "核对"})
        assert answer.status_code == 200, model
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1, model
        assert not any("<" in cell and ">" in cell for row in rows for cell in row), model
        assert not any("13700000001" in cell for row in rows for cell in row), f"{model}: a telephone number in full"
        assert JournalEntry.objects.filter(verb="sheet_exported").count() == before + 1
        empty += [model._meta.label] if len(rows) == 1 else []
    assert not empty, f"add a row to tests/factories/everything.py: {empty}"


LARGE = 5_000


def test_g05_five_thousand_rows_with_one_bad_one_change_nothing(brand_manager, line):
    rows = [[f"N{n}", "车型", "EV"] for n in range(LARGE)]
    rows[3456][2] = "EW"
    sheet = Sheet(["code", "name", "line"], rows, list(range(2, LARGE + 2)))
    outcome = running.take(resource_for(ProductModel)(actor(brand_manager)), sheet)
    (problem,) = outcome.problems
    assert (problem.line, str(problem.column), problem.value) == (3458, "产品线", "EW")
    assert "EW" in str(problem.reason)
    assert not ProductModel.objects.exists()


def test_g05_a_refusal_by_an_action_in_the_last_row_takes_all_back(brand_manager, line, ann_staff, amy_staff):
    """What only the action knows is told by the first step, and nothing of it stays."""
    session = training.SessionFactory(number="PX-9")
    full = training.SessionFactory(number="PX-8", cancelled_at=clock.now(), cancel_reason="停电")
    rows = [[f"{one.number}/{ann_staff.number}", one.number, ann_staff.number] for one in (session, full)]
    kind = resource_for(Enrolment)
    for step in (running.check, running.take):
        outcome = step(kind(actor(brand_manager)), Sheet(["number", "session", "staff"], rows, [2, 3]))
        assert [problem.line for problem in outcome.problems] == [3]
    assert not Enrolment.objects.exists()
    assert not JournalEntry.objects.filter(verb="training_enrolled").exists()


def test_an_unknown_number_of_the_portal_is_told_with_its_remedy(stage):
    numbered = [kind for kind in BRINGS_IN if issubclass(kind, NumberedResource)]
    assert len(numbered) == 3
    for kind in numbered:
        sheet = taken_out(kind(stage.manager))
        row = ["SQ-404", *sheet.rows[0][1:]]
        (problem, *_rest) = check(kind, stage.manager, Sheet(sheet.headers, [row], [2])).problems
        assert "N1" in str(problem.reason)


def test_every_import_page_offers_template_and_columns(client, stage):
    for kind in BRINGS_IN:
        model = kind._meta.model
        client.force_login(User.objects.get(pk=writer_of(kind, stage).user_id))
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}_sheet_"
        assert client.get(reverse(f"{base}import")).status_code == 200
        assert b"".join(client.get(reverse(f"{base}template"), {"kind": "csv"}).streaming_content)
        assert resource_for(model) is kind
