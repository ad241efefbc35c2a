#!/bin/sh
# Makes Chromium, Firefox and WebKit available for the browser tests; says nothing when they are there.
# Without Chromium the tests stop. Without one of the others they say so, and stop when CI is set. Without
# the light Chromium (Debian's chromium-headless-shell) the whole one does its work, more slowly.
set -eu
cd "$(dirname "$0")/../.."

chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome ||
        find "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" -name chrome -type f 2>/dev/null | grep .
}
firefox() {
    command -v firefox-esr || command -v firefox
}
webkit() {
    command -v WebKitWebDriver && command -v Xvfb
}

missing=""
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
chromium >/dev/null || missing="$missing chromium"
firefox >/dev/null || missing="$missing firefox-esr"
webkit >/dev/null || missing="$missing webkit2gtk-driver xvfb"
command -v openssl >/dev/null || missing="$missing openssl"
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the browser tests:$missing"
    apt-get update -qq || true
    for package in $missing; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null ||
            echo "Debian's $package did not install" >&2
    done
fi
if ! chromium >/dev/null && ! .venv/bin/playwright install chromium; then
    echo "The browser tests need Chromium or Chrome; none could be installed." >&2
    exit 1
fi
for engine in firefox webkit; do
    if ! $engine >/dev/null; then
        echo "*** $engine is not here: what is promised is not tried in it ***" >&2
        [ -z "${CI:-}" ] || exit 1
    fi
done
