"""Parts under contention: `python -m tests.race.stock_worker MODE …`, a process of its own with its own connection.

`stand ROUNDS` makes as many parts with one piece each in one store and prints what the workers need. `issue START STORE
BAG FIRST ROUNDS` takes the last piece of one part after the other. `import` writes a sheet of parts and kills itself
in the middle of it; `SHEET_ROWS=5000` makes it a full one.
"""

import json
import os
import signal
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
ROWS = int(os.environ.get("SHEET_ROWS", "400"))


def stand(rounds: int) -> dict[str, object]:
    """A store with one piece of each part, and two bags."""
    from django.db import transaction  # noqa: PLC0415  Django must be set up first

    from partners.models import ProductLine  # noqa: PLC0415
    from portal.accounts.models import Organisation  # noqa: PLC0415
    from tests import factories as make  # noqa: PLC0415
    from tests.factories.stock import bag, stocked, store  # noqa: PLC0415

    # Another race has left its rows in the same database: count on from there.
    for factory in (make.OrganisationFactory, make.PartnerFactory, make.OutletFactory, make.StaffFactory):
        factory.reset_sequence(1000 * (1 + Organisation.objects.count()), force=True)
    with transaction.atomic():
        line = ProductLine.objects.filter(code="RACE").first() or make.ProductLineFactory(code="RACE")
        outlet = make.OutletFactory(lines=[line])
        bags = [bag(make.StaffFactory(outlet=outlet, user=None)).pk for _ in range(2)]
        parts = [stocked(store(outlet), 1).pk for _ in range(rounds)]
    return {"store": store(outlet).pk, "bags": bags, "parts": parts}


def issue(start: float, store: int, bag: int, first: int, rounds: int) -> dict[str, object]:
    """Take the last piece of each part into the own bag; every round begins at its own moment for both."""
    from partners.actions import stock  # noqa: PLC0415
    from partners.actions.ledger import Item  # noqa: PLC0415
    from partners.models import SparePart, StockPlace  # noqa: PLC0415
    from portal.accounts.actor import Actor  # noqa: PLC0415
    from portal.kernel.errors import InvalidInput  # noqa: PLC0415

    places = {place.pk: place for place in StockPlace.objects.select_related("outlet", "staff__outlet")}
    parts = SparePart.objects.in_bulk(range(first, first + rounds))
    won, late, failed = [], [], []
    pause = max(0.0, start - time.time())
    time.sleep(pause)
    for pk in sorted(parts):
        try:
            stock.transfer(Actor.system(), places[store], places[bag], [Item(parts[pk], 1)])
            won.append(pk)
        except InvalidInput:
            late.append(pk)
        except Exception as error:  # noqa: BLE001  whatever else happens is what the test is looking for
            failed.append(repr(error))
    return {"won": won, "late": late, "failed": failed}


def take_in() -> None:
    """Killed when the last row is written and nothing is committed yet."""
    from partners.models import SparePart  # noqa: PLC0415
    from portal.accounts.actor import Actor  # noqa: PLC0415
    from portal.exchange import running  # noqa: PLC0415
    from portal.exchange.registry import resource_for  # noqa: PLC0415
    from portal.exchange.sheet import Sheet  # noqa: PLC0415

    sheet = Sheet(["number", "name", "cost_price"])
    for n in range(ROWS):
        sheet.add(n + 2, [f"KILL-{n:05d}", "备件", "1.00"])
    resource = resource_for(SparePart)(Actor.system())
    running.take(resource, sheet, lambda outcome: os.kill(os.getpid(), signal.SIGKILL))


def main() -> None:
    mode, *arguments = sys.argv[1:]
    django.setup()
    if mode == "stand":
        print(json.dumps(stand(int(arguments[0]))))
    elif mode == "issue":
        start, *numbers = arguments
        print(json.dumps(issue(float(start), *map(int, numbers))))
    else:
        take_in()


if __name__ == "__main__":
    main()
