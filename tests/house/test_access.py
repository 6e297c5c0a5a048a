"""Every address stands in portal/access.py with the roles that may open it: a new page cannot be born open."""

import importlib.util
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, path

from portal.accounts.roles import Role

#: The admin decides by model and scope (portal.adminkit); its own tests walk it.
BY_ITSELF = ("admin:",)
has_table = importlib.util.find_spec("portal.access") is not None


def addresses(patterns: list, namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name with namespace, pattern) of every address; without a name only the namespace."""
    for item in patterns:
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from addresses(item.url_patterns, inner)
        elif isinstance(item, URLPattern):
            yield (f"{namespace}{item.name}" if item.name else namespace), str(item.pattern)


def unlisted(found: Iterator[tuple[str, str]], table: dict) -> list[str]:
    return [name or pattern for name, pattern in found if name not in table and not name.startswith(BY_ITSELF)]


def test_the_check_sees_an_open_page():
    patterns = [path("a/", lambda request: None, name="a"), path("b/", lambda request: None)]
    assert unlisted(addresses(patterns), {"a": "public"}) == ["b/"]


@pytest.mark.skipif(not has_table, reason="portal/access.py is not written yet")
def test_every_address_is_listed():
    table = import_module("portal.access").ACCESS
    missing = unlisted(addresses(get_resolver().url_patterns), table)
    assert not missing, "add to portal/access.py: " + ", ".join(missing)


@pytest.mark.skipif(not has_table, reason="portal/access.py is not written yet")
def test_no_listed_address_is_gone():
    table = import_module("portal.access").ACCESS
    names = {name for name, _ in addresses(get_resolver().url_patterns)}
    assert not set(table) - names


@pytest.mark.skipif(not has_table, reason="portal/access.py is not written yet")
def test_the_table_knows_only_roles():
    access = import_module("portal.access")
    roles = set(Role)
    for name, who in access.ACCESS.items():
        assert who == access.PUBLIC or set(who) <= roles, name
