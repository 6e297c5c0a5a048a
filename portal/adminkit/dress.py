"""Put Unfold's clothes on forms that know nothing of Unfold, so that one form serves admin and pages alike."""

from django import forms
from unfold import widgets

PLAIN = (forms.HiddenInput,)
CLASSES: list[tuple[type[forms.Widget], list[str]]] = [
    (forms.CheckboxInput, widgets.CHECKBOX_CLASSES),
    # Before RadioSelect, of which it is a kind.
    (forms.CheckboxSelectMultiple, widgets.CHECKBOX_CLASSES),
    (forms.RadioSelect, widgets.RADIO_CLASSES),
    (forms.FileInput, ["ak-file"]),
    (forms.Select, widgets.SELECT_CLASSES),
    (forms.Textarea, [*widgets.BASE_INPUT_CLASSES, "ak-area"]),
    (forms.Widget, widgets.BASE_INPUT_CLASSES),
]
DJANGOS_ROWS = "10"
OPTIONS, OPTION = "unfold/widgets/radio.html", "unfold/widgets/radio_option.html"
#: What the pages' own frame puts on controls; here it means nothing.
FOREIGN = {"form-control", "form-select", "form-check-input"}


def dress(form: forms.BaseForm) -> forms.BaseForm:
    """Give every visible control of the form Unfold's classes; its own other classes stay."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, PLAIN):
            continue
        if type(widget) in (forms.RadioSelect, forms.CheckboxSelectMultiple):
            # Django's own template puts the class of the single options on the frame around them too.
            widget.template_name, widget.option_template_name = OPTIONS, OPTION
        kept = [name for name in widget.attrs.get("class", "").split() if name not in FOREIGN]
        ours = next(names for kind, names in CLASSES if isinstance(widget, kind))
        widget.attrs["class"] = " ".join([*kept, *(name for name in ours if name not in kept)])
        if isinstance(widget, forms.Textarea):
            widget.attrs["rows"] = 4 if widget.attrs.get("rows", DJANGOS_ROWS) == DJANGOS_ROWS else widget.attrs["rows"]
    return form


def shape(bound: forms.BoundField) -> str:
    """How the step page lays the field out: hidden, check, options, wide or plain."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    return "wide" if isinstance(widget, forms.Textarea | forms.FileInput) else "plain"
