"""A computed clock as lists and figures keep it: every column of its row but the ticket's own."""

from typing import Any

from tickets.rules.sla_clock.results import ClockResult


def clock_columns(result: ClockResult, policy_version: str) -> dict[str, Any]:
    """What is stored of a clock. Lengths of time are stored when it has stopped: until then they grow by themselves.

    `as_of` says at which moment the rest was true: time alone makes a running clock breached.
    """
    stopped = result.stopped_at is not None
    return {
        "kind": result.kind,
        "cycle": result.cycle,
        "rule": result.rule,
        "clause": result.line.clause,
        "leading": result.leading,
        "policy_version": policy_version,
        "calendar_version": result.calendar.version,
        "started_at": result.started_at,
        "due_at": result.due_at,
        "original_due_at": result.original_due_at,
        "stopped_at": result.stopped_at,
        "stopped_by": result.stopped_by,
        "state": result.state,
        "breached_at": result.breached_at,
        "paused_s": result.paused_s,
        "elapsed_s": result.elapsed_s if stopped else None,
        "worked_s": result.working_elapsed_s if stopped else None,
        "missed_s": result.missed_s if stopped else None,
        "as_of": result.as_of,
    }
