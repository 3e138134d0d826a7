#!/bin/sh
# Measures OneLedger against its floors: sh packaging/bench.sh [ARGUMENTS]
set -eu
. "$(dirname -- "$0")/setup.sh"
setup wanted

cd "$root"
exec "$root/.venv/bin/python" -m tests.bench "$@"
