#!/usr/bin/env bash
# Find Chromium for the browser tests, or install it: the system's, else apt as root, else
# Playwright's own. Chinese pages need a CJK font, or every picture of them is boxes.
set -euo pipefail
has() { command -v "$1" >/dev/null 2>&1; }
cjk() { has fc-list && fc-list :lang=zh 2>/dev/null | grep -q .; }
if has chromium || has google-chrome; then cjk && exit 0; fi
if [ "$(id -u)" = 0 ] && has apt-get; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq chromium fonts-wqy-microhei fontconfig >/dev/null
  exit 0
fi
has chromium || has google-chrome || .venv/bin/playwright install chromium
