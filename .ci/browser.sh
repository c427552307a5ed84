#!/bin/sh
# Makes sure that Playwright runs and finds a Chromium, for the browser tests; fails when none can be had.
set -u

ready() {
    .venv/bin/python -m e2e.browser
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

from_apt() {
    command -v apt-get >/dev/null && as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

library() {  # Playwright's Node needs it, and the smallest Debian lacks it
    from_apt libatomic1
}

playwrights_own() {  # with the system libraries that it needs, where we may install them
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then with_deps=--with-deps; else with_deps=; fi
    .venv/bin/playwright install $with_deps chromium
}

debians() {  # Ubuntu and the older Debians have none without windows
    from_apt chromium-headless-shell fonts-liberation || from_apt chromium fonts-liberation
}

without_windows() {  # a page costs it a third of the processor's time that it costs the whole Chromium
    case $found in *headless-shell* | *ms-playwright*) return ;; esac
    [ "$(id -u)" -ne 0 ] || from_apt --no-remove chromium-headless-shell
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if found=$(ready 2>"$log"); then
    # Nobody is asked: only where root runs the tests, as in a container, and one that does not come is done without.
    without_windows </dev/null >>"$log" 2>&1
    exit 0
fi
for way in library playwrights_own debians; do
    echo "Setting up a browser for the tests ($way) …"
    $way </dev/null >>"$log" 2>&1
    if ready 2>>"$log"; then exit; fi
done
tail -n 40 "$log" >&2
echo "The browser tests need Chromium, and none could be installed: install chromium or google-chrome." >&2
exit 1
