"""Which form serves which step, for every entrance alike."""

from tickets.forms.base import StepForm

STEP_FORMS: dict[str, type[StepForm]] = {}


def step_form(form: type[StepForm]) -> type[StepForm]:
    """Class decorator: make a form the one of its step."""
    if form.step in STEP_FORMS:
        raise ValueError(f"step {form.step!r} has two forms")
    STEP_FORMS[form.step] = form
    return form
