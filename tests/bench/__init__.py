"""Benchmarks: each figure against its floor in the same run (``sh packaging/bench.sh``)."""
