"""Everything importable and exportable by sheet: a new model cannot be born without its sheet (issue Partners, 10)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model

from portal.exchange import registry
from portal.exchange.export_admin import ExportAdmin
from portal.exchange.sheet_admin import SheetAdmin

#: Lists that are not taken out, each with its reason.
NOT_EXPORTED = {
    "notify.NoticeText": "the list shows the kinds that the code registers, not rows; wording is edited with a preview",
}
#: Models that people add by hand in the admin, but by no sheet, each with its reason.
NOT_IMPORTED = {
    "accounts.User": "an account begins with an invitation or a temporary password, which no sheet carries",
    "accounts.Organisation": "those of partners come with the sheet of partners; brand and auditors are a handful",
    "kpi.QuarterlyReport": "a report is computed, not typed",
    "partners.OutletDraw": "drawn by the portal from a seed, and never typed",
    "partners.Meeting": "its cycle plans it, or a step that invites; with its decisions it goes out",
    "tickets.HandOver": "an order with consequences, given once and by one person",
    "tickets.PolicyVersion": "a version is a step of its own; its lines are the sheet",
    "tickets.Ticket": "history comes by the command import_log with a mapping, new tickets by intake",
}
#: Rows that are written only within their parent's page, each with where its sheet is.
INLINE_ONLY = {
    "accounts.Membership": "see accounts.User",
    "partners.AgendaItem": "filled from figures before the meeting, and its minutes are written in it",
    "partners.Decision": "written in the minutes; decisions leave with the sheet of meetings",
    "partners.ApplicationOutlet": "a column of the sheet of applications",
    "tickets.AgreementParty": "two parties an agreement, copied from the customer and then read through by hand",
    "tickets.Contact": "the main contact is in the sheet of customers",
}


def pages() -> Iterator[tuple[type[Model], Any]]:
    yield from sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)


def has_sheet(model: type[Model]) -> bool:
    return any(resource._meta.model is model for resource in registry.registered())


ALL = [pytest.param(model, page, id=model._meta.label) for model, page in pages()]


@pytest.mark.parametrize(("model", "page"), ALL)
def test_every_list_can_be_taken_out(model, page):
    if model._meta.label in NOT_EXPORTED:
        assert not isinstance(page, ExportAdmin), "it has an export now: take it off the list of exceptions"
        return
    assert isinstance(page, ExportAdmin), "stand it on SheetAdmin or ListAdmin, or say why not in NOT_EXPORTED"
    assert page.roles_export, "name the roles that may export"
    assert set(page.roles_export) & (set(page.roles_view) | set(page.roles_change))


@pytest.mark.parametrize(("model", "page"), ALL)
def test_what_people_add_by_hand_comes_in_by_sheet(model, page):
    if not page.roles_add:
        return
    importable = isinstance(page, SheetAdmin) and bool(page.roles_import)
    if model._meta.label in NOT_IMPORTED:
        assert not importable, "it has an import now: take it off the list of exceptions"
        return
    assert importable, "stand it on SheetAdmin and name roles_import, or say why not in NOT_IMPORTED"
    assert has_sheet(model), "write its resource"
    assert set(page.roles_import) <= set(page.roles_add) | set(page.roles_change), "a sheet opens no door that is shut"


@pytest.mark.parametrize(("model", "page"), ALL)
def test_rows_of_a_parents_page_have_a_sheet_too(model, page):
    for inline in page.inlines:
        name = inline.model._meta.label
        if getattr(inline, "roles_add", None) and name not in INLINE_ONLY:
            assert has_sheet(inline.model), f"{name} is written on the page of {model._meta.label} only"


@pytest.mark.parametrize("names", [NOT_EXPORTED, NOT_IMPORTED, INLINE_ONLY])
def test_every_exception_is_a_model_with_a_reason(names):
    known = {model._meta.label for model, _page in pages()}
    known |= {inline.model._meta.label for _model, page in pages() for inline in page.inlines}
    assert set(names) <= known
    assert all(len(reason) > 10 for reason in names.values())


@pytest.mark.parametrize("resource", registry.registered(), ids=lambda resource: resource.__name__)
def test_no_sheet_names_a_row_by_its_key_in_the_database(resource):
    for column in resource.fields.values():
        assert column.column_name not in ("id", "pk")
        assert getattr(column.widget, "by", "code") not in ("id", "pk")
