"""How form controls look, and two controls of our own: stars and a drawn signature."""

from typing import Any

from django import forms
from django.forms import BoundField

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
]


def css_class(widget: forms.Widget) -> str:
    """The class that the frame's style sheet knows this control by."""
    return next(name for kind, name in CLASSES if isinstance(widget, kind))


def dress(widget: forms.Widget) -> None:
    """Give a control its class once; other classes stay."""
    if isinstance(widget, (SignatureWidget, StarsWidget, forms.HiddenInput)):
        return
    present = widget.attrs.get("class", "").split()
    if css_class(widget) not in present:
        widget.attrs["class"] = " ".join([*present, css_class(widget)])


def parts(
    bound: BoundField, *, label: Any, help_text: Any, segmented: bool, css: str, attrs: dict[str, Any]
) -> dict[str, Any]:
    """What components/field.html needs to draw one field."""
    widget = bound.field.widget
    dress(widget)
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    if bound.errors:
        extra["class"] = f"{widget.attrs.get('class', '')} is-invalid".strip()
        extra["aria-invalid"] = "true"
    return {
        "field": bound,
        "label": label if label is not None else bound.label,
        "help": help_text if help_text is not None else bound.help_text,
        "css": css,
        "required": bound.field.required,
        "kind": kind_of(widget, segmented),
        "control": bound.as_widget(attrs=extra),
        "max_mb": getattr(bound.field, "max_mb", ""),
    }


def kind_of(widget: forms.Widget, segmented: bool) -> str:
    """Which of the component's shapes fits: hidden, stars, signature, check, buttons, options, file or plain."""
    shapes: list[tuple[Any, str]] = [
        (SignatureWidget, "signature"),
        (forms.HiddenInput, "hidden"),
        (StarsWidget, "stars"),
        (forms.CheckboxInput, "check"),
        ((forms.RadioSelect, forms.CheckboxSelectMultiple), "buttons" if segmented else "options"),
        (forms.FileInput, "file"),
    ]
    return next((name for kinds, name in shapes if isinstance(widget, kinds)), "plain")


class StarsWidget(forms.RadioSelect):
    """One to five stars, drawn by the style sheet alone; arrow keys work as with any radio buttons."""

    template_name = "components/stars.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # The style sheet colours what follows the checked one, so the highest comes first.
        context["stars"] = [option for group in reversed(context["widget"]["optgroups"]) for option in group[1]]
        return context


class SignatureWidget(forms.HiddenInput):
    """A canvas to sign on; the value is a PNG data URL. `media` names the scripts that the page must load."""

    template_name = "components/signature.html"
    input_type = "hidden"

    @property
    def is_hidden(self) -> bool:
        return False


class ManyFilesInput(forms.FileInput):
    """A file control that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploaded files as a list; what they may be is decided by portal.files."""

    widget = ManyFilesInput
    max_mb: int | str = ""

    def __init__(self, *args: Any, max_mb: int | str = "", **kwargs: Any) -> None:
        self.max_mb = max_mb
        super().__init__(*args, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            super().clean(None, initial)
        return [super(ManyFilesField, self).clean(one, initial) for one in files]
