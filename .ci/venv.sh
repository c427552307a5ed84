#!/bin/sh
# Makes .venv with the newest Python from 3.11 on that this machine has; says what to do when there is none.
set -eu

suits() {  # whether $1 is a Python that we run on
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

makes_venvs() {  # Debian and Ubuntu ship Python without the part that makes virtual environments
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

python=
incomplete=
for candidate in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3; do
    if ! suits "$candidate"; then continue; fi
    if makes_venvs "$candidate"; then python=$candidate; break; fi
    incomplete=${incomplete:-$candidate}
done

if [ -z "$python" ] && [ -z "$incomplete" ]; then
    echo "Stet needs Python 3.11 or newer, and there is none here. Install one (Debian, Ubuntu: apt install python3" >&2
    echo "python3-venv; macOS: brew install python), or name yours: make PYTHON=/path/to/python3 …" >&2
    exit 1
fi

if [ -z "$python" ]; then
    package=$("$incomplete" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package, which virtual environments need …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" </dev/null >/dev/null
    else
        echo "Virtual environments cannot be made by $incomplete. Say: sudo apt install $package" >&2
        exit 1
    fi
    python=$incomplete
fi

echo "Making .venv with $("$python" --version) …"
"$python" -m venv --clear .venv
