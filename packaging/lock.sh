#!/bin/sh
# Refreshes requirements.lock: names, versions and hashes for every system and Python we support.
#   sh packaging/lock.sh             keeps the versions that pyproject.toml still allows
#   sh packaging/lock.sh --upgrade   takes the newest ones
# uv resolves for all systems at once (pip knows only the one it runs on); it is put into a passing
# folder and asks the registry that pip is configured with. No address is written.
set -eu
. "$(dirname -- "$0")/setup.sh"
find_python

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check uv
index=${PIP_INDEX_URL:-$("$folder/bin/pip" config get global.index-url 2>/dev/null || :)}
if [ -n "$index" ]; then
    UV_DEFAULT_INDEX=$index
    export UV_DEFAULT_INDEX
fi

cd "$root"
"$folder/bin/uv" pip compile pyproject.toml --quiet --all-extras --universal \
    --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --output-file packaging/requirements.lock "$@"
echo "packaging/requirements.lock: $(grep -c '==' packaging/requirements.lock)"
