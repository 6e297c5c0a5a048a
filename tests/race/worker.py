"""One of the workers of a race: `python -m tests.race.worker MODE STAFF_PK BARRIER_SECONDS TICKET…` prints what it won.

It is a process of its own with its own connection, as a web worker is.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def take(mode: str, staff_pk: int, tickets: list[int]) -> dict[str, list[int]]:
    """Try to accept every ticket; `locked` through the action, `unlocked` by looking first and writing then."""
    from partners.models import Staff  # noqa: PLC0415  Django must be set up first
    from portal.accounts.actor import Actor  # noqa: PLC0415
    from portal.kernel.errors import Conflict  # noqa: PLC0415
    from tickets.actions.dispatch import accept  # noqa: PLC0415
    from tickets.models import Ticket  # noqa: PLC0415

    staff = Staff.objects.select_related("user").get(pk=staff_pk)
    actor = Actor.of(staff.user)
    won: dict[str, list[int]] = {"won": [], "late": [], "failed": []}
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
    """Wait for the common start, run, print."""
    mode, staff_pk, start = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    django.setup()
    time.sleep(max(0.0, start - time.time()))
    print(json.dumps(take(mode, staff_pk, [int(pk) for pk in sys.argv[4:]])))


if __name__ == "__main__":
    main()
