#!/bin/sh
# Makes or refreshes the Python environment: scripts/environment.sh runtime|dev
#
# Finds a Python of 3.11 or later, makes .venv with it when there is none that works, and installs the lock
# (every file checked by its hash) when it differs from what was installed last. Asks nothing.
# PYTHON=/path/to/python and VENV=dir override what it finds.
set -eu
cd "$(dirname "$0")/.."

kind=${1:-runtime}
venv=${VENV:-.venv}
case $kind in
    runtime) lock=requirements.txt ;;
    dev) lock=requirements-dev.txt ;;
    *) echo "usage: scripts/environment.sh runtime|dev" >&2; exit 2 ;;
esac

say() { printf '==> %s\n' "$*"; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_parts() { "$1" -c 'import ensurepip, sqlite3, ssl, venv' >/dev/null 2>&1; }

# A name on the PATH may be a shim that only says "not found", so every candidate is run before it is believed.
find_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if new_enough "$candidate" && has_parts "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    explain_missing_python >&2
    return 1
}

explain_missing_python() {
    echo "No usable Python of version 3.11 or later was found. What was tried:"
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if ! command -v "$candidate" >/dev/null 2>&1; then
            echo "  $candidate: not on the PATH"
        elif ! new_enough "$candidate"; then
            echo "  $candidate: does not run, or is older than 3.11"
        else
            missing=$("$candidate" -c '
import importlib.util as u
print(", ".join(m for m in ("venv", "ensurepip", "sqlite3", "ssl") if not u.find_spec(m)) or "a working ssl or sqlite3")')
            echo "  $candidate: lacks $missing"
        fi
    done
    echo "What to do:"
    echo "  Debian 12, Ubuntu 24.04 and later:  sudo apt-get install python3 python3-venv"
    echo "  Fedora, openEuler:                  sudo dnf install python3.11"
    echo "  elsewhere: install Python 3.11 or later, then: make demo PYTHON=/path/to/python3"
}

make_venv() {
    python=$(find_python)
    if [ -e "$venv" ]; then
        say "$venv does not work with Python 3.11 or later: making it anew"
    fi
    say "Making $venv with $("$python" -V 2>&1)"
    # --clear also heals what an interrupted earlier run has left.
    "$python" -m venv --clear "$venv"
}

usable_venv() {
    [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

installed() { cmp -s "$lock" "$venv/installed-$1.txt"; }

usable_venv || make_venv
# The development lock holds every pin of the runtime lock, so its stamp answers for both.
if [ "$kind" = runtime ] && cmp -s requirements-dev.txt "$venv/installed-dev.txt"; then
    exit 0
fi
if ! installed "$kind"; then
    say "Installing $(grep -c '^[a-z].*==' "$lock") packages from $lock (half a minute to a few minutes)"
    "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --require-hashes -r "$lock"
    cp "$lock" "$venv/installed-$kind.txt"
fi
