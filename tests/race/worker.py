"""The crowd of a race: `python -m tests.race.worker MODE STAFF_PK,STAFF_PK… TICKET…` prints what each of them won.

Each of the crowd is a process of its own with its own connection, as a web worker is; Django is set up once, before
they part, and they begin together.
"""

import json
import multiprocessing
import os
import sys
import time
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def take(mode: str, tickets: list[int], staff_pk: int) -> dict[str, list[int]]:
    """Try to accept every ticket; `locked` through the action, `unlocked` by looking first and writing then."""
    from partners.models import Staff  # noqa: PLC0415  Django must be set up first
    from portal.accounts.actor import Actor  # noqa: PLC0415
    from portal.kernel.errors import Conflict  # noqa: PLC0415
    from tickets.actions.dispatch import accept  # noqa: PLC0415
    from tickets.models import Ticket  # noqa: PLC0415

    staff = Staff.objects.select_related("user").get(pk=staff_pk)
    actor = Actor.of(staff.user)
    won: dict[str, list[int]] = {"won": [], "late": [], "failed": []}
    together.wait(timeout=120)
    for pk in tickets:
        try:
            if mode == "locked":
                accept(actor, Ticket(pk=pk), staff)
                won["won"].append(pk)
            elif Ticket.objects.filter(pk=pk, state="dispatched").exists():
                time.sleep(0.002)  # what a page does between looking and writing
                Ticket.objects.filter(pk=pk).update(owner=staff)
                won["won"].append(pk)
        except Conflict:
            won["late"].append(pk)
        except Exception as error:  # noqa: BLE001  whatever else happens is what the test is looking for
            won["failed"].append(pk)
            print(repr(error), file=sys.stderr)
    return won


def main() -> None:
    """Part into as many processes as there are people, run, print."""
    global together  # noqa: PLW0603  the processes inherit it
    mode, people = sys.argv[1], [int(pk) for pk in sys.argv[2].split(",")]
    django.setup()
    parting = multiprocessing.get_context("fork")
    together = parting.Barrier(len(people))
    with parting.Pool(len(people)) as crowd:
        # Nobody runs for two: whoever has begun waits for all the others.
        won = crowd.map(partial(take, mode, [int(pk) for pk in sys.argv[3:]]), people, chunksize=1)
    print(json.dumps(won))


if __name__ == "__main__":
    main()
