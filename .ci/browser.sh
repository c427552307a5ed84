#!/bin/sh
# Makes sure that there is a Chromium for the browser tests; fails when none can be had.
set -u

found() {
    .venv/bin/python -m e2e.browser
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

playwrights_own() {  # with the system libraries that it needs, where we may install them
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then with_deps=--with-deps; else with_deps=; fi
    .venv/bin/playwright install $with_deps chromium
}

debians() {
    command -v apt-get >/dev/null || return 1
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium fonts-liberation
}

found && exit
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for way in playwrights_own debians; do
    echo "No Chromium here; trying to install one ($way) …"
    $way </dev/null >>"$log" 2>&1
    found && exit
done
cat "$log" >&2
echo "The browser tests need Chromium, and none could be installed: install chromium or google-chrome." >&2
exit 1
