"""The ladder that a new portal begins with."""

from tickets.models import LadderRung
from tickets.rules.warning import DEFAULT_LADDER


def install() -> None:
    """Write the default rungs where there are none; who wants no warnings switches rungs off in place of deleting."""
    if LadderRung.objects.exists():
        return
    for rung in DEFAULT_LADDER.rungs:
        LadderRung.objects.create(
            kind=rung.kind,
            category=rung.category,
            percent=rung.percent,
            minutes_after=rung.minutes_after,
            audience=rung.audience,
        )
