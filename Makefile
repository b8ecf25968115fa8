# `make help` lists what there is. Everything is installed into .venv, from hash-locked files.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
DEMO ?= 1
PY := .venv/bin/python
UV := .venv/bin/uv
export UV_SYSTEM_CERTS := 1
export PYTHONDONTWRITEBYTECODE :=
WORKERS ?= 2

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/runtime ## set up .venv with what running needs

run: .venv/runtime ## set up, migrate, load demo data, serve at http://127.0.0.1:$(PORT)
	@LAMPLIGHT_BASE_URL=$${LAMPLIGHT_BASE_URL:-http://127.0.0.1:$(PORT)} \
		.venv/bin/lamplight serve --port $(PORT) --with-issuer $(if $(filter 1,$(DEMO)),--demo)

test: .venv/development browser ## run every test (SQLite, PostgreSQL, Chromium)
	@.venv/bin/pytest -n $(WORKERS) --dist loadgroup -m "not deep" $(ARGS)

test-deep: .venv/development browser ## run the slow tests at their stated sizes
	@.venv/bin/pytest -n $(WORKERS) -m deep $(ARGS)

audit: .venv/development ## attack 1,500 people's traces on both databases; keeps docs/results/audit.txt
	@$(PY) -m tests.audits $(ARGS)

check: .venv/development ## lint, types, import contracts, translations, locks
	@scripts/check.sh

bench: .venv/development ## the quick benchmark set, as JSON
	@$(PY) -m benchmarks

messages: .venv/development ## collect messages for translation
	@$(PY) scripts/messages.py

wallet: .venv/development ## rebuild static/wallet.js and write its hash into its page
	@scripts/wallet.sh

lock: .venv/uv ## renew the two lock files
	@scripts/lock.sh

browser: ## find or install Chromium for the tests
	@scripts/browser.sh

.venv/uv: requirements-build.txt
	@python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements-build.txt
	@touch $@

.venv/runtime: .venv/uv requirements.txt pyproject.toml
	@$(UV) pip install --quiet --require-hashes -r requirements.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/development: .venv/runtime requirements-dev.txt
	@$(UV) pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help setup run test test-deep audit check bench messages wallet lock browser
