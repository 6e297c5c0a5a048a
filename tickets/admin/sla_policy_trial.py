"""What the page 'Try a policy' shows: clocks of a made-up case, or last quarter under both policies."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from portal.adminkit.dress import dress
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.webkit import show
from tickets.actions import sla_policy_trial as trial
from tickets.choices import ClockKind, ClockState
from tickets.forms.sla_policy_trial import CaseForm
from tickets.models import PolicyVersion
from tickets.queries.clock_why import explained
from tickets.queries.sla_policy import as_policy, policy_in_force
from tickets.rules.sla_clock import ClockResult

CASE, QUARTER = "case", "quarter"


def context(request: HttpRequest, row: PolicyVersion) -> dict[str, Any]:
    """Both parts of the page; the quarter is computed only when it is asked for."""
    last = Quarter.of(clock.now()).previous()
    what = QUARTER if request.GET.get("what") == QUARTER else CASE
    common = {"what": what, "quarter": last, "most": trial.MOST}
    if what == CASE:
        return {**common, **_case(request, row)}
    found = trial.on_quarter(request.actor, as_policy(row)) if request.GET.get("go") else None
    return {**common, "trial": found, "turned": _turned(found)}


def _case(request: HttpRequest, row: PolicyVersion) -> dict[str, Any]:
    asked = "received_at" in request.GET
    form = CaseForm(request.GET if asked else None)
    dress(form)
    if not asked or not form.is_valid():
        return {"form": form, "clocks": None}
    case, events, at = form.case(), form.events(), form.seen_at()
    tried = trial.on_case(as_policy(row), case, events, at)
    usual = {(r.kind, r.cycle): r for r in trial.on_case(policy_in_force(), case, events, at) if r.leading}
    said, leading = explained(tried), [r for r in tried if r.leading]
    lines = [_line(r, usual.get((r.kind, r.cycle)), said[r.kind, r.cycle]) for r in leading]
    return {"form": form, "seen_at": at, "clocks": lines}


def _line(result: ClockResult, usual: ClockResult | None, said: list[str]) -> dict[str, Any]:
    return {
        "kind": ClockKind(result.kind).label,
        "cycle": result.cycle,
        "due_at": result.due_at,
        "leading": result.leading,
        "usual_due_at": usual.due_at if result.leading and usual and usual.due_at != result.due_at else None,
        "badge": show.badge(result.state, ClockState),
        "clause": result.line.clause,
        "missed": show.span(timedelta(seconds=result.missed_s)) if result.missed_s else "",
        "why": said,
    }


def _turned(found: trial.Trial | None) -> list[dict[str, Any]]:
    """The tickets that change, with the names of the clocks."""
    if found is None:
        return []
    return [
        {
            "ticket": turned.ticket,
            "later": [ClockKind(kind).label for kind in turned.later],
            "earlier": [ClockKind(kind).label for kind in turned.earlier],
        }
        for turned in found.turned
    ]
