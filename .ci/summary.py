"""Close `make test`: one line a part, then pytest's summary line over all its runs. Exit 1 if any part failed."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def counts(folder: Path) -> dict[str, int]:
    """Add up the junit files that the pytest runs left."""
    total = dict.fromkeys(("failed", "passed", "skipped", "error"), 0)
    for path in sorted(folder.glob("*.xml")):
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            numbers = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
            total["failed"] += numbers["failures"]
            total["error"] += numbers["errors"]
            total["skipped"] += numbers["skipped"]
            total["passed"] += numbers["tests"] - numbers["failures"] - numbers["errors"] - numbers["skipped"]
    return total


def main(folder: Path) -> int:
    parts = [line.split("\t") for line in (folder / "parts.tsv").read_text().splitlines()]
    broken = [name for name, code, _ in parts if code != "0"]
    print("\nPart                          result   seconds")
    for name, code, seconds in parts:
        print(f"{name:<30}{'ok' if code == '0' else f'FAILED ({code})':<9}{seconds:>7}")
    total = counts(folder)
    # A part that is not pytest (lint, types, coverage) and failed counts as one error, so that the line cannot lie.
    told = total["failed"] + total["error"]
    silent = [name for name in broken if not name.startswith(("tests", "browser"))] or (broken if not told else [])
    total["error"] += len(silent)
    words = [f"{n} {'errors' if kind == 'error' and n > 1 else kind}" for kind, n in total.items() if n]
    if broken:
        print(f"\nNot in order: {', '.join(broken)}")
    took = sum(int(seconds) for _, _, seconds in parts)
    print(f" {', '.join(words) or 'no tests ran'} in {took}.00s ({took // 60}:{took % 60:02}) ".center(80, "="))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
