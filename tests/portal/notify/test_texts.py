"""The wording of notices: what may be written, what goes out, what is kept (B15)."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel.errors import InvalidInput, Refused
from portal.notify import texts, types, wording
from portal.notify.models import NoticeText
from portal.notify.queue import Recipient, queue
from portal.notify.texts import PlaceMissing
from tests import factories as make
from tests.cast import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
SOMEBODY = Recipient(email="a@example.com", language="zh-hans")


@pytest.fixture
def mary() -> Actor:
    return actor(make.member(Role.BRAND_MANAGER))


@pytest.mark.parametrize(
    "evil",
    [
        "{{ t.__class__.__mro__ }}",
        "{t.__init__.__globals__}",
        "{number.__class__}",
        "{number!r}",
        "{number:>99999999}",
        "{number[0]}",
        "{0}",
        "{}",
        "{% debug %}",
        "{% include '/etc/passwd' %}",
        "{% load x %}",
        "{# x #}",
        "%(number)s",
        "{unknown}",
        "{Number}",
        "a { b",
        "a } b",
        "⟦link⟧",
    ],
)
def test_b15_what_is_no_placeholder_is_refused_in_words(evil, mary):
    for title, body, field in ((evil, "Text", "title"), ("Title", evil, "body")):
        with pytest.raises(InvalidInput) as caught:
            texts.change(mary, "t.plain", "zh-hans", title, body)
        assert caught.value.field == field
        assert str(caught.value)
    assert not NoticeText.objects.exists()


@hypothesis_settings(max_examples=150)
@given(st.text(alphabet="{}%#_.!:[]()abnumber \n", max_size=40))
def test_b15_whatever_is_taken_is_filled_with_nothing_but_its_places(text):
    if not wording.problem(text, ["number"]):
        assert wording.fill(text, {"number": "{number}"}) == text


def test_a_value_is_never_looked_into():
    notice = queue("t.plain", SOMEBODY, {"number": "{link} {{ x }} ⟦link⟧"}, "thing:1")
    assert notice.title == "{link} {{ x }}"


def test_a_changed_wording_goes_out_in_its_language_only(mary):
    texts.change(mary, "t.plain", "zh-hans", "编号 {number}", "您好：{number} 100%")
    assert queue("t.plain", SOMEBODY, {"number": "7"}, "thing:1").body == "您好：7 100%"
    english = Recipient(email="a@example.com", language="en")
    assert queue("t.plain", english, {"number": "7"}, "thing:1").body == "Text of 7."


def test_back_to_the_standard_keeps_the_history(mary):
    row = texts.change(mary, "t.plain", "zh-hans", "编号 {number}", "一")
    texts.change(mary, "t.plain", "zh-hans", "编号 {number}", "二")
    texts.reset(mary, "t.plain", "zh-hans")
    assert queue("t.plain", SOMEBODY, {"number": "7"}, "thing:1").title == "7"
    assert row.history.count() == 3
    assert [entry.verb for entry in entries_for(row)] == ["notice_text_changed"] * 2 + ["notice_text_reset"]
    with pytest.raises(InvalidInput):
        texts.reset(mary, "t.plain", "zh-hans")


@pytest.mark.parametrize("role", [Role.SERVICE_DESK, Role.ADMINISTRATOR, Role.PARTNER_MANAGER])
def test_only_brand_managers_change_it(role):
    somebody = actor(make.member(role))
    with pytest.raises(Refused):
        texts.change(somebody, "t.plain", "zh-hans", "x", "y")
    with pytest.raises(Refused):
        texts.reset(somebody, "t.plain", "zh-hans")


def test_the_link_on_which_a_customer_signs_cannot_be_left_out(mary):
    with pytest.raises(InvalidInput):
        texts.change(mary, "t.link", "zh-hans", "{number}", "no link")


@pytest.mark.parametrize(("title", "body"), [("", "x"), ("a\nb", "x"), ("a" * 201, "x"), ("a", " "), ("a", "x" * 4001)])
def test_empty_and_too_long_ones_are_refused(title, body, mary):
    with pytest.raises(InvalidInput):
        texts.change(mary, "t.plain", "zh-hans", title, body)


def test_an_unknown_notice_or_language_is_refused(mary):
    for code, language in (("t.none", "en"), ("t.plain", "fr")):
        with pytest.raises(InvalidInput):
            texts.change(mary, code, language, "x", "y")


def test_a_place_that_a_caller_forgot_fails_a_test_and_is_a_dash_in_earnest(settings):
    with pytest.raises(PlaceMissing):
        queue("t.plain", SOMEBODY, {}, "thing:1")
    settings.NOTIFY_STRICT = False
    assert queue("t.plain", SOMEBODY, {}, "thing:1").title == "—"


def test_undeclared_places_are_read_from_the_standard_text():
    kind = types.register("t.old", "%(a)s", "%(b)s %(link)s %(a)s")
    assert kind.names() == ("a", "b")
