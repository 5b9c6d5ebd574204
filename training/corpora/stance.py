"""Public stance and inference corpora, as premise, hypothesis and verdict: the first stage's food.

Each is read from a local folder of JSON Lines. Their labels are mapped as far as they say the
same thing as ours and no further: a two-way set's ``not_entailment`` mixes neutral and
contradiction and stays open between the two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasets import Dataset

from scorer.errors import CorroborateError
from scorer.link.relation_model import VERDICTS
from scorer.sentences import sentence_spans

_BEST_SENTENCES = 2
_SUPPORTS, _REFUTES, _NEITHER = (frozenset({verdict}) for verdict in VERDICTS)
_VERDICT = {
    "entailment": _SUPPORTS,
    "contradiction": _REFUTES,
    "neutral": _NEITHER,
    "not_entailment": _REFUTES | _NEITHER,
    "for": _SUPPORTS,
    "against": _REFUTES,
    "observing": _NEITHER,
    "agree": _SUPPORTS,
    "disagree": _REFUTES,
    "discuss": _NEITHER,
    "unrelated": _NEITHER,
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stance:
    """What a premise says of a hypothesis; `verdicts` are those that its label leaves open.

    `group` is what must stay on one side of a split; `corpus` names the set and its split.
    """

    premise: str
    hypothesis: str
    verdicts: frozenset[str]
    group: str
    corpus: str


def load_stances(folder: Path, name: str) -> list[Stance]:
    """Load one split of a corpus.

    Parameters
    ----------
    folder : Path
        Holds ``nli/<set>``, ``emergent`` and ``fnc1``.
    name : str
        ``nli/rte/train``, ``emergent/dev``, ``fnc1/train`` and so on.

    Raises
    ------
    CorroborateError
        ``corpus_not_found`` if the folder does not hold it.
    """
    rows = _rows(folder, name)
    if name.startswith("fnc1/"):
        bodies = {row["body_id"]: row["body"] for row in _rows(folder, "fnc1/bodies")}
        return [_headline(row, bodies[row["body_id"]], name) for row in rows]
    return [_stance(row, name) for row in rows]


def _rows(folder: Path, name: str) -> Dataset:
    try:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            return Dataset.from_list([json.loads(line) for line in lines])
    except FileNotFoundError:
        raise CorroborateError("corpus_not_found", corpus=name, path=folder) from None


def _stance(row: Mapping[str, Any], name: str) -> Stance:
    """Premise and hypothesis, or, in the stance sets, a text and the claim that it speaks of."""
    if "stance" not in row:
        hypothesis = row["hypothesis"]
        return Stance(row["premise"], hypothesis, _VERDICT[row["label"]], hypothesis, name)
    # Emergent's headlines speak of a claim; Perspectrum calls the claim the headline.
    premise, hypothesis = (
        (row["headline"], row["claim"]) if "claim" in row else (row["body"], row["headline"])
    )
    return Stance(premise, hypothesis, _VERDICT[row["stance"]], str(row["claim_id"]), name)


def _headline(row: Mapping[str, Any], body: str, name: str) -> Stance:
    """A headline as claim, and of the body the sentences that share most words with it."""
    wanted = set(_WORD.findall(row["headline"].casefold()))
    sentences = [body[start:end] for start, end in sentence_spans(body)]
    near = sorted(
        range(len(sentences)),
        key=lambda i: -len(wanted & set(_WORD.findall(sentences[i].casefold()))),
    )
    premise = " ".join(sentences[i] for i in sorted(near[:_BEST_SENTENCES]))
    return Stance(premise, row["headline"], _VERDICT[row["stance"]], row["body_id"], name)
