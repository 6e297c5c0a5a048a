"""C01: many technicians take the same tickets at the same moment; each ticket has one taker, also across processes.

The negative control looks first and writes then, as a program without the lock does: it must show doubles, or the
race was none and the test is void.
"""

import json
import os
from collections import Counter

from django.db import connection

from tests.race.conftest import run

#: `RACE_TICKETS=300` runs the long race.
TICKETS, WORKERS = int(os.environ.get("RACE_TICKETS", "30")), {"sqlite": 8, "postgresql": 16}


def race(url: str, mode: str, tickets: list[int], staff: list[int]) -> list[dict[str, list[int]]]:
    return json.loads(run(url, "-m", "tests.race.worker", mode, ",".join(map(str, staff)), *map(str, tickets)))


def test_c01_every_ticket_is_taken_once(arena):
    people = WORKERS[connection.vendor]
    stand = json.loads(run(arena, "-m", "tests.race.stand", str(2 * TICKETS), str(people)))
    free, control = stand["tickets"][:TICKETS], stand["tickets"][TICKETS:]

    unlocked = Counter(pk for result in race(arena, "unlocked", control, stand["staff"]) for pk in result["won"])
    assert sum(n - 1 for n in unlocked.values()) > 0, "no double in the control: this race proves nothing"

    results = race(arena, "locked", free, stand["staff"])
    takes = Counter(pk for result in results for pk in result["won"])
    assert [result["failed"] for result in results if result["failed"]] == []
    assert takes == Counter(free)
    assert sum(len(result["late"]) for result in results) == TICKETS * (people - 1)
    verified = json.loads(run(arena, "manage.py", "verify_journal", "--json"))
    assert not verified["breaks"]
