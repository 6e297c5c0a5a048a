"""Every registered notice: its places are declared and described, its wording in both languages fits them."""

import pytest
from django.conf import settings

from portal.notify import places, texts, types, wording
from tickets.notices import DESK_GROUP

KINDS = sorted(types.registered().values(), key=lambda kind: kind.code)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_its_standard_wording_would_be_taken_in_each_language(kind):
    for language in dict(settings.LANGUAGES):
        title, body = kind.standard(language)
        assert not texts.problems(kind, title, body), (kind.code, language)
        assert set(wording.names(title)) | set(wording.names(body)) <= {*kind.names(), "link"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_its_group_is_known(kind):
    assert kind.group in types.groups()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.places], ids=lambda kind: kind.code)
def test_its_declared_places_are_described(kind):
    assert set(kind.places) <= places.described()
    assert kind.audience


def test_the_codes_of_tickets_declare_their_places():
    assert all(kind.places for kind in KINDS if kind.code.startswith("ticket."))
    assert DESK_GROUP == "desk"
