#!/usr/bin/env bash
# Lints, types and tests, in an environment of its own. Needs Python 3.11 or later with venv, and a package index the first time.
#
#   bash tests/run.sh [pytest arguments]
#
# TOOLMARK_VENV         where the environment is (default: .venv-test in the checkout)
# PYTHON                which Python makes it (default: the first of python3.11 to python3.14 and python3 that is new enough)
# TOOLMARK_CHROMIUM     the browser for the tests of the HTML page (default: chromium or Chrome on the PATH; on Debian it is installed)
# TOOLMARK_NO_BROWSER=1 leave those tests out
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv=${TOOLMARK_VENV:-.venv-test}
unset PYTHONPATH PYTHONHOME

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3}; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "error: no Python 3.11 or later with venv" >&2
    echo "tip: on Debian: apt-get install python3 python3-venv" >&2
    exit 2
}

# The tests of the page fail without a browser, and say what to install; where apt can do it, it is done here.
install_chromium() {
    [ -z "${TOOLMARK_CHROMIUM:-}" ] && [ "${TOOLMARK_NO_BROWSER:-}" != 1 ] && [ "$(id -u)" = 0 ] || return 0
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" > /dev/null && return
    done
    command -v apt-get > /dev/null || return 0
    echo "Installing chromium ..." >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } > /dev/null ||
        echo "warning: apt-get could not install chromium" >&2
}

# What the environment was made from: another checkout, Python or set of dependencies needs another one.
python=$(find_python)
stamp="$(pwd -P) $("$python" -V) $(sha256sum < pyproject.toml)"

if [ "$(cat "$venv/.made-from" 2>/dev/null)" != "$stamp" ]; then
    echo "Making $venv ..." >&2
    "$python" -m venv --clear "$venv"
    # Dependency groups came with pip 25.1; Debian's is older.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable . --group dev
    printf '%s' "$stamp" > "$venv/.made-from"
fi

install_chromium

"$venv/bin/python" -m ruff check .
"$venv/bin/python" -m ruff format --check .
"$venv/bin/python" -m mypy
exec "$venv/bin/python" -m pytest -n auto --dist loadgroup "$@"
