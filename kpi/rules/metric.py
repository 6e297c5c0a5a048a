"""The registry of figures: what each counts, against which target, on which requirement it rests (R086, R102, R183)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kpi.choices import Direction


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure. `target` is a ratio (0.95 = 95 %); `recorded` is False while no record feeds it yet."""

    code: str
    name: Any
    definition: Any
    numerator: Any
    denominator: Any
    target: Decimal | None
    requirement: str
    direction: Direction = Direction.AT_LEAST
    decimals: int = 1
    recorded: bool = True


def _metric(code: str, target: str | None, requirement: str, *words: Any, **extra: Any) -> Metric:
    name, definition, numerator, denominator = words
    goal = Decimal(target) / 100 if target else None
    return Metric(code, name, definition, numerator, denominator, goal, requirement, **extra)


_METRICS = (
    _metric(
        "response_24h", "100", "R010, R083, R087",
        _("Responses within 24 hours"),
        _("Share of all tickets that had their first substantive contact within 24 hours of receipt."),
        _("answered within 24 h"), _("tickets"),
    ),
    _metric(
        "response_on_time", "95", "R199–R202",
        _("Responses on time"),
        _("Share of the response clocks that were stopped in time; a clock still running counts once it is due."),
        _("response clocks met"), _("response clocks due or stopped"),
    ),
    _metric(
        "resolution_on_time", "90", "R199–R202",
        _("Resolutions on time"),
        _("Share of the resolution clocks that were met; one stops at the completion that the customer confirms."),
        _("resolution clocks met"), _("resolution clocks due or stopped"),
    ),
    _metric(
        "resolution_rate", "95", "R219",
        _("Resolution rate"),
        _("Share of all tickets that the customer confirmed as resolved, or that are closed, in time or not."),
        _("confirmed or closed"), _("tickets"),
    ),
    _metric(
        "completion_rate", "95", "R015",
        _("Service completion rate"),
        _("Share of the dispatched tickets whose work was reported as completed, confirmed or not."),
        _("completed"), _("tickets dispatched"),
    ),
    _metric(
        "repair_success", "95", "R086, R089",
        _("Repair success rate"),
        _("Share of the completed repairs that were confirmed without a rejection and without reopening in 30 days."),
        _("confirmed at the first attempt"), _("repairs completed"),
    ),
    _metric(
        "csat", "85", "R086, R088, R222",
        _("Customer satisfaction"),
        _("Share of the ratings given in the period whose overall score is 4 or 5; the mean score stands beside it."),
        _("overall score 4 or 5"), _("ratings"),
    ),
    _metric(
        "parts_on_time", "98", "R086, R090",
        _("Parts supplied on time"),
        _("Share of the part requests promised in the period that were supplied by the promised day, once decided."),
        _("supplied as promised"), _("part requests supplied or due"),
    ),
    _metric(
        "complaint_rate", "2", "R015",
        _("Complaint rate"),
        _("Complaints open or upheld, in relation to the tickets handled; a withdrawn complaint does not count."),
        _("complaints"), _("tickets"), direction=Direction.AT_MOST,
    ),
    _metric(
        "callback_rate", "100", "R027, R223",
        _("Call-backs after low scores"),
        _("Share of the ratings with any score below 3 that were called back; an anonymous one names nobody to call."),
        _("called back"), _("ratings with a score below 3"),
    ),
    _metric(
        "progress_discipline", "95", "R212",
        _("Daily progress entries"),
        _("Share of the calendar days on which a ticket was open after acceptance that have a progress entry."),
        _("days with an entry"), _("open ticket-days"),
    ),
    _metric(
        "acceptance_on_time", "95", "R204",
        _("Acceptances on time"),
        _("Share of the dispatches that were accepted within the hour; one whose hour is not over is left out."),
        _("acceptance clocks met"), _("dispatches"),
    ),
    _metric(
        "answer_rate", None, "R126, R127, R131",
        _("Answer and reply rate"),
        _("Share of the contacts that were answered within the limit of their channel."),
        _("answered within the limit"), _("contacts"), recorded=False,
    ),
    _metric(
        "audit_authenticity", "100", "R029",
        _("Truthfulness of records"),
        _("Share of the records sampled by the auditor that were found true."),
        _("found true"), _("records sampled"), recorded=False,
    ),
    _metric(
        "arrival_on_time", "95", "R208",
        _("Arrivals on time"),
        _("Share of the arrival clocks that were met; only on-site service has one."),
        _("arrival clocks met"), _("arrival clocks due or stopped"),
    ),
    _metric(
        "first_visit_fix", "85", "I08",
        _("First-visit fix rate"),
        _("Share of the confirmed on-site repairs that needed one visit only."),
        _("one visit"), _("on-site repairs confirmed"),
    ),
    _metric(
        "repeat_repair", "5", "I08",
        _("Repeat repair rate"),
        _("Repairs of the same equipment and fault within 3 months, in relation to all repairs."),
        _("repeated within 3 months"), _("repairs"), direction=Direction.AT_MOST, recorded=False,
    ),
    _metric(
        "complaint_closure", "100", "R202",
        _("Complaints answered on time"),
        _("Share of the complaints due that were given feedback within 5 working days."),
        _("feedback within 5 working days"), _("complaints due"),
    ),
)  # fmt: skip
METRICS: Mapping[str, Metric] = {metric.code: metric for metric in _METRICS}

#: The rates that are easily taken for one another; the report explains them side by side (R102).
FOUR_RATES = ("resolution_rate", "completion_rate", "repair_success", "resolution_on_time")
