"""The articles that benchmarks read: given ones, or our episodes' reports joined to full length."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from scorer.ingest import read_reports
from scorer.models import data_path
from scorer.types import Report
from training.corpora.episodes import load_episodes

USUAL_WORDS = 700


def load_articles(source: Path | None, count: int) -> list[Report]:
    """Take the first `count` articles of a source; 700-word ones made of our episodes if None.

    Parameters
    ----------
    source : Path, optional
        A file of JSON Lines as `corroborate read` takes them, or a folder of text files.
    count : int
    """
    if source is None:
        return list(islice(joined(lambda _random: USUAL_WORDS), count))
    if source.is_dir():
        paths = sorted(source.glob("*.txt"))[:count]
        return [_report(path.stem, path.read_text("utf-8")) for path in paths]
    with source.open("rb") as lines:
        found = islice(read_reports(lines, metadata_required=False), count)
        return [item for item in found if isinstance(item, Report)]


def joined(words_of_next: Callable[[random.Random], int], seed: int = 17) -> Iterator[Report]:
    """Join the episodes' reports, shuffled, without end.

    Parameters
    ----------
    words_of_next : callable
        Gives the least number of words of the next article.
    seed : int
    """
    generator = random.Random(seed)
    bodies = [
        report["body"] for e in load_episodes(data_path("episodes")) for report in e["reports"]
    ]
    number = 0
    while True:
        wanted, parts = words_of_next(generator), list[str]()
        while sum(len(part.split()) for part in parts) < wanted:
            parts.append(generator.choice(bodies))
        number += 1
        yield _report(f"article-{number}", "\n\n".join(parts))


def words_in(articles: Sequence[Report]) -> int:
    """Count words, as white space parts them."""
    return sum(len(article.text.split()) for article in articles)


def _report(name: str, body: str) -> Report:
    return Report(name, outlet="", domain="", date="", headline="", body=body)
