#!/bin/sh
# Runs OneLedger from a checkout: sh packaging/run.sh [ARGUMENTS OF oneledger]
# Without arguments: opens the window, or where there is no screen builds the demonstration.
set -eu
. "$(dirname -- "$0")/setup.sh"
setup wanted

if [ $# -eq 0 ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    set -- demo "$root/demo"
fi
exec "$root/.venv/bin/oneledger" "$@"
