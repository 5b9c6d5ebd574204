"""Articles for benchmarks: as long as wanted, and from wherever they are given."""

import json
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.articles import USUAL_WORDS, joined, load_articles, words_in
from benchmarks.memory import LONGEST, SHORTEST, mixed_length


def test_joined_reports_are_at_least_as_long_as_wanted_and_always_the_same() -> None:
    articles = list(islice(joined(lambda _random: 300), 5))
    assert all(300 <= words_in([article]) < 600 for article in articles)
    assert len({article.id for article in articles}) == 5
    assert articles == list(islice(joined(lambda _random: 300), 5))


def test_default_articles_have_the_usual_length() -> None:
    articles = load_articles(None, 3)
    assert len(articles) == 3
    assert all(words_in([article]) >= USUAL_WORDS for article in articles)


def test_articles_from_a_folder_and_from_json_lines(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.txt").write_text(f"The mayor {name} said so.", "utf-8")
    assert [article.id for article in load_articles(tmp_path, 2)] == ["a", "b"]
    lines = tmp_path / "articles.jsonl"
    text = "The mayor said on Tuesday that the bridge will be closed for repairs until May."
    lines.write_text(json.dumps({"id": "one", "text": text}) + "\n", "utf-8")
    assert [article.text for article in load_articles(lines, 5)] == [text]


def test_mixed_lengths_span_short_and_long() -> None:
    random = Random(5)
    lengths = [mixed_length(random) for _ in range(500)]
    assert SHORTEST <= min(lengths) < 100
    assert LONGEST / 2 < max(lengths) <= LONGEST
