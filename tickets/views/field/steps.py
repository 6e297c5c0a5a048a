"""The steps of a ticket as buttons: the sensible one large, the others in a list, grey ones with their reason."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices import ServiceMode
from tickets.forms.accept import AcceptForm
from tickets.forms.base import StepForm
from tickets.forms.steps import STEP_FORMS
from tickets.models import Ticket
from tickets.rules.next_step import leading
from tickets.rules.transition import MOVES
from tickets.views.field.words import ICONS, LEADS, SUBMIT

#: The partner's steps in the order of the work.
FIELD_STEPS = (
    "accept", "decline", "contact", "diagnose", "start", "arrive", "progress", "suspend", "resume", "complete",
    "answer", "deliver", "escalate", "transfer",
)  # fmt: skip
#: So many large buttons fit on a telephone.
MOST_FIRST = 2
GRAVE = frozenset({"decline", "transfer"})


@dataclass(frozen=True, slots=True)
class StepLink:
    """One step of the ticket's page."""

    name: str
    label: Any
    icon: str
    verdict: Verdict
    call: Any
    lead: Any = ""
    grave: bool = False
    #: Set where nothing is left to fill in: the step is one press.
    form: StepForm | None = None


@dataclass(frozen=True, slots=True)
class StepMenu:
    """What to offer first, what else is possible, and what is not and why."""

    first: list[StepLink]
    others: list[StepLink]
    grey: list[StepLink]


def step_menu(actor: Actor, ticket: Ticket) -> StepMenu:
    """The steps of this person for this ticket now; steps that his role never makes are not shown."""
    links = {name: link for name in FIELD_STEPS if (link := step_link(actor, ticket, name)) is not None}
    wanted = leading(
        ticket.state, ticket.category, ticket.mode, arrived=ticket.arrived_at is not None, due_kind=ticket.next_due_kind
    )
    first = [links[name] for name in wanted if name in links and links[name].verdict][:MOST_FIRST]
    rest = [link for link in links.values() if link not in first]
    return StepMenu(first, [link for link in rest if link.verdict], [link for link in rest if not link.verdict])


def step_link(actor: Actor, ticket: Ticket, name: str, sent: StepForm | None = None) -> StepLink | None:
    """One step with the verdict for this person now; None where his role never makes it. `sent` is a form that is
    there already, so that nobody asks twice what it knows."""
    if actor.role not in MOVES[name].who:
        return None
    verdict, form = ticket.verdict(actor, name), None
    if verdict and one_press(actor, name):
        form = sent or STEP_FORMS[name](actor=actor, ticket=ticket)
        verdict = _also(ticket, name, form)
    return StepLink(name, MOVES[name].label, ICONS[name], verdict, SUBMIT[name], LEADS[name], name in GRAVE, form)


def one_press(actor: Actor, name: str) -> bool:
    """Steps without anything to fill in; who accepts for himself has nothing to choose."""
    return name in ("arrive", "resume") or (name == "accept" and actor.role == Role.TECHNICIAN)


def _also(ticket: Ticket, name: str, form: StepForm) -> Verdict:
    """What the action would refuse anyway is grey already."""
    if isinstance(form, AcceptForm) and form.obstacle:
        return Denied(form.obstacle)
    if name == "arrive" and ticket.mode != ServiceMode.ON_SITE:
        return Denied(_("This ticket is handled remotely: nobody has to arrive."), wrong_state=True)
    if name == "arrive" and ticket.arrived_at is not None:
        return Denied(_("The arrival is logged already."), wrong_state=True)
    return ALLOWED
