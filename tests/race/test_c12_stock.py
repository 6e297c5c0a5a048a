"""C12: two people take the last piece at once; one has it each time, the stock is 0 and never below. And G06: a sheet
whose process is killed in the middle leaves nothing behind.

`RACE_ROUNDS=500` runs the long race.
"""

import json
import os
import subprocess
import sys
import time

from tests.race.conftest import ROOT, environment, run

ROUNDS = int(os.environ.get("RACE_ROUNDS", "40"))
LOOK = """
import json
from partners.models import SparePart, Stock
from partners.queries.stock import disagreements
from portal.exchange.log import IMPORTED
from portal.journal.models import JournalEntry
store = Stock.objects.filter(place_id={store})
print(json.dumps({{
    "left": sum(store.values_list("quantity", flat=True)),
    "bags": sum(Stock.objects.filter(place_id__in={bags}).values_list("quantity", flat=True)),
    "wrong": disagreements(),
    "killed": SparePart.objects.filter(number__startswith="KILL-").count(),
    "history": SparePart.history.filter(number__startswith="KILL-").count(),
    "told": JournalEntry.objects.filter(verb=IMPORTED).count(),
}}))
"""


def look(url, store=0, bags=(0,)):
    code = LOOK.format(store=store, bags=list(bags))
    return json.loads(run(url, "manage.py", "shell", "-v", "0", "-c", code).splitlines()[-1])


def test_c12_the_last_piece_has_one_taker(arena):
    stand = json.loads(run(arena, "-m", "tests.race.stock_worker", "stand", str(ROUNDS)))
    start = str(time.time() + 2.5)
    first = str(stand["parts"][0])
    issue = [sys.executable, "-m", "tests.race.stock_worker", "issue", start, str(stand["store"])]
    crowd = [
        subprocess.Popen(
            [*issue, str(bag), first, str(ROUNDS)],
            cwd=ROOT, env=environment(arena), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for bag in stand["bags"]
    ]  # fmt: skip
    results = []
    for worker in crowd:
        out, err = worker.communicate(timeout=240)
        assert worker.returncode == 0, err[-2000:]
        results.append(json.loads(out))
    assert [result["failed"] for result in results] == [[], []]
    assert sorted(results[0]["won"] + results[1]["won"]) == sorted(stand["parts"])
    assert sorted(results[0]["late"] + results[1]["late"]) == sorted(stand["parts"])
    found = look(arena, stand["store"], stand["bags"])
    assert (found["left"], found["bags"], found["wrong"]) == (0, ROUNDS, [])


def test_g06_a_killed_import_leaves_nothing(arena):
    before = look(arena)["told"]
    command = [sys.executable, "-m", "tests.race.stock_worker", "import"]
    killed = subprocess.run(command, cwd=ROOT, env=environment(arena), capture_output=True, timeout=240, check=False)
    assert killed.returncode == -9, killed.stderr[-2000:]
    found = look(arena)
    assert (found["killed"], found["history"], found["told"] - before) == (0, 0, 0)
