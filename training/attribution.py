"""The attribution reader from corpora to bundle: fit, adapt, tune, calibrate, export, measure.

The network is fitted on PolNeAR, then adapted to our episodes together with the PolNeAR
articles that have source types. Every figure on an episode, and the calibration, comes from a
network that was adapted without it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from datasets import Dataset

from scorer.contract import claims_record, line
from scorer.models.attribution import onnx_runner
from scorer.models.data import data_path
from scorer.read import read
from scorer.read.attribute import Reader, attribute
from scorer.read.sources import AttributionModel, SourceCalibration
from scorer.types import Claim, Report
from training.attribution_adapt import episode_articles, typed_readings
from training.attribution_calibrate import (
    TypedScores,
    fit_calibration,
    natural_shares,
    score_types,
)
from training.attribution_data import LabelledArticle, labelled_articles
from training.attribution_fit import FitConfig
from training.attribution_model import AttributionNet
from training.attribution_stages import AdaptConfig, DecodeConfig, Stages, assign_folds
from training.attribution_tune import tune_decoding
from training.baselines import pattern_reader, phrase_list_figures
from training.configuration import STRICT
from training.corpora import polnear, source_types
from training.corpora.episodes import UNTOUCHED, load_episodes, reports_of
from training.encoders import load_tokenizer, resolve_encoder
from training.evaluate import figures_of_reader
from training.export import export_network
from training.matching import match_loosely

CORPORA = ("polnear", "source_types", "episodes")
FINAL = "final"


@dataclass(frozen=True)
class AttributionConfig:
    """A configuration file of this step.

    Of PolNeAR's training articles, every `heldout_every`-th fits thresholds and calibration
    instead of the network. `source_types` and `episodes` are names under ``data/``, or folders.
    """

    __pydantic_config__ = STRICT

    fit: FitConfig
    adapt: AdaptConfig = field(default_factory=AdaptConfig)
    decode: DecodeConfig = field(default_factory=DecodeConfig)
    heldout_every: int = 12
    source_types: str = "source_types"
    episodes: str = "episodes"


@dataclass(frozen=True, slots=True)
class _Texts:
    fitted: list[LabelledArticle]
    heldout: list[LabelledArticle]
    dev: Dataset
    types_dev: Dataset
    episodes: list[dict[str, Any]]

    @property
    def typed(self) -> list[LabelledArticle]:
        return [a for a in self.fitted if any(x.source_type for x in a.attributions)]


def train_attribution(
    config: AttributionConfig, corpora: Path, run: Path, out: Path, readings: Path
) -> dict[str, Any]:
    """Train, measure and write the attribution reader; a killed run goes on where it stopped.

    Parameters
    ----------
    config : AttributionConfig
    corpora : Path
        With ``polnear/``; episodes and source types are the project's own.
    run : Path
        Checkpoints and fitted weights; what is already there is not fitted again.
    out : Path
        The model's folder in a bundle; written only once everything is measured.
    readings : Path
        JSON Lines of the episodes' claims, each read by a network that never saw the episode:
        what figures from raw text start from.

    Returns
    -------
    dict
        The figures, as written to ``figures.json``.
    """
    encoder = resolve_encoder(config.fit.encoder)
    stages = Stages(
        replace(config.fit, encoder=encoder),
        config.adapt,
        config.decode,
        *load_tokenizer(encoder),
        run,
    )
    texts = _load_texts(config, corpora)
    folds = assign_folds([e["id"] for e in texts.episodes], config.adapt.folds, config.fit.seed)
    nets = _fit(stages, texts, folds)
    model, apart = _tune(stages, texts, folds, nets)
    members = {FINAL: model} | apart
    whole = {name: _in_fp32(stages, name, nets[name], own) for name, own in members.items()}
    figures = _describe(config, texts, nets[FINAL]) | {
        "thresholds": _thresholds(model),
        "figures": {
            "reader": _measure(members, folds, texts),
            "reader_fp32": _measure(whole, folds, texts),
            **_baselines(texts),
        },
    }
    _write(model, stages, out, figures)
    _write_readings(members, folds, config, readings)
    return figures


def _load_texts(config: AttributionConfig, corpora: Path) -> _Texts:
    train, dev = (polnear.load(corpora / "polnear", split) for split in ("train", "dev"))
    types = {
        split: source_types.load(data_path(config.source_types), split)
        for split in ("train", "dev")
    }
    typed = {a.id: a for a in labelled_articles(source_types.join(types["train"], train))}
    articles = [typed.get(a.id, a) for a in labelled_articles(train)]
    return _Texts(
        fitted=[a for n, a in enumerate(articles) if n % config.heldout_every],
        heldout=articles[:: config.heldout_every],
        dev=dev,
        types_dev=types["dev"],
        episodes=[e for e in load_episodes(data_path(config.episodes)) if e["id"] != UNTOUCHED],
    )


def _fit(stages: Stages, texts: _Texts, folds: dict[str, int]) -> dict[str, AttributionNet]:
    """The network that ships and, for measuring, one for each fold of the episodes."""
    base = stages.fit_base(texts.fitted)
    labelled = episode_articles(texts.episodes, stages.reader("base", base))
    order = np.random.default_rng(stages.fit.seed).permutation(len(texts.typed))
    some = [texts.typed[index] for index in order[: stages.adapt.articles]]
    nets = {FINAL: stages.fit_adapted(FINAL, base, [*labelled, *some])}
    for fold in range(stages.adapt.folds):
        others = [a for a in labelled if folds[a.id.split("/")[0]] != fold]
        nets[_fold_name(fold)] = stages.fit_adapted(_fold_name(fold), base, [*others, *some])
    return nets


def _fold_name(fold: int) -> str:
    return f"fold{fold}"


def _tune(
    stages: Stages, texts: _Texts, folds: dict[str, int], nets: dict[str, AttributionNet]
) -> tuple[AttributionModel, dict[str, AttributionModel]]:
    """Thresholds and calibration: the model that ships, and each fold's by name.

    A fold's calibration is fitted without the fold's own episodes.
    """
    reader = tune_decoding(stages.reader(FINAL, nets[FINAL]), texts.heldout)
    readers = {
        name: _with_thresholds(stages.reader(name, net), reader)
        for name, net in nets.items()
        if name != FINAL
    }
    readings = {
        name: typed_readings([e for e in texts.episodes if _fold_name(folds[e["id"]]) == name], own)
        for name, own in readers.items()
    }
    calibrate = _calibrator(reader, texts.heldout)
    everything = [pair for pairs in readings.values() for pair in pairs]
    apart = {
        name: AttributionModel(
            own,
            calibrate([p for other, pairs in readings.items() if other != name for p in pairs]),
        )
        for name, own in readers.items()
    }
    return AttributionModel(reader, calibrate(everything)), apart


def _with_thresholds(reader: Reader, tuned: Reader) -> Reader:
    chain = replace(reader.chain, bias=tuned.chain.bias)
    return replace(reader, chain=chain, linking=tuned.linking)


def _calibrator(
    reader: Reader, heldout: Sequence[LabelledArticle]
) -> Callable[[Sequence[TypedScores]], SourceCalibration]:
    """From readings of episodes to a calibration on those and the held-out articles."""
    found = list(attribute((article.text for article in heldout), reader))
    pairs = []
    for article, predicted in zip(heldout, found, strict=True):
        gold = [item for item in article.attributions if item.source_type is not None]
        pairs += [
            (predicted[p].type_scores, str(gold[g].source_type))
            for p, g in match_loosely(predicted, gold)
        ]
    labelled = score_types(pairs)
    shares = natural_shares(labelled, [item.type_scores for own in found for item in own])
    return lambda readings: fit_calibration(score_types(readings), labelled, shares)


def _in_fp32(
    stages: Stages, name: str, net: AttributionNet, model: AttributionModel
) -> AttributionModel:
    """The same model before its weights were quantized: what int8 costs."""
    run = onnx_runner(export_network(net, stages.network(f"{name}.fp32")))
    return replace(model, reader=replace(model.reader, run=run))


def _reading_apart(
    models: dict[str, AttributionModel], folds: dict[str, int]
) -> Callable[[Sequence[Report]], list[tuple[Claim, ...]]]:
    """Each episode by the network that did not see it; all else by the one that ships."""

    def model_of(report: Report) -> str:
        fold = folds.get(report.id.split("/")[0])
        return FINAL if fold is None else _fold_name(fold)

    def read_apart(reports: Sequence[Report]) -> list[tuple[Claim, ...]]:
        found: dict[str, tuple[Claim, ...]] = {}
        for name, model in models.items():
            own = [report for report in reports if model_of(report) == name]
            found |= zip((report.id for report in own), read(own, model), strict=True)
        return [found[report.id] for report in reports]

    return read_apart


def _measure(
    models: dict[str, AttributionModel], folds: dict[str, int], texts: _Texts
) -> dict[str, Any]:
    apart = _reading_apart(models, folds)
    return figures_of_reader(apart, texts.dev, texts.types_dev, texts.episodes)


def _write_readings(
    models: dict[str, AttributionModel],
    folds: dict[str, int],
    config: AttributionConfig,
    path: Path,
) -> None:
    """Every episode's claims as `corroborate read` writes them, without the texts."""
    reports = [r for e in load_episodes(data_path(config.episodes)) for r in reports_of(e)]
    found = _reading_apart(models, folds)(reports)
    with path.open("wb") as lines:
        for report, claims in zip(reports, found, strict=True):
            record = claims_record(report, claims)
            del record["text"]
            lines.write(line(record))


def _baselines(texts: _Texts) -> dict[str, Any]:
    claims = ((c["source"], c["source_type"]) for e in texts.episodes for c in e["claims"])
    return {
        "pattern_baseline": figures_of_reader(
            pattern_reader, texts.dev, texts.types_dev, texts.episodes
        ),
        "phrase_list": phrase_list_figures(claims),
    }


def _thresholds(model: AttributionModel) -> dict[str, Any]:
    return {
        "tag_bias": model.reader.chain.bias.tolist(),
        "linking": asdict(model.reader.linking),
        "anonymous": model.calibration.anonymous_threshold,
    }


def _describe(config: AttributionConfig, texts: _Texts, net: AttributionNet) -> dict[str, Any]:
    return {
        "model": {
            "encoder": config.fit.encoder.removeprefix("package:"),
            "parameters": sum(parameter.numel() for parameter in net.parameters()),
            "config": asdict(config),
            "seed": config.fit.seed,
            "trained_on": {
                "articles": len(texts.fitted),
                "attributions": sum(len(a.attributions) for a in texts.fitted),
                "heldout_articles": len(texts.heldout),
                "source_types": sum(
                    x.source_type is not None for a in texts.fitted for x in a.attributions
                ),
                "episodes": len(texts.episodes),
            },
        },
        "corpora": list(CORPORA),
    }


def _write(model: AttributionModel, stages: Stages, out: Path, figures: dict[str, Any]) -> None:
    """Write the model's folder whole beside its place, then put it there."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    shutil.copy(stages.network(FINAL), fresh / "model.onnx")
    stages.tokenizer.save(str(fresh / "tokenizer.json"))
    chain, calibration = model.reader.chain, model.calibration
    settings = {
        "special": list(stages.special),
        "max_tokens": model.reader.max_tokens,
        "margin": model.reader.margin,
        "linking": asdict(model.reader.linking),
        "chain": {
            "transitions": chain.transitions.tolist(),
            "opening": chain.opening.tolist(),
            "bias": chain.bias.tolist(),
        },
        "types": {
            "scale": calibration.scale.tolist(),
            "shift": calibration.shift.tolist(),
            "anonymous_threshold": calibration.anonymous_threshold,
        },
    }
    (fresh / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    (fresh / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    if (out / "trials.json").is_file():
        shutil.copy(out / "trials.json", fresh)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
