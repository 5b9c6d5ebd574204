"""Labelled pairs of claim and later passage from our corpora, and mined ones without a label."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from datasets import Dataset

from scorer.link.candidates import Candidate, Retrieval, find_candidates
from scorer.link.linking import candidate_pairs
from scorer.link.passages import excerpt
from scorer.link.words import content_stems
from scorer.sentences import sentence_spans
from scorer.types import RELATIONS, SPEAKERS, Excerpt, Span
from training.corpora.episodes import UNTOUCHED, claims_of, find_quote, reports_of
from training.matching import MIN_IOU, iou

Corpus = Literal["episodes", "fictional_episodes", "relation_pairs", "contrast_pairs", "mined"]
COMMON_SHARE = 0.25  # a word of every fourth story does not tell one story from another


@dataclass(frozen=True, slots=True)
class Example:
    """A claim and a later passage.

    `relation` and `by` are places in RELATIONS and SPEAKERS. A mined example was retrieved,
    but no reader related it to the claim: it counts as unrelated, and its `by` is None.
    Examples of one `group` (episode or group of pairs) stay on one side of every split.
    """

    claim: Excerpt
    passage: Excerpt
    relation: int
    by: int | None
    group: str
    corpus: Corpus


def trainable(episodes: Dataset) -> list[Mapping[str, Any]]:
    """Return the episodes that may be learnt from: all but the running example."""
    return [episode for episode in episodes if episode["id"] != UNTOUCHED]


def episode_examples(episode: Mapping[str, Any], corpus: Corpus = "episodes") -> Iterator[Example]:
    """Yield the labelled relations of an episode."""
    reports = {report.id: report for report in reports_of(episode)}
    sentences = {key: sentence_spans(report.text) for key, report in reports.items()}
    claims = {claim.id: claim for found in claims_of(episode).values() for claim in found}
    for relation in episode["relations"]:
        claim = claims[f"{episode['id']}/{relation['claim']}"]
        key, span = gold_passage(episode, relation)
        yield Example(
            claim=excerpt(reports[claim.report], sentences[claim.report], claim.extent),
            passage=excerpt(reports[key], sentences[key], span),
            relation=RELATIONS.index(relation["relation"]),
            by=SPEAKERS.index(relation["by"]),
            group=episode["id"],
            corpus=corpus,
        )


def pair_examples(group: Mapping[str, Any], corpus: Corpus = "relation_pairs") -> Iterator[Example]:
    """Yield the labelled pairs of a group."""
    for passage in group["passages"]:
        yield Example(
            claim=printed_excerpt(group["claim"]),
            passage=printed_excerpt(passage),
            relation=RELATIONS.index(passage["relation"]),
            by=SPEAKERS.index(passage["by"]),
            group=group["id"],
            corpus=corpus,
        )


def mined_examples(episode: Mapping[str, Any], retrieval: Retrieval) -> Iterator[Example]:
    """Yield the candidates of an episode that no reader related to their claim, as unrelated.

    The labels are not exhaustive, so some of these do bear on the claim.
    """
    reports, claims = reports_of(episode), claims_of(episode)
    gold = gold_passages(episode)
    unmatched = [
        candidate
        for candidate in find_candidates(reports, claims, retrieval)
        if not matches(candidate, gold)
    ]
    for claim, passage in candidate_pairs(unmatched, reports, claims):
        yield Example(claim, passage, RELATIONS.index("unrelated"), None, episode["id"], "mined")


def gold_passages(
    episode: Mapping[str, Any], *, bearing: bool = False
) -> dict[tuple[str, str], list[Span]]:
    """Return the related passages by claim and report; with `bearing`, less the unrelated."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for relation in episode["relations"]:
        if not bearing or relation["relation"] != "unrelated":
            key, span = gold_passage(episode, relation)
            found[f"{episode['id']}/{relation['claim']}", key].append(span)
    return found


def gold_passage(episode: Mapping[str, Any], relation: Mapping[str, Any]) -> tuple[str, Span]:
    """Return the report's id and the span of a labelled relation's passage."""
    key = f"{episode['id']}/{relation['report']}"
    text = next(report.text for report in reports_of(episode) if report.id == key)
    start = find_quote(text, relation["quote"])
    return key, (start, start + len(relation["quote"]))


def matches(candidate: Candidate, gold: Mapping[tuple[str, str], list[Span]]) -> bool:
    """Tell whether a candidate's passage is one that readers related to its claim."""
    place = candidate.passage
    return any(
        iou(((place.start, place.end),), (span,)) >= MIN_IOU
        for span in gold.get((candidate.claim, place.report), ())
    )


def word_rarity(stories: Iterable[str]) -> dict[str, float]:
    """Weigh each word's stem by the log of how few stories have it; 0 for common ones."""
    counts: Counter[str] = Counter()
    total = 0
    for story in stories:
        counts.update(content_stems(story))
        total += 1
    return {
        stem: round(math.log((total + 1) / (count + 1)), 3) if count < total * COMMON_SHARE else 0.0
        for stem, count in sorted(counts.items())
    }


def story_texts(episodes: Iterable[Mapping[str, Any]], pairs: Dataset) -> Iterator[str]:
    """Yield the text of each episode and of each group of pairs."""
    for episode in episodes:
        yield "\n".join(report.text for report in reports_of(episode))
    for group in pairs:
        yield "\n".join(part["context"] for part in [group["claim"], *group["passages"]])


def printed_excerpt(part: Mapping[str, Any]) -> Excerpt:
    """Return one side of a printed pair: its quote, which occurs once in its context."""
    start = part["context"].index(part["quote"])
    return Excerpt(part["context"], start, start + len(part["quote"]), part["outlet"], part["date"])
