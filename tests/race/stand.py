"""Prepare a race in the database that DATABASE_URL names: tickets waiting to be taken, and people who may take them."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def main() -> None:
    """`python -m tests.race.stand TICKETS PEOPLE` prints the primary keys of tickets and staff."""
    django.setup()
    from django.db import transaction  # noqa: PLC0415  Django must be set up first

    from portal.accounts.roles import Role  # noqa: PLC0415
    from portal.notify.queue import as_delivered  # noqa: PLC0415
    from tests import factories as make  # noqa: PLC0415
    from tests.tickets.stages import Stage  # noqa: PLC0415
    from tickets.choices import TicketState  # noqa: PLC0415

    tickets, people = int(sys.argv[1]), int(sys.argv[2])
    with transaction.atomic(), as_delivered():
        stage = Stage()
        waiting = [stage.ticket_in(TicketState.DISPATCHED).pk for _ in range(tickets)]
        staff = []
        for n in range(people):
            user = make.member(Role.TECHNICIAN, stage.side.organisation, username=f"racer{n}", name=f"Racer{n}")
            person = make.StaffFactory(outlet=stage.side.outlet, user=user, name=f"Racer{n}", number=f"R-{n}")
            make.CertificateFactory(staff=person, product_line=stage.line, number=f"RC-{n}")
            staff.append(person.pk)
    print(json.dumps({"tickets": waiting, "staff": staff}))


if __name__ == "__main__":
    main()
