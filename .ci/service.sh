#!/usr/bin/env bash
# One program of a production portal, for systemd (docs/OPERATIONS.md): service.sh web | worker | worker-2 | exports | schedule
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONUNBUFFERED=1
case "${1:-}" in
web)
    exec .venv/bin/gunicorn portal.wsgi:application --bind "${HOST:-127.0.0.1}:${PORT:-8000}" \
        --workers "${WEB_CONCURRENCY:-2}" --worker-class gthread --threads 8 --max-requests 5000 --max-requests-jitter 500
    ;;
worker | worker-*) exec .venv/bin/python manage.py db_worker --queue-name '*' --exclude-queues exports ;;
# Minutes of work each: they give way to everybody else, and no notice waits behind them.
exports) exec nice -n 10 .venv/bin/python manage.py db_worker --queue-name exports ;;
schedule) exec .venv/bin/python manage.py run_schedule ;;
*) echo "usage: service.sh web|worker|exports|schedule" >&2; exit 2 ;;
esac
