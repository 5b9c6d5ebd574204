"""A tiny encoder and a tiny corpus: enough to prove the training code, not to learn much."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel, BertTokenizer

_NAMED = ("Maria Lopes", "the ministry", "John Hale")
_UNNAMED = ("two officials", "a person close to the talks", "one aide")
_CUES = ("said", "told reporters", "added")
_FACTS = (
    "the bridge will close in May",
    "the board has not met since June",
    "the vote was counted twice",
    "prices rose in every town",
)


def tiny_encoder(folder: Path, texts: Sequence[str]) -> Path:
    """Write an untrained two-layer BERT whose vocabulary covers the texts."""
    source = folder / "texts.txt"
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text("\n".join(texts), "utf-8")
    words = BertWordPieceTokenizer(lowercase=True)
    words.train([str(source)], vocab_size=400, min_frequency=1, show_progress=False)
    words.save_model(str(folder))
    tokenizer = BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=512)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=words.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def tiny_articles(n: int, seed: int) -> list[dict[str, Any]]:
    """Invented articles with their attributions, as PolNeAR's JSON Lines have them."""
    rng = random.Random(seed)
    articles = []
    for number in range(n):
        text, attributions = "", []
        for place in range(6):
            who = rng.choice(_NAMED if rng.random() < 0.5 else _UNNAMED)
            cue, fact = rng.choice(_CUES), rng.choice(_FACTS)
            start = len(text)
            text += f"{who} {cue} {fact}.\n\n" if place % 2 else f"{who} {cue} {fact}. "
            cue_at = start + len(who) + 1
            fact_at = cue_at + len(cue) + 1
            attributions.append(
                {
                    "id": f"E{place}",
                    "source": [[start, start + len(who)]],
                    "cue": [[cue_at, cue_at + len(cue)]],
                    "content": [[fact_at, fact_at + len(fact)]],
                }
            )
        articles.append(
            {
                "id": f"a{seed}-{number}",
                "publisher": "courier",
                "date": "2020-01-01",
                "title": "",
                "author": "",
                "wire": "",
                "text": text,
                "attributions": attributions,
            }
        )
    return articles


def tiny_source_types(articles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The source types of every attribution of `tiny_articles`."""
    rows = []
    for article in articles:
        for item in article["attributions"]:
            [[start, end]] = item["source"]
            who = article["text"][start:end]
            unnamed = who in _UNNAMED
            kind = "organisation" if who == "the ministry" else "named_person"
            rows.append(
                {
                    "article": article["id"],
                    "attribution": item["id"],
                    "source": item["source"],
                    "cue": item["cue"],
                    "source_text": who,
                    "source_type": "anonymous" if unnamed else kind,
                    "anonymous_kind": "official" if unnamed else None,
                    "source_count": None,
                    "anonymity_reason": False,
                }
            )
    return rows


def tiny_episode(name: str) -> dict[str, Any]:
    """An invented episode of one report with two labelled claims."""
    body = (
        "Two officials said the bridge will close in May. "
        "Maria Lopes told reporters the vote was counted twice."
    )
    first, second = body.split(". ")
    return {
        "id": name,
        "title": name,
        "outcome": "confirmed",
        "outcome_note": "",
        "reports": [
            {
                "id": "r1",
                "outlet": "Courier",
                "domain": "courier.example",
                "date": "2020-01-01",
                "date_confidence": "exact",
                "headline": "Bridge to close",
                "body": body,
            }
        ],
        "claims": [
            {
                "id": "c1",
                "report": "r1",
                "quote": first,
                "source": "Two officials",
                "source_type": "anonymous",
                "source_count": 2,
                "central": True,
            },
            {
                "id": "c2",
                "report": "r1",
                "quote": second.rstrip("."),
                "source": "Maria Lopes",
                "source_type": "named_person",
                "source_count": 1,
                "central": False,
            },
        ],
        "relations": [],
    }


def write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write JSON Lines, making the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
