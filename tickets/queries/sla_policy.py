"""Policies as the clocks read them: the one in force, and the one that a ticket began under (R003).

A version in force never changes again, so it is read once a process and answered from memory ever after.
"""

from datetime import date

from portal.kernel import clock
from tickets.choices import Category
from tickets.choices.sla_policy import PolicyStanding, PolicyState
from tickets.models import PolicyVersion, Ticket
from tickets.queries.contract_terms import PARTNER_ONLY, clauses_of
from tickets.rules.contract_terms import for_inspections, joined, lines_of
from tickets.rules.sla_policy import DEFAULT_POLICY, Policy, by_reason

#: The first version is known without asking: it is the seed of the database and written down in the rules.
FIRST = int(DEFAULT_POLICY.version)
_known: dict[int, Policy] = {}


def forget() -> None:
    """Drop what is remembered, where a database was put back to an earlier state (tests, a restored copy)."""
    _known.clear()


def policy_of(ticket: Ticket) -> Policy:
    """The policy that the ticket began under; a later version never moves it."""
    return policy_numbered(ticket.policy_version)


def policy_with_papers(ticket: Ticket) -> tuple[Policy, str | None]:
    """The policy that the ticket began under, with what its agreement and its partner's contract said on that day.

    Also the name by which the lines of these papers speak of the ticket; a later version never moves it.
    """
    policy, rows = policy_of(ticket), clauses_of(ticket)
    if ticket.category == Category.MAINTENANCE:
        return for_inspections(policy), None
    if not rows and not policy.contracts:
        return policy, None
    key = str(ticket.agreement.number) if ticket.agreement else PARTNER_ONLY
    return joined(policy, lines_of(rows, key)), key


def policy_numbered(number: int) -> Policy:
    """The version of that number. Raises PolicyVersion.DoesNotExist."""
    if number == FIRST:
        return DEFAULT_POLICY
    policy = _known.get(number)
    if policy is None:
        row = PolicyVersion.objects.get(number=number)
        policy = as_policy(row)
        if row.state == PolicyState.IN_FORCE:
            _known[number] = policy
    return policy


def as_policy(row: PolicyVersion) -> Policy:
    """The version's rows as a policy, drafts too; two queries."""
    lines = tuple(line.as_rule() for line in row.lines.order_by("code"))
    return Policy(str(row.number), lines, by_reason(pause.as_rule() for pause in row.pauses.order_by("pk")))


def number_in_force(day: date | None = None) -> int:
    """The version under which a ticket of that day (default: today) begins; one small query."""
    dated = PolicyVersion.objects.filter(state=PolicyState.IN_FORCE, effective_on__lte=day or clock.today())
    return dated.order_by("-effective_on").values_list("number", flat=True).first() or FIRST


def policy_in_force(day: date | None = None) -> Policy:
    """The policy itself of `number_in_force`."""
    return policy_numbered(number_in_force(day))


def standing_of(row: PolicyVersion, number: int | None = None) -> PolicyStanding:
    """How the version stands today; `number` is the one in force, where it is known already."""
    if row.state != PolicyState.IN_FORCE or row.effective_on is None:
        return PolicyStanding(row.state)
    if row.effective_on > clock.today():
        return PolicyStanding.PLANNED
    in_force = number_in_force() if number is None else number
    return PolicyStanding.IN_FORCE if row.number == in_force else PolicyStanding.SUPERSEDED
