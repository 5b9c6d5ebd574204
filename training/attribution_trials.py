"""Tries for the attribution reader: each one epoch on a fixed third, measured on PolNeAR dev."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scorer.read.attribute import attribute
from training.attribution_data import labelled_articles
from training.attribution_fit import FitConfig, chain_of
from training.attribution_stages import AdaptConfig, DecodeConfig, Stages
from training.configuration import STRICT
from training.corpora import polnear
from training.encoders import load_tokenizer, resolve_encoder
from training.evaluate import KINDS, span_figures

_THIRD = 3


@dataclass(frozen=True)
class Trial:
    """What a try changes of the `[fit]` table; `constrained` off decodes by plain argmax."""

    name: str
    fit: dict[str, Any] = field(default_factory=dict)
    constrained: bool = True


@dataclass(frozen=True)
class TrialsConfig:
    """A configuration file of this step: the common fit, and what each try changes."""

    __pydantic_config__ = STRICT

    fit: FitConfig
    trials: list[Trial]


def run_trials(config: TrialsConfig, corpora: Path, run: Path, out: Path) -> list[dict[str, Any]]:
    """Run the tries that `out` does not hold yet, writing it after each.

    Parameters
    ----------
    config : TrialsConfig
    corpora : Path
        With ``polnear/``.
    run : Path
        Checkpoints.
    out : Path
        JSON: a list of ``{name, changed, figures, minutes}``.
    """
    done = json.loads(out.read_text("utf-8")) if out.is_file() else []
    train = labelled_articles(polnear.load(corpora / "polnear", "train"))[::_THIRD]
    dev = labelled_articles(polnear.load(corpora / "polnear", "dev"))
    for trial in config.trials:
        if trial.name in {row["name"] for row in done}:
            continue
        started = time.monotonic()
        fit = replace(config.fit, **trial.fit)
        fit = replace(fit, encoder=resolve_encoder(fit.encoder))
        tokenizer, special = load_tokenizer(fit.encoder)
        decode = DecodeConfig(max_tokens=fit.max_tokens)
        stages = Stages(fit, AdaptConfig(), decode, tokenizer, special, run / _key(trial))
        net = stages.fit_base(train)
        minutes = (time.monotonic() - started) / 60
        reader = replace(
            stages.reader("base", net), chain=chain_of(net, fit, constrained=trial.constrained)
        )
        found = attribute((article.text for article in dev), reader)
        figures = span_figures(
            [(f, article.attributions) for f, article in zip(found, dev, strict=True)]
        )
        done.append(
            {
                "name": trial.name,
                "changed": trial.fit | ({} if trial.constrained else {"constrained": False}),
                "figures": {
                    "exact": {kind: figures["exact"][kind]["f1"] for kind in KINDS},
                    "linked": figures["linked"]["f1"],
                },
                "minutes": round(minutes, 1),
            }
        )
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(done, indent=1) + "\n", "utf-8")
    return list(done)


def _key(trial: Trial) -> str:
    """Tries that fit alike and only decode otherwise share their weights."""
    return "-".join(f"{name}={value}" for name, value in sorted(trial.fit.items())) or "unchanged"
