"""Our episodes as training texts for the reader, which label a claim by quote and source only.

Cue and content are filled in by a network trained on PolNeAR: its own reading where it found
the claim, else the best cue in the quote for the known source, and the rest of the quote as
content. What it finds beside the labelled claims is kept as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scorer.read.attribute import Reader, attribute
from scorer.read.decode import CONTENT, CUE, INSIDE, OUTSIDE, FloatArray, Outputs
from scorer.read.tokens import Tokens, tokenize
from scorer.read.windows import cut_windows, make_batch
from scorer.types import Report, Span, Spans
from training.attribution_data import LabelledArticle, LabelledAttribution, words_of
from training.corpora.episodes import find_quote, labels_of, reports_of
from training.evaluate_episodes import is_bare_category, match_quotes
from training.matching import characters, iou

_MAX_TOKENS = 510  # a report of an episode is one window
_LONGEST_CUE = 5


def episode_articles(
    episodes: Sequence[Mapping[str, Any]], reader: Reader
) -> list[LabelledArticle]:
    """Complete the labels of episodes with a reader's own reading.

    Parameters
    ----------
    episodes : sequence of mappings
        Rows of ``data/episodes``.
    reader : Reader
        Trained without them.

    Returns
    -------
    list of LabelledArticle
        A report each; ids are ``episode/report``.
    """
    jobs = [(report, episode) for episode in episodes for report in reports_of(episode)]
    found = attribute((report.text for report, _ in jobs), reader)
    articles = []
    for (report, episode), predicted in zip(jobs, found, strict=True):
        gold = labels_of(episode, report)
        own = [
            LabelledAttribution(f"p{n}", item.source, item.cue, item.content)
            for n, item in enumerate(predicted)
        ]
        articles.append(_article(report, gold, own, reader))
    return articles


def _article(
    report: Report,
    gold: Sequence[Mapping[str, Any]],
    own: list[LabelledAttribution],
    reader: Reader,
) -> LabelledArticle:
    tokens = tokenize(report.text, reader.tokenizer)
    windows = cut_windows(tokens, _MAX_TOKENS, 0)
    (outputs,) = reader.run([make_batch([(tokens, windows[0])], reader.special)])
    completed = []
    for claim in gold:
        start = find_quote(report.text, claim["quote"])
        quote = (start, start + len(claim["quote"]))
        at = start + claim["quote"].index(claim["source"])
        source = (at, at + len(claim["source"]))
        label = None if is_bare_category(claim["source"]) else claim["source_type"]
        partner = next((item for item in own if _is_reading(item, quote, source)), None)
        cue: Spans = ()
        content: Spans = ()
        if partner is not None:
            own.remove(partner)
            cue, content = partner.cue, _within(partner.content, quote)
        if not content:
            forced = _force(report.text, tokens, outputs, quote, source)
            if forced is None:
                continue
            cue, content = (forced[0],), (forced[1],)
        completed.append(LabelledAttribution(claim["id"], (source,), cue, content, label))
    taken = characters(tuple(span for item in completed for span in item.cue))
    free = [item for item in own if not characters(item.cue) & taken]
    return LabelledArticle(report.id, report.text, (*free, *completed))


def _is_reading(item: LabelledAttribution, quote: Span, source: Span) -> bool:
    inside = all(quote[0] <= start and end <= quote[1] for start, end in item.cue)
    return inside and iou(item.source, (source,)) >= 0.5


def _within(pieces: Spans, quote: Span) -> Spans:
    clipped = ((max(start, quote[0]), min(end, quote[1])) for start, end in pieces)
    return tuple((start, end) for start, end in clipped if start < end)


def _force(
    text: str, tokens: Tokens, outputs: Outputs, quote: Span, source: Span
) -> tuple[Span, Span] | None:
    """The cue and content that the network thinks best, given quote and source."""
    n_words = outputs.emissions.shape[1]
    source_words = words_of(tokens, (source,))
    inside = [w for f, last in words_of(tokens, (quote,)) for w in range(f, min(last, n_words))]
    if not source_words or not inside:
        return None
    first, last = source_words[0]
    cues = outputs.emissions[0].reshape(n_words, 3, 3)[:, CUE]
    arcs = outputs.source_arcs[0, :, first] - outputs.source_arcs[0].max(-1)
    scores = cues[:, 1] - cues[:, OUTSIDE] + arcs
    candidates = [
        w
        for w in inside
        if not first <= w < last and text[tokens.starts[w] : tokens.ends[w]].isalpha()
    ]
    if not candidates:
        return None
    begin = max(candidates, key=lambda word: float(scores[word]))
    end = begin + 1
    while (
        end in candidates and end - begin < _LONGEST_CUE and cues[end, INSIDE] > cues[end, OUTSIDE]
    ):
        end += 1
    taken = set(range(first, last)) | set(range(begin, end))
    emissions = outputs.emissions[0].reshape(n_words, 3, 3)[:, CONTENT]
    margins = emissions[:, 1:].max(-1) - emissions[:, OUTSIDE]
    content = _best_run([w for w in inside if w not in taken], margins, text, tokens)
    if content is None:
        return None
    return _span(tokens, begin, end), _span(tokens, *content)


def _best_run(
    words: list[int], margins: FloatArray, text: str, tokens: Tokens
) -> tuple[int, int] | None:
    """Of the runs of neighbouring words, the likeliest content, without commas at its ends."""
    if not words:
        return None
    runs = np.split(np.asarray(words), np.flatnonzero(np.diff(words) > 1) + 1)
    best = max(runs, key=lambda run: float(margins[run].sum()))
    first, last = int(best[0]), int(best[-1]) + 1
    while first < last and _is_comma(text, tokens, first):
        first += 1
    while first < last and _is_comma(text, tokens, last - 1):
        last -= 1
    return (first, last) if first < last else None


def _is_comma(text: str, tokens: Tokens, word: int) -> bool:
    return text[tokens.starts[word] : tokens.ends[word]] in {",", ";", ":", "–", "—"}


def _span(tokens: Tokens, first: int, last: int) -> Span:
    return int(tokens.starts[first]), int(tokens.ends[last - 1])


def typed_readings(
    episodes: Sequence[Mapping[str, Any]], reader: Reader
) -> list[tuple[FloatArray, str]]:
    """Type scores of the claims that the reader found in episodes, with their gold types."""
    jobs = [(report, episode) for episode in episodes for report in reports_of(episode)]
    pairs = []
    for (report, episode), predicted in zip(
        jobs, attribute((report.text for report, _ in jobs), reader), strict=True
    ):
        gold = labels_of(episode, report)
        for index, (found, by_source) in match_quotes(report, predicted, gold).items():
            if by_source and not is_bare_category(gold[index]["source"]):
                pairs.append((found.type_scores, gold[index]["source_type"]))
    return pairs
