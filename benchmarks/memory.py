"""Memory of ``corroborate read`` over many articles of mixed lengths: is it flat?

``python -m benchmarks.memory`` writes the articles to a file, reads them in another process,
samples its resident memory and sets the peak beside the peak up to the fiftieth result.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from random import Random
from typing import Annotated, Any

import psutil
import typer

from benchmarks.articles import joined

_MIB = 2**20
_PAUSE = 0.02  # seconds between samples
SHORTEST, LONGEST = 80, 4000  # words


def mixed_length(random: Random) -> int:
    """Draw an article's length: the logarithm is uniform, so short ones are commoner."""
    return int(SHORTEST * (LONGEST / SHORTEST) ** random.random())


def memory_figures(lines: Path, early: int) -> dict[str, Any]:
    """Read the articles of a file in another process and follow its resident memory.

    Parameters
    ----------
    lines : Path
        JSON Lines, as `corroborate read` takes them.
    early : int
        After so many results the memory should have reached its peak.

    Returns
    -------
    dict
        Mebibytes: ``early_peak`` up to that result, ``peak`` of the whole run, and the resident
        memory at every tenth of the results.
    """
    command = [sys.executable, "-m", "scorer", "read", "--in", str(lines), "--out", "-"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    results = 0

    def count() -> None:
        nonlocal results
        for _ in process.stdout or ():
            results += 1

    counter = threading.Thread(target=count)
    counter.start()
    samples: list[tuple[int, int]] = []
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            samples.append((results, watched.memory_info().rss))
        except psutil.NoSuchProcess:
            break
        time.sleep(_PAUSE)
    counter.join()
    if process.wait() != 0:
        raise RuntimeError(f"corroborate read ended with status {process.returncode}")
    early_peak = max(rss for n, rss in samples if n <= early)
    peak = max(rss for _, rss in samples)
    return {
        "articles": results,
        "seconds": time.perf_counter() - started,
        "early_peak": early_peak / _MIB,
        "peak": peak / _MIB,
        "growth": peak / early_peak - 1,
        "course": [
            next(rss for n, rss in samples if n >= results * tenth // 10) / _MIB
            for tenth in range(1, 10)
        ],
    }


def main(
    articles: Annotated[int, typer.Option(help="how many")] = 1000,
    early: Annotated[int, typer.Option(help="results until the first peak")] = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for report in islice(joined(mixed_length), articles):
                file.write(json.dumps({"id": report.id, "text": report.text}) + "\n")
        figures = memory_figures(path, early)
    if as_json:
        typer.echo(json.dumps(figures, indent=1))
        return
    typer.echo(
        f"{figures['articles']} articles in {figures['seconds']:.0f} s: peak "
        f"{figures['peak']:.0f} MiB, {figures['early_peak']:.0f} MiB after {early}: "
        f"{100 * figures['growth']:+.0f} %\n"
        f"at every tenth: {', '.join(f'{m:.0f}' for m in figures['course'])} MiB"
    )


if __name__ == "__main__":
    typer.run(main)
