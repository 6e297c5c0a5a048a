"""Signed links: unguessable, bound, ending (I01, I02, I04, I09, I13)."""

import string
from datetime import timedelta

import pytest

from portal.kernel import clock
from portal.links.models import SignedLink
from portal.links.tokens import LinkGone, LinkUnknown, absolute_url, issue, resolve, revoke

pytestmark = pytest.mark.django_db


def test_a_link_opens_what_it_was_issued_for():
    raw = issue("ticket:7", "track", days=90, holder="张伟")
    link = resolve(raw, "track")
    assert (link.subject, link.holder) == ("ticket:7", "张伟")


def test_i04_only_a_hash_is_kept_and_no_two_are_alike():
    raws = {issue("ticket:7", "track", days=1) for _ in range(200)}
    assert len(raws) == 200
    assert all(len(raw) == 43 and set(raw) <= set(string.ascii_letters + string.digits + "-_") for raw in raws)
    kept = {value for row in SignedLink.objects.values_list() for value in row}
    assert not kept & raws


@pytest.mark.parametrize("spoil", ["cut", "longer", "flip_first", "flip_middle", "flip_last", "empty", "odd"])
def test_i01_a_spoiled_token_is_unknown(spoil):
    raw = issue("ticket:7", "track", days=1)
    at = {"flip_first": 0, "flip_middle": 20, "flip_last": 41}.get(spoil)
    spoiled = {"cut": raw[:-1], "longer": raw + "A", "empty": "", "odd": "é" * 43}.get(spoil) or raw
    if at is not None:
        spoiled = raw[:at] + ("A" if raw[at] != "A" else "B") + raw[at + 1 :]
    with pytest.raises(LinkUnknown) as refused:
        resolve("" if spoil == "empty" else spoiled, "track")
    with pytest.raises(LinkUnknown) as unknown:
        resolve("A" * 43, "track")
    assert str(refused.value) == str(unknown.value)
    assert refused.value.status == unknown.value.status == 404


def test_i01_a_link_for_another_purpose_is_unknown():
    with pytest.raises(LinkUnknown):
        resolve(issue("ticket:7", "track", days=1), "rate")


def test_i02_a_link_ends():
    raw = issue("ticket:7", "track", days=1)
    with clock.travel(clock.now() + timedelta(days=1)), pytest.raises(LinkGone) as gone:
        resolve(raw, "track")
    assert gone.value.status == 410


def test_i02_a_link_can_be_taken_back():
    track, rate = issue("ticket:7", "track", days=1), issue("ticket:7", "rate", days=1)
    other = issue("ticket:8", "track", days=1)
    assert revoke("ticket:7", "track") == 1
    with pytest.raises(LinkGone):
        resolve(track, "track")
    assert resolve(rate, "rate")
    assert revoke("ticket:7") == 1
    assert resolve(other, "track")


def test_i09_looking_uses_nothing_up():
    raw = issue("ticket:7", "track", days=1)
    assert resolve(raw, "track") == resolve(raw, "track")


def test_i13_addresses_come_from_the_setting(settings):
    settings.SITE_URL = "https://service.example.com"
    assert absolute_url("/t/x/") == "https://service.example.com/t/x/"


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "t/x/"])
def test_i13_only_own_paths(path):
    with pytest.raises(ValueError):
        absolute_url(path)
