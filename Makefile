# The commands that README promises. Everything long lives in .ci/.
SHELL := /bin/bash
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help install run test bench pictures messages lock format clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

install: ## system packages, .venv, front-end assets, fonts, translations; each only when its inputs changed
	@.ci/install.sh

run: install ## set up, migrate, fill a demonstration on first start, serve until Ctrl-C
	@exec .ci/serve.sh

test: ## lint, types, import contracts, tests on SQLite and PostgreSQL, browser journeys, coverage
	@.ci/test.sh

bench: install ## the yardsticks beside ours; SCALE=1000000 for the large ones
	@.ci/install.sh dev
	@PORTAL_EMBEDDED=1 $(PY) -m tests.bench $(if $(SCALE),--scale $(SCALE))

pictures: install ## the pictures in README, taken from the demonstration with headless Chromium
	@.ci/install.sh dev browser
	@PORTAL_EMBEDDED=1 $(PY) -m tests.pictures

messages: install ## collect new texts into locale/ and compile
	@PORTAL_EMBEDDED=1 $(PY) manage.py makemessages --all --no-obsolete --no-wrap --no-location \
		--ignore=.venv --ignore=node_modules --ignore=var --ignore=tests
	@for catalogue in locale/*/LC_MESSAGES/django.po; do msgcat --sort-output --no-wrap -o $$catalogue $$catalogue; done
	@PORTAL_EMBEDDED=1 $(PY) manage.py compilemessages --verbosity 0 --ignore=.venv

lock: ## compile requirements*.in into pinned files with hashes
	@.ci/lock.sh

format: ## let ruff put the code in order
	@.ci/install.sh dev
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

clean: ## forget what was built (the database and the files in var/ stay)
	@rm -rf .venv node_modules var/stamps var/assets var/static var/fonts var/test .mypy_cache .ruff_cache .pytest_cache
