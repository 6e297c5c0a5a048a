"""Bases of forms."""

import uuid
from types import SimpleNamespace

from django import forms

from portal.webkit.forms import VersionedForm


class Accept(VersionedForm):
    note = forms.CharField(required=False)


def test_a_form_carries_the_version_seen_and_a_key_of_its_own():
    one, two = (Accept(instance=SimpleNamespace(version=7)) for _ in range(2))
    assert one["version"].value() == 7
    assert one["key"].value() != two["key"].value()
    assert one["key"].value() == one["key"].value()


def test_what_was_sent_comes_back_as_perform_wants_it():
    key = uuid.uuid4()
    form = Accept({"version": "7", "key": str(key)})
    assert form.is_valid()
    assert form.seen_version == 7
    assert form.sent_key == str(key)


def test_a_form_without_them_says_none():
    form = Accept({})
    assert form.is_valid()
    assert form.seen_version is None
    assert form.sent_key is None


def test_a_key_that_is_none_is_refused():
    assert not Accept({"key": "x", "version": "y"}).is_valid()


def test_controls_wear_the_frame_s_class():
    assert Accept().fields["note"].widget.attrs["class"] == "form-control"
    assert "class" not in Accept().fields["version"].widget.attrs
