"""The parts of pages, as templates use them."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from portal.webkit import icons
from portal.webkit.nav import NavItem
from portal.webkit.widgets import ManyFilesField, SignatureWidget, StarsWidget

SCORES = [(str(n), f"{n} 分") for n in range(1, 6)]


class Sample(forms.Form):
    phone = forms.CharField(label="联系电话", help_text="<b>help</b>")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    mode = forms.ChoiceField(choices=[("a", "远程"), ("b", "现场")], widget=forms.RadioSelect)
    score = forms.ChoiceField(choices=SCORES, widget=StarsWidget)
    agree = forms.BooleanField()
    sign = forms.CharField(widget=SignatureWidget, label="签字")
    files = ManyFilesField(required=False, max_mb=20)
    version = forms.IntegerField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def draw(source, **context):
    request = RequestFactory().get("/list/?state=open&page=3&q=%E7%A9%BA")
    return Template("{% load webkit %}" + source).render(Context({"request": request, **context}))


def test_a_field_has_label_help_and_the_frame_s_class():
    drawn = draw('{% field form.phone inputmode="tel" %}', form=Sample())
    assert '<label class="form-label" for="id_phone">联系电话' in drawn
    assert "required-mark" in drawn
    assert 'class="form-control"' in drawn
    assert 'inputmode="tel"' in drawn
    assert "&lt;b&gt;help&lt;/b&gt;" in drawn
    assert 'aria-describedby="id_phone_helptext"' in drawn


def test_a_wrong_field_says_so_to_eyes_and_screen_readers():
    form = Sample({"phone": ""})
    drawn = draw("{% form_errors form %}{% field form.phone %}", form=form)
    assert "is-invalid" in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_phone_error"' in drawn
    assert 'href="#id_phone"' in drawn
    assert draw("{% form_errors form %}", form=Sample()).strip() == ""


def test_photos_that_a_refused_form_lost_are_asked_for_again():
    lost = "choose your photos and files again"
    assert lost in draw("{% form_errors form %}", form=Sample({"phone": ""}, {"files": "photo.jpg"}))
    assert lost not in draw("{% form_errors form %}", form=Sample({"phone": ""}))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("note", "<textarea"),
        ("kind", 'class="form-select"'),
        ("mode", 'class="form-check-input"'),
        ("score", 'class="stars"'),
        ("agree", 'type="checkbox"'),
        ("sign", "<canvas"),
        ("files", 'data-max-mb="20"'),
        ("version", 'type="hidden"'),
    ],
)
def test_each_control_has_its_shape(name, mark):
    drawn = draw("{% field bound %}", bound=Sample()[name])
    assert mark in drawn
    assert ("<label" in drawn or "<legend" in drawn) == (name != "version")


def test_choices_can_be_buttons():
    assert "choice-buttons" in draw("{% field bound segmented=True %}", bound=Sample()["mode"])


def test_several_files_are_cleaned_to_a_list(rf):
    field = ManyFilesField(required=False)
    assert field.clean(None) == []
    with pytest.raises(forms.ValidationError):
        ManyFilesField().clean([])


def test_the_query_keeps_what_is_not_changed():
    assert draw('{% query_string page=2 state="" %}') == "?q=%E7%A9%BA&amp;page=2"


def test_pages_are_linked_with_the_present_filter():
    drawn = draw("{% pagination page %}", page=Paginator(range(100), 10).page(3))
    assert 'aria-current="page">3<' in drawn
    assert "state=open" in drawn
    assert "21–30 of 100" in drawn
    assert draw("{% pagination page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_icons_are_hidden_from_screen_readers_unless_titled():
    assert 'aria-hidden="true"' in draw('{% icon "phone" %}')
    assert 'aria-label="&lt;x&gt;"' in draw('{% icon "phone" title=title %}', title="<x>")
    assert icons.UNKNOWN in draw('{% icon "no-such-icon" %}')


def test_a_timeline_tells_in_order_and_escapes():
    items = [
        {"title": "<b>", "text": "x", "icon": "inbox", "colour": "azure", "attachments": [{"name": "a", "url": "/f/"}]}
    ]
    drawn = draw("{% timeline items %}", items=items)
    assert "&lt;b&gt;" in drawn
    assert "c-azure" in drawn
    assert 'href="/f/"' in drawn


def test_a_tile_is_a_link_only_with_an_address():
    assert draw('{% stat "L" 5 %}').strip().startswith("<div")
    assert draw('{% stat "L" 5 url="/x/" %}').strip().startswith("<a")


def test_an_empty_list_says_what_to_do():
    assert 'href="/new/"' in draw('{% empty_state "None" "yet" url="/new/" action="New" %}')


def test_steps_and_stars():
    assert draw("{% steps labels 1 %}", labels=["a", "b", "c"]).count("is-done") == 2
    assert 'aria-label="3.6 / 5"' in draw("{% stars 3.6 %}")
    assert draw("{% stars None %}") == ""


def test_the_entry_of_the_present_page_is_marked():
    assert "aria-current" in draw("{% nav_mark item %}", item=NavItem("L", "/list/"))
    assert draw("{% nav_mark item %}", item=NavItem("L", "/other/")) == ""
    assert not NavItem("L", "/", exact=True).is_current("/list/")
