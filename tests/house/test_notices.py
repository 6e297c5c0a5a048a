"""Every kind of notice says who gets it, and stands in a group for which people choose their channels."""

import pytest

from portal.notify import types

ALL = sorted(types.registered())


@pytest.mark.parametrize("code", ALL)
def test_a_kind_says_who_gets_it_and_belongs_somewhere(code):
    kind = types.get(code)
    assert str(kind.audience), f"{code}: name its audience, the wording editor shows it"
    assert kind.group in types.groups(), f"{code}: no group {kind.group!r}"
    assert kind.group != "other", f"{code}: people choose channels by group; give it one"
