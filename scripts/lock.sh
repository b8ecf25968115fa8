#!/usr/bin/env bash
# Renew the lock files, or with --check fail where they are not what pyproject.toml asks for.
# They hold hashes and no registry's address.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
locks=(requirements.txt requirements-dev.txt requirements-build.txt)
for lock in "${locks[@]}"; do [ -e "$lock" ] && cp "$lock" "$folder/"; done
compile() {
  .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header "$@"
}
upgrade=${UPGRADE:+--upgrade}
compile pyproject.toml -o "$folder/requirements.txt" $upgrade
compile --extra dev -c "$folder/requirements.txt" pyproject.toml \
  -o "$folder/requirements-dev.txt" $upgrade
printf 'uv\nsetuptools\n' | compile - -o "$folder/requirements-build.txt" $upgrade
for lock in "${locks[@]}"; do
  if [ "${1:-}" = --check ]; then
    diff -q "$folder/$lock" "$lock" >/dev/null || { echo "$lock is stale: run make lock"; exit 1; }
  else
    cp "$folder/$lock" "$lock"
  fi
done
