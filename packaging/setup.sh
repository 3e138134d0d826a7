# Sourced by the other scripts: finds Python and lets environment.py make .venv.
# Leaves the checkout in $root, the Python that was found in $python.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

find_python() {
    fits='(3, 11) <= sys.version_info < (3, 14)'
    for modules in sys,ensurepip sys; do # best one that can make environments by itself
        for python in python3.11 python3.12 python3.13 python3 python; do
            if "$python" -c "import $modules; sys.exit(not $fits)" 2>/dev/null; then
                return
            fi
        done
    done
    echo '没有找到 Python 3.11、3.12 或 3.13。Debian 12、Ubuntu 24.04 及以上请执行：' >&2
    echo 'Python 3.11, 3.12 or 3.13 is missing. On Debian 12, Ubuntu 24.04 or newer run:' >&2
    echo '    sudo apt-get install python3 python3-venv' >&2
    exit 1
}

# setup needed|wanted: are Qt's system libraries needed, or only wanted?
setup() {
    find_python
    "$python" "$root/packaging/environment.py" --qt "$1"
}
