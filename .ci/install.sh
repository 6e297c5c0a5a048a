#!/usr/bin/env bash
# The set-up. `install.sh` alone: what serving needs. `dev`: linters and test tools too. `browser`, `postgres`: for tests.
source "$(dirname "$0")/lib.sh"
WANT=" $* "
PY=.venv/bin/python

system_packages() {
    MISSING=()
    find_python || MISSING+=(python3)
    local package
    for package in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk gettext ca-certificates; do
        is_installed "$package" || MISSING+=("$package")
    done
    has_venv || MISSING+=(python3-venv)
    command -v node >/dev/null || MISSING+=(nodejs)
    command -v npm >/dev/null || MISSING+=(npm)
    if [[ $WANT == *" postgres "* ]] && ! .ci/with-postgres.sh --available; then MISSING+=(postgresql); fi
    if [[ $WANT == *" browser "* ]] && ! has_browser && apt_offers chromium; then MISSING+=(chromium); fi
    apt_install
    find_python || die "Python 3.11 or newer is needed; this machine's apt has only $(python3 --version 2>&1)."
}

# Debian packs ensurepip apart, so a python3 that cannot make a venv is common.
has_venv() { [ -x $PY ] || { find_python && "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; }; }
has_browser() { command -v chromium chromium-browser google-chrome >/dev/null || compgen -G "${HOME:-/root}/.cache/ms-playwright/chromium-*" >/dev/null; }
# A machine that is new knows no package before its lists are fetched. (No pipe into grep -q: it ends its writer.)
apt_offers() { apt_knows "$1" || { command -v apt-get >/dev/null && apt_update && apt_knows "$1"; }; }
apt_knows() { [[ $(apt-cache policy "$1" 2>/dev/null) =~ Candidate:\ [0-9] ]]; }

find_python() {
    local name
    for name in python3 python3.11 python3.12 python3.13; do
        if command -v $name >/dev/null && $name -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            PYTHON=$name
            return 0
        fi
    done
    return 1
}

python_packages() {
    # A half-made or moved environment has an interpreter that cannot start: make it new.
    # The lists are complete, so nothing is resolved here: pip would reach past a pin for the sake of an extra.
    { $PY -c 'import pip' 2>/dev/null || "$PYTHON" -m venv --clear .venv; } &&
        $PY -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps "$@" &&
        $PY -m pip check
}

front_end() { npm ci --silent --no-audit --no-fund && npm run --silent build; }

font_subset() { PORTAL_EMBEDDED=1 $PY -m portal.pdf.fonts var/fonts; }

translations() { PORTAL_EMBEDDED=1 $PY manage.py compilemessages --verbosity 0 --ignore=.venv --ignore=node_modules; }

system_packages
if [[ $WANT == *" dev "* || -e .venv/dev ]]; then
    step python-packages $PY requirements.txt requirements-dev.txt -- python_packages -r requirements.txt -r requirements-dev.txt
    touch .venv/dev
else
    step python-packages $PY requirements.txt -- python_packages -r requirements.txt
fi
if [[ $WANT == *" browser "* ]] && ! has_browser; then
    say "Chromium through playwright"
    .venv/bin/playwright install chromium || die "No Chromium: neither apt nor playwright could bring one."
fi
step front-end-assets var/assets package.json package-lock.json portal/webkit/assets.mjs -- front_end
step fonts var/fonts portal/pdf/fonts.py -- font_subset
step translations locale/zh_Hans/LC_MESSAGES/django.mo locale/*/LC_MESSAGES/*.po -- translations
