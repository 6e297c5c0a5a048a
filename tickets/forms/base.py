"""One form a step: shape and wording of the input; saving it calls the step's action."""

from typing import Any

from django import forms

from portal.accounts.actor import Actor
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.forms import VersionedForm
from tickets.models import Ticket


class StepForm(VersionedForm):
    """Base of all steps' forms. `step` names the transition; subclasses write `act()`.

    The same form serves the admin's dialog, the technician's page and the customer's link.
    """

    step: str
    #: What the button says, where the transition's label is not enough.
    submit_label: Any = None

    def __init__(self, *args: Any, actor: Actor, ticket: Ticket, **kwargs: Any) -> None:
        self.actor, self.ticket = actor, ticket
        super().__init__(*args, instance=ticket, **kwargs)

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        """Call the action with the cleaned values; `corridor` holds version and key."""
        raise NotImplementedError

    def save(self) -> Ticket:
        """Run the action; raises Refused or Conflict. InvalidInput becomes an error of the form and is raised too."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}
        try:
            return self.act(values, version=self.seen_version, key=self.sent_key)
        except InvalidInput as error:
            self.blame(error)
            raise

    def blame(self, error: PortalError) -> None:
        """Show a refusal where it belongs: at its field, or above the form."""
        field = getattr(error, "field", None)
        self.add_error(field if field in self.fields else None, forms.ValidationError(str(error)))
