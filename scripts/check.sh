#!/usr/bin/env bash
# The one gate for code: every check runs, and the first failure is the exit.
set -euo pipefail
run() { echo "check: $1"; shift; "$@"; }
run "lint" .venv/bin/ruff check --quiet .
run "format" .venv/bin/ruff format --quiet --check .
run "types" .venv/bin/mypy --no-error-summary
run "imports" .venv/bin/lint-imports --no-cache
run "templates" .venv/bin/djlint templates --lint --quiet
run "translations" .venv/bin/python scripts/messages.py --check
run "locks" scripts/lock.sh --check
echo "check: all good"
