#!/usr/bin/env bash
# Everything that must hold. Each part runs even when an earlier one failed; the exit code remembers.
source "$(dirname "$0")/lib.sh"
.ci/install.sh dev browser postgres
BIN=$PWD/.venv/bin
OUT=var/test
rm -rf "$OUT"
mkdir -p "$OUT"
export PORTAL_EMBEDDED=1 PYTHONUNBUFFERED=1 COVERAGE_FILE="$PWD/$OUT/coverage"
# What the caller's shell has set for serving must not reach the tests.
unset DATABASE_URL CACHE_URL EMAIL_URL NOTIFY_URLS TASKS_BACKEND MEDIA_ROOT DEBUG SECRET_KEY SITE_URL
WORKERS=${TEST_WORKERS:-2}

part() { # part NAME COMMAND...
    local name=$1 start=$SECONDS code=0
    shift
    say "$name"
    "$@" || code=$?
    printf '%s\t%s\t%s\n' "$name" "$code" "$((SECONDS - start))" >>"$OUT/parts.tsv"
}

suite() { # suite NAME PYTEST-ARGUMENTS...   the counts go to the summary through a junit file
    local name=$1
    shift
    "$BIN/pytest" -q --junit-xml="$OUT/$name.xml" -o junit_suite_name="$name" "$@"
}

covered() { # covered PATTERN   at least 95 % by branch
    "$BIN/coverage" report --include="$1" --fail-under=95 --precision=1
}

part "ruff check" "$BIN/ruff" check --quiet .
part "ruff format" "$BIN/ruff" format --check --quiet .
part "types" "$BIN/mypy"
part "import contracts" "$BIN/lint-imports"
part "no missing migration" "$BIN/python" manage.py makemigrations --check --dry-run
# Each worker begins with a run of whole files, so that what a file prepares once is prepared once.
SHARED=(-n "$WORKERS" --dist worksteal)
SQLITE="not browser and not bench and not postgres"
# Coverage makes tests half as long again, so it is taken where the covered code has its tests.
MEASURED=(tests/{kpi,partners,tickets}/{actions,rules} tests/partners/views tests/portal/{journal,worktime} tests/oracle)
part "tests on SQLite, measured" suite measured "${SHARED[@]}" -m "$SQLITE" --cov --cov-report= "${MEASURED[@]}"
part "tests on SQLite, the others" suite sqlite "${SHARED[@]}" -m "$SQLITE" "${MEASURED[@]/#/--ignore=}"
part "tests on PostgreSQL" .ci/with-postgres.sh "$BIN/pytest" -q --junit-xml="$OUT/postgresql.xml" \
    "${SHARED[@]}" -m "not browser and not bench and not sqlite" --only-db --ignore=tests/house
part "coverage of rules" covered 'kpi/rules/*,partners/rules/*,tickets/rules/*'
part "coverage of actions" covered 'kpi/actions/*,partners/actions/*,tickets/actions/*,portal/worktime/actions.py'
part "coverage of journal" covered 'portal/journal/*'
part "coverage of worktime" covered 'portal/worktime/*'
part "browser journeys" suite browser "${SHARED[@]}" -m browser tests
exec "$BIN/python" .ci/summary.py "$OUT"
