"""A bundle's card: what the models are, what they saw, how well they do and where they fail."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.card_attribution import attribution_card
from training.card_limits import limits
from training.card_markdown import table
from training.card_relation import relation_card
from training.card_scoring import scoring_card
from training.card_simulation import simulation_card
from training.corpora.episodes import UNTOUCHED

_HERE = Path(__file__).parent
_MODELS = {"attribution": "attribution reader", "relation": "relation classifier"}
_ABOUT = """\
# Corroborate, English: the models of this bundle

Three models that read news. The attribution reader finds what a text claims and on whose word;
the sentence encoder, taken as published, finds the later passages that may bear on a claim; the
relation classifier says what such a passage does to it. `corroborate` makes reports' and
outlets' scores of what they find, by a scoring model whose figures stand here too. Our figures
are written by the training steps (`python -m training`) that also made the models."""
_USE = """\
## For what, and never for what

For newsrooms, researchers and auditors who read English news: to see who stands behind a claim,
to follow what became of it, and to check every step by hand. A person decides.

Never to score, rank or profile a person; never to find out, guess or match who an unnamed source
is, across texts or with other data; never as the sole ground for calling a report false or an
outlet unreliable, nor to take down or rank content without a person's look. A score of a real
outlet computed from our paraphrases is never to be published."""

_UNSEEN = f"""\
The affair that `corroborate demo` shows, `{UNTOUCHED}`, entered no training, fitting or
calibration."""


def write_card(folder: Path) -> None:
    """Write a bundle's ``card.md`` from the figures that the training steps left in it.

    Parameters
    ----------
    folder : Path
        With ``attribution/figures.json``, ``attribution/trials.json`` (what was tried, a list),
        ``embedding/embedding.json``, ``relation/figures.json``, ``relation_comparison.json``,
        ``scoring.json`` and ``simulation.json``; any may be absent.

    Raises
    ------
    ValueError
        If a model saw a corpus that corpora_licences.toml does not list.
    """
    attribution = _json(folder / "attribution" / "figures.json", {})
    relation = _json(folder / "relation" / "figures.json", {})
    embedding = _json(folder / "embedding" / "embedding.json", {})
    trials = _json(folder / "attribution" / "trials.json", [])
    parts = [_ABOUT, _USE]
    if attribution:
        parts += [*attribution_card(attribution, trials), *_published("attribution")]
    if relation:
        comparison = _json(folder / "relation_comparison.json", {})
        parts += [*relation_card(relation, comparison), *_published("relation")]
    if scoring := _json(folder / "scoring.json", {}):
        parts += scoring_card(scoring)
    if simulation := _json(folder / "simulation.json", {}):
        parts += simulation_card(simulation)
    parts += ["## What the models saw", _seen(attribution, relation, embedding), _UNSEEN]
    parts += ["## Limits", limits(attribution, relation)]
    (folder / "card.md").write_text("\n\n".join(parts) + "\n", "utf-8")


def _json(path: Path, absent: Any) -> Any:
    return json.loads(path.read_text("utf-8")) if path.is_file() else absent


def _published(model: str) -> list[str]:
    rows = (
        [
            figure["name"],
            ", ".join(f"{name.replace('_', ' ')} {v}" for name, v in figure["values"].items()),
            figure["measure"],
            figure["corpus"],
            f"[{figure['source']}]({figure['url']})",
        ]
        for figure in _toml("published_figures.toml", "figure")
        if figure["model"] == model
    )
    return [
        f"### Published figures beside the {_MODELS[model]}",
        "By others, on other texts or with other measures: they say what the task is like and are "
        "no comparison.",
        table(["whose", "per cent", "measure", "on", "source"], rows, words=True),
    ]


def _seen(
    attribution: Mapping[str, Any], relation: Mapping[str, Any], embedding: Mapping[str, Any]
) -> str:
    """List every corpus with its licence; one without a row in the list is an error."""
    on_record = _toml("corpora_licences.toml", "corpus")
    public = {name.split("/")[-2] for name in relation.get("public", ())}  # nli/rte/train: rte
    corpora = {
        "attribution": set(attribution.get("corpora", ())),
        "relation": {*relation.get("examples", ()), *public} - {"mined"},  # from the episodes
    }
    if unknown := set().union(*corpora.values()) - {corpus.get("key") for corpus in on_record}:
        raise ValueError(f"no licence on record in corpora_licences.toml: {sorted(unknown)}")
    encoders = {
        "attribution": attribution.get("model", {}).get("encoder"),
        "relation": relation.get("model", {}).get("encoder"),
        "embedding": embedding.get("encoder"),
    }
    rows = [
        [corpus["name"], ", ".join(models), corpus["licence"], corpus["source"]]
        for corpus in on_record
        if (
            models := [model for model, keys in corpora.items() if corpus.get("key") in keys]
            + [model for model, encoder in encoders.items() if _stands_on(encoder, corpus)]
        )
    ]
    rows += [
        [f"the encoder and what it saw: {encoder}", model, "not on record", ""]
        for model, encoder in encoders.items()
        if encoder and not any(_stands_on(encoder, corpus) for corpus in on_record)
    ]
    return table(["corpus", "seen by", "licence as stated", "where"], rows, words=True)


def _stands_on(encoder: str | None, corpus: Mapping[str, Any]) -> bool:
    name = (encoder or "").lower().replace("-", "_")
    return any(part in name for part in corpus.get("encoders", ()))


def _toml(name: str, key: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((_HERE / name).read_text("utf-8"))[key])
