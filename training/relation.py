"""The relation classifier from corpora to bundle: fit, stack, calibrate, measure, write.

Every figure is out of fold: an episode is judged by a network that saw nothing of it, under
regressions fitted without it; the pairs that are measured enter no network. The running example
enters nothing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from scorer.contract import given_claims
from scorer.link import relate
from scorer.link.candidates import Retrieval
from scorer.link.features import STRUCTURE
from scorer.link.linking import links
from scorer.link.relation_model import ENCODER, Array, Prediction, RelationModel
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import WORDS, save_relation
from scorer.types import RELATIONS, SPEAKERS, Claim, Relation
from training.configuration import STRICT
from training.corpora.episodes import load_episodes, reports_of
from training.corpora.relation_pairs import load_relation_pairs
from training.corpora.stance import load_stances
from training.evaluate_candidates import candidate_figures
from training.evaluate_minimal_pairs import load_minimal_pairs, minimal_pair_figures
from training.relation_baseline import lexical_baseline
from training.relation_data import (
    Example,
    episode_examples,
    mined_examples,
    pair_examples,
    story_texts,
    trainable,
    word_rarity,
)
from training.relation_figures import by_group, head_figures, majority, short_figures
from training.relation_rows import Rows, labelled_rows
from training.relation_stack import (
    Apart,
    StackConfig,
    assign_folds,
    fit_stack,
    heads_out_of_fold,
)
from training.relation_stages import StageConfig, Stages
from training.relation_stream import Stream, bearing_out_of_fold, fit_screen, link_figures, retrieve

FIGURES = "figures.json"
FINAL = "final"
MEASURED = ("episodes", "relation_pairs")


@dataclass(frozen=True)
class RelationConfig:
    """A configuration file of this step.

    `small` is an encoder to compare with, see `training.relation_comparison`. `episodes`,
    `fictional_episodes`, `relation_pairs`, `contrast_pairs` and `minimal_pairs` are names under
    ``data/``, or folders. Every `heldout_every`-th group of pairs is kept for measuring. `folds`
    of the episodes get a network each; `mined` retrieved passages without a label are drawn of
    each fictional episode, `mined_real` of each real one. `replayed` examples of the stage before
    are learnt again beside the episodes, so that they are not forgotten.
    """

    __pydantic_config__ = STRICT

    network: StageConfig
    small: StageConfig
    stack: StackConfig = field(default_factory=StackConfig)
    episodes: str = "episodes"
    fictional_episodes: str = "fictional_episodes"
    relation_pairs: str = "relation_pairs"
    contrast_pairs: str = "contrast_pairs"
    minimal_pairs: str = "minimal_pairs"
    heldout_every: int = 5
    folds: int = 3
    mined: int = 6
    mined_real: int = 3
    replayed: int = 300
    seed: int = 17


@dataclass(frozen=True, slots=True)
class Texts:
    """What the classifier is made from; `fold` says which fold an episode is of."""

    episodes: list[Mapping[str, Any]]
    fold: dict[str, int]
    own: list[Example]
    replayed: list[Example]
    real: list[Example]
    mined: list[Example]
    heldout: list[Example]
    retrieval: Retrieval


def train_relation(
    config: RelationConfig,
    corpora: Path,
    run: Path,
    out: Path,
    readings: Path,
    links_out: Path,
) -> dict[str, Any]:
    """Train, measure and write the relation classifier; a killed run goes on where it stopped.

    Parameters
    ----------
    config : RelationConfig
    corpora : Path
        With ``nli/``, ``emergent/`` and ``fnc1/``.
    run : Path
        Checkpoints and fitted weights; what is already there is not fitted again.
    out : Path
        The model's folder in a bundle; written only once everything is measured.
    readings : Path
        JSON Lines of the episodes' claims, as read by networks that never saw the episode.
    links_out : Path
        Gets the relations of those claims, as linked by networks and regressions that never saw
        the episode, in the form that ``corroborate score --relations`` takes.

    Returns
    -------
    dict
        The figures, as written to ``figures.json``.
    """
    texts = gather(config)
    stages = Stages(config.network, run)
    stages.cut_vocabulary(vocabulary_texts(config, corpora, texts))
    public = stages.public(corpora)
    own, *networks = fit_networks(stages, texts, config, public)
    everything = [*texts.real, *texts.mined, *texts.replayed]
    networks.append(stages.adapted(FINAL, own, everything, config.network.episodes))
    by_stage = {
        "stance": [public] * len(networks),
        "own": [own] * len(networks),
        "episodes": networks,
    }
    rows = {name: scored(stages, texts, each) for name, each in by_stage.items()}
    claims = read_readings(readings, texts.episodes)
    model, figures, linked = _stacked(stages, texts, rows["episodes"], config, claims)
    figures |= {
        "stages": _by_stage(rows, config),
        "baselines": _lexical_baselines(rows["episodes"], texts, config),
    }
    figures["minimal_pairs"] = _minimal_pairs(model, config)
    _write(model, stages, out, figures)
    links_out.write_text("".join(map(_line, linked)), "utf-8")
    return figures


def gather(config: RelationConfig) -> Texts:
    """Load our corpora and draw the retrieved passages that stand for the stream."""
    episodes = trainable(load_episodes(data_path(config.episodes)))
    fictional = list(load_episodes(data_path(config.fictional_episodes)))
    pairs = load_relation_pairs(data_path(config.relation_pairs))
    contrast = load_relation_pairs(data_path(config.contrast_pairs))
    rarity = word_rarity(story_texts(episodes, pairs))
    embedding = EmbeddingModel.load(data_path("bundle") / "embedding")
    retrieval = Retrieval(rarity, embedding.embed)
    heldout = frozenset(sorted(pairs["id"])[:: config.heldout_every])
    random = np.random.default_rng(config.seed)

    def drawn(some: Sequence[Example], count: int) -> list[Example]:
        return [some[i] for i in sorted(random.permutation(len(some))[:count].tolist())]

    def mined(of: Sequence[Mapping[str, Any]], count: int) -> list[Example]:
        return [x for e in of for x in drawn(list(mined_examples(e, retrieval)), count)]

    names = np.array([episode["id"] for episode in episodes])
    folds = assign_folds(names, config.folds, config.seed)
    labelled = [x for e in fictional for x in episode_examples(e, "fictional_episodes")]
    apart = [x for group in pairs for x in pair_examples(group)]
    own = [*(x for x in apart if x.group not in heldout), *labelled]
    own += [x for group in contrast for x in pair_examples(group, "contrast_pairs")]
    own += mined(fictional, config.mined)
    return Texts(
        episodes=episodes,
        fold=dict(zip(names.tolist(), folds.tolist(), strict=True)),
        own=own,
        replayed=drawn(own, config.replayed),
        real=[x for episode in episodes for x in episode_examples(episode)],
        mined=mined(episodes, config.mined_real),
        heldout=[x for x in apart if x.group in heldout],
        retrieval=retrieval,
    )


def vocabulary_texts(config: RelationConfig, corpora: Path, texts: Texts) -> Iterator[str]:
    """Yield what the networks read, to choose the word pieces that are served."""
    for name in {**config.network.inference_mix, **config.network.stance_mix}:
        for row in load_stances(corpora, name):
            yield f"{row.premise} {row.hypothesis}"
    for example in [*texts.own, *texts.real, *texts.mined]:
        yield f"{example.claim.context} {example.passage.context}"


def read_readings(
    path: Path, episodes: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[Claim, ...]]:
    """Read the episodes' claims as detected; lines on other episodes are passed over."""
    reports = [report for episode in episodes for report in reports_of(episode)]
    with path.open("rb") as lines:
        claims, _ = given_claims(lines, reports)
    return claims


def fit_networks(
    stages: Stages, texts: Texts, config: RelationConfig, public: str
) -> tuple[str, ...]:
    """Fit the stages after the public ones.

    Returns
    -------
    tuple of str
        The network before the episodes, then one for each fold of them, which saw the others.
    """
    own = stages.adapted("own", public, texts.own, stages.config.own)
    news, how = [*texts.real, *texts.mined], stages.config.episodes
    folds = []
    for fold in range(config.folds):
        others = [x for x in news if texts.fold[x.group] != fold] + texts.replayed
        folds.append(stages.adapted(f"fold{fold}", own, others, how))
    return own, *folds


def scored(stages: Stages, texts: Texts, networks: Sequence[str]) -> Rows:
    """Score the episodes by their fold's network, the held-out pairs by the last one."""
    *_, last = range(len(networks))
    network_of = [texts.fold[x.group] for x in texts.real] + [last] * len(texts.heldout)
    examples = [*texts.real, *texts.heldout]
    pairs = [(x.claim, x.passage) for x in examples]
    return labelled_rows(examples, stages.score_apart(networks, network_of, pairs))


def _stacked(
    stages: Stages,
    texts: Texts,
    rows: Rows,
    config: RelationConfig,
    readings: Mapping[str, Sequence[Claim]],
) -> tuple[RelationModel, dict[str, Any], tuple[Relation, ...]]:
    """Fit the regressions, and measure what is served: heads, then links from raw text."""
    apart = heads_out_of_fold(rows, config.stack)
    relation, by = fit_stack(rows, apart, config.stack)
    stream = retrieve(texts.episodes, readings, texts.retrieval, apart.fold_of)
    screen, places = fit_screen(stream, config.stack)
    kept = stream.at(places)
    network_of = [texts.fold[c.claim.split("/")[0]] for c in kept.candidates.found]
    networks = [f"fold{fold}" for fold in range(config.folds)]
    encoder = stages.score_apart(networks, network_of, kept.candidates.pairs)
    columns = kept.candidates.columns(encoder)
    bearing, bears = bearing_out_of_fold(columns, kept, config.stack)
    judged = _judged_apart(kept, encoder, apart)
    floor, found = link_figures(kept, bears, judged.relation, config.stack)
    model = RelationModel(
        reader=stages.served_reader(),
        run=stages.runner(FINAL),
        relation=relation,
        by=by,
        screen=screen,
        screened=config.stack.screened,
        bearing=bearing,
        floor=floor,
        structure=STRUCTURE,
        rarity=texts.retrieval.rarity,
    )
    real = rows.of("episodes")
    figures = {
        "model": {
            "encoder": config.network.encoder.removeprefix("package:"),
            "parameters": sum(p.numel() for p in stages.network(FINAL).parameters()),
            "config": asdict(config),
        },
        "examples": counts([*texts.own, *texts.real, *texts.mined, *texts.heldout]),
        "public": {**config.network.inference_mix, **config.network.stance_mix},
        "folds": config.folds,
        "by_episode": by_group(
            apart.relation[real], rows.relation[real], rows.group[real].tolist()
        ),
        "temperature": {"relation": relation.temperature, "by": by.temperature},
        "links": {"candidates_per_report": len(stream.gold) / stream.reports} | found,
        "candidates": candidate_figures(texts.episodes, readings, texts.retrieval),
        "bears_floor": floor,
    }
    for corpus in MEASURED:
        at = rows.of(corpus)
        figures[corpus] = head_figures(
            apart.relation[at], apart.by[at], rows.relation[at], rows.by[at]
        )
    return model, figures, links(kept.candidates.found, judged, bears, floor)


def _judged_apart(kept: Stream, encoder: Array, apart: Apart) -> Prediction:
    """Judge each candidate by the heads that were fitted without its episode."""
    columns = np.concatenate([kept.candidates.structure, encoder], axis=1)
    found = Prediction(*(np.zeros((len(columns), len(n))) for n in (RELATIONS, SPEAKERS)))
    for fold, heads in apart.heads.items():
        own = kept.fold == fold
        for judged, head in zip(found, heads, strict=True):
            judged[own] = head.probabilities(columns[own])
    return found


def _line(relation: Relation) -> str:
    line = {
        "claim": relation.claim,
        "passage": asdict(relation.passage),
        "relation_probabilities": _rounded(relation.probabilities),
        "by_probabilities": _rounded(relation.by_probabilities),
    }
    return json.dumps(line) + "\n"


def _rounded(probabilities: Mapping[Any, float]) -> dict[str, float]:
    return {label: round(p, 4) for label, p in probabilities.items()}


def _by_stage(rows: Mapping[str, Rows], config: RelationConfig) -> dict[str, Any]:
    """What each stage adds: the same regressions over the scores of its networks."""
    structure = {"structure alone": rows["own"].columns_of(STRUCTURE)}
    alone = {"encoder alone": rows["episodes"].columns_of(ENCODER)}
    found: dict[str, Any] = {}
    for name, seen in {**structure, **rows, **alone}.items():
        apart = heads_out_of_fold(seen, config.stack)
        found[name] = in_short(seen, apart.relation, apart.by)
    return found


def _lexical_baselines(rows: Rows, texts: Texts, config: RelationConfig) -> dict[str, Any]:
    """A lexical classifier with and without the claim, and the majority."""
    found: dict[str, Any] = {}
    folds = assign_folds(rows.group, config.stack.folds, config.stack.seed)
    for name, see_claim in (("lexical", True), ("lexical_claim_blind", False)):
        lexical = lexical_baseline([*texts.real, *texts.heldout], folds, see_claim=see_claim)
        found[name] = in_short(rows, *lexical)
    commonest = majority(rows.relation, len(RELATIONS)), majority(rows.by, len(SPEAKERS))
    return found | {"majority": in_short(rows, *commonest)}


def in_short(rows: Rows, relation: Array, by: Array) -> dict[str, Any]:
    """Measure probabilities of the rows on each corpus."""
    return {
        corpus: short_figures(relation[at], by[at], rows.relation[at], rows.by[at])
        for corpus in MEASURED
        for at in (rows.of(corpus),)
    }


def _minimal_pairs(model: RelationModel, config: RelationConfig) -> Any:
    pairs = load_minimal_pairs(data_path(config.minimal_pairs))
    return minimal_pair_figures(pairs, lambda asked: relate(asked, model))


def counts(examples: Sequence[Example]) -> dict[str, int]:
    """Count the examples by corpus."""
    names = [example.corpus for example in examples]
    return {name: names.count(name) for name in sorted(set(names))}


def _write(model: RelationModel, stages: Stages, out: Path, figures: dict[str, Any]) -> None:
    """Write the model's folder whole beside its place, then put it there."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    save_relation(model, fresh)
    for name in ("model.onnx", WORDS):
        shutil.copy(stages.served(FINAL) / name, fresh / name)
    (fresh / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
