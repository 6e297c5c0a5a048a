"""What a sheet may be declared to be."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from import_export.resources import ModelResource

from partners.models import Clause, ContractClause, ContractVersion, Partner, PartnerContract
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation
from portal.exchange.columns import MASKS
from portal.exchange.registry import register, registered, resource_for
from portal.exchange.resource import BaseResource
from portal.exchange.running import match_headers
from portal.exchange.sheet import Sheet
from tickets.models import Ticket


def declared(model, fields, key="code", **more):
    meta = type("Meta", (), {"model": model, "fields": fields, "import_id_fields": (key,), **more})
    return type("SomeResource", (BaseResource,), {"Meta": meta})


@pytest.mark.parametrize(
    ("model", "fields", "key"),
    [
        (Partner, ("code", "standing"), "code"),
        (PartnerContract, ("number", "state"), "number"),
        (Ticket, ("number", "state"), "number"),
        (Partner, ("name",), "code"),
    ],
    ids=["standing", "contract", "ticket", "no key"],
)
def test_a_sheet_that_could_write_a_workflow_or_has_no_key_is_refused(model, fields, key):
    with pytest.raises(ImproperlyConfigured):
        register(declared(model, fields, key))


def test_a_workflow_column_may_be_shown():
    declared(Partner, ("code", "standing"), shown_only=("standing",)).check()


def test_a_moment_is_no_column():
    with pytest.raises(TypeError):
        declared(Ticket, ("number", "received_at"), "number")


def test_a_model_without_sheet_says_so():
    with pytest.raises(ImproperlyConfigured):
        resource_for(Organisation)


@pytest.mark.parametrize("resource", registered(), ids=lambda resource: resource.__name__)
def test_every_sheet_names_its_columns_once_in_each_language(resource, settings):
    for language in ("zh-hans", "en"):
        settings.LANGUAGE_CODE = language
        labels = [str(column.label) for column in resource.fields.values()]
        assert len(labels) == len(set(labels))
    assert issubclass(resource, ModelResource)


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("phone", "13812345678", "138****5678"),
        ("name", "王建国", "王**"),
        ("address", "上海市浦东新区张江路 1 号", "上海市浦东新****"),
        ("email", "ann@example.com", "a***@example.com"),
        ("email", "broken", "******"),
    ],
)
def test_masks(kind, text, shown):
    assert MASKS[kind](text) == shown
    assert MASKS[kind]("") == ""


OLD_HEADINGS = [
    pytest.param(resource, name, heading, id=f"{resource.__name__}.{name}")
    for resource in registered()
    for name, headings in resource._meta.renamed.items()
    for heading in headings
]


@pytest.mark.parametrize(("resource", "name", "heading"), OLD_HEADINGS)
def test_a_heading_of_earlier_sheets_still_names_its_column(resource, name, heading):
    assert match_headers(resource(None), Sheet([heading], [], []))[0] == [name]


@pytest.mark.parametrize(
    ("model", "column", "word", "code"),
    [
        (ContractClause, "kind", "服务等级", "service_level"),
        (ContractVersion, "kind", "首次编写", "first"),
        (Clause, "unit", "倍", "count"),
    ],
)
def test_words_of_earlier_sheets_are_still_taken(model, column, word, code):
    cell = resource_for(model)(Actor.system()).fields[column].widget
    assert cell.clean(word) == code
    with pytest.raises(ValueError):
        cell.clean(f"{word}吗")
