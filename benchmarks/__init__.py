"""Speed and memory, each measured beside its baseline in one run: ``python -m benchmarks.NAME``."""
