#!/usr/bin/env bash
# `make run`: the embedded portal on this machine. Every setting can be given from outside (docs/OPERATIONS.md).
source "$(dirname "$0")/lib.sh"
export PORTAL_EMBEDDED=${PORTAL_EMBEDDED:-1} HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000} PYTHONUNBUFFERED=1
if [ -z "${SECRET_KEY:-}" ]; then
    # One secret a machine, so that sessions and links outlive a restart and no two trials share a key.
    [ -s var/secret_key ] || (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' >var/secret_key)
    SECRET_KEY=$(cat var/secret_key)
    export SECRET_KEY
fi
exec .venv/bin/python manage.py run_portal --host "$HOST" --port "$PORT"
