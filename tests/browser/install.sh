#!/bin/sh
# Makes a Chromium available for the browser tests; says nothing when there is one already.
set -eu
cd "$(dirname "$0")/../.."

there() {
    command -v chromium || command -v chromium-browser || command -v google-chrome ||
        find "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" -name chrome -type f 2>/dev/null | grep .
}

if there >/dev/null; then
    exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests"
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; }; then
        echo "Debian's package did not install; trying Playwright's own browser" >&2
    fi
fi
if there >/dev/null; then
    exit 0
fi
if ! .venv/bin/playwright install chromium; then
    echo "The browser tests need Chromium or Chrome; none could be installed." >&2
    exit 1
fi
