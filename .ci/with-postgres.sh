#!/usr/bin/env bash
# with-postgres.sh COMMAND...   runs COMMAND with DATABASE_URL of a PostgreSQL that lives as long as the command.
# with-postgres.sh --available  says by its exit code whether there is a PostgreSQL to run.
set -euo pipefail

bin_dir() {
    local dir
    for dir in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) "$(dirname "$(command -v initdb || echo /none/x)")"; do
        [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && { echo "$dir"; return 0; }
    done
    return 1
}

BIN=$(bin_dir) || { [ "${1:-}" = --available ] || echo "No PostgreSQL server programs found." >&2; exit 1; }
[ "${1:-}" = --available ] && exit 0

DIR=$(mktemp -d "${TMPDIR:-/tmp}/portal-pg.XXXXXX")
AS=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    USER_NAME=$(id -u postgres >/dev/null 2>&1 && echo postgres || echo nobody)
    chown "$USER_NAME" "$DIR"
    AS=(setpriv --reuid="$USER_NAME" --regid="$(id -g "$USER_NAME")" --clear-groups env HOME="$DIR")
fi

finish() {
    local code=$? pid
    pid=$(head -n 1 "$DIR/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$pid" ]; then
        kill -INT "$pid" 2>/dev/null || true # fast shutdown: sessions are cut
        for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        kill -QUIT "$pid" 2>/dev/null || true
    fi
    rm -rf "$DIR"
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

cd "$DIR"
"${AS[@]}" "$BIN/initdb" -D data -U portal --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 ||
    { cat initdb.log >&2; exit 1; }

# A port that is free now may be taken a moment later, so try a few.
for _ in 1 2 3 4 5; do
    PG_PORT=$((20000 + RANDOM % 20000))
    "${AS[@]}" "$BIN/postgres" -D data -k "$DIR" -h 127.0.0.1 -p "$PG_PORT" -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c shared_buffers=128MB -c dynamic_shared_memory_type=mmap -c max_connections=100 \
        >server.log 2>&1 &
    SERVER=$!
    for _ in $(seq 100); do
        "$BIN/pg_isready" -q -h "$DIR" -p "$PG_PORT" && break 2
        kill -0 "$SERVER" 2>/dev/null || break
        sleep 0.1
    done
done
"$BIN/pg_isready" -q -h "$DIR" -p "$PG_PORT" || { cat server.log >&2; exit 1; }
"$BIN/createdb" -h "$DIR" -p "$PG_PORT" -U portal -E UTF8 -T template0 portal
cd "$OLDPWD"
export DATABASE_URL="postgres://portal@127.0.0.1:$PG_PORT/portal"
"$@"
