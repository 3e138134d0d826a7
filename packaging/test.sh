#!/bin/sh
# Checks everything: sh packaging/test.sh [ARGUMENTS OF pytest]
# Stops at the first of the four that fails.
set -eu
. "$(dirname -- "$0")/setup.sh"
setup needed

cd "$root"
PATH="$root/.venv/bin:$PATH"
QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
export PATH QT_QPA_PLATFORM

step() {
    echo "== $*"
    "$@"
}
step ruff check
step ruff format --check
step mypy
step pytest -n 2 --dist loadgroup "$@"
