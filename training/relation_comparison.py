"""What a larger encoder and what the claim add: a small encoder beside the one that ships.

It is fitted through the same stages, with the claim and without it. Beside it stands Emergent,
which the stance stage of the shipped encoder is cross-validated on. None of this ships.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.evaluate_stance import emergent_figures
from training.relation import (
    RelationConfig,
    counts,
    fit_networks,
    gather,
    in_short,
    scored,
    vocabulary_texts,
)
from training.relation_stack import heads_out_of_fold
from training.relation_stages import Stages


def compare_encoders(config: RelationConfig, corpora: Path, run: Path, out: Path) -> dict[str, Any]:
    """Fit and measure what stands beside the relation classifier; a killed run goes on.

    Parameters
    ----------
    config : RelationConfig
    corpora : Path
        With ``nli/``, ``emergent/`` and ``fnc1/``.
    run : Path
        That of `train_relation`: its inference stage is gone on from.
    out : Path
        Gets the figures, as JSON.

    Returns
    -------
    dict
        ``examples`` that the small encoder was fitted on, ``baselines`` and ``emergent``.
    """
    texts = gather(config)
    small = Stages(config.small, run / "small")
    small.cut_vocabulary(vocabulary_texts(config, corpora, texts))
    public = small.public(corpora)
    found: dict[str, Any] = {}
    for name, stages in (("small", small), ("small_claim_blind", replace(small, see_claim=False))):
        _, *folds = fit_networks(stages, texts, config, public)
        rows = scored(stages, texts, folds)
        seen = rows if stages.see_claim else rows.claim_blind()
        apart = heads_out_of_fold(seen, config.stack)
        found[name] = in_short(rows, apart.relation, apart.by)
    shipped = Stages(config.network, run)
    figures = {
        "examples": counts([*texts.own, *texts.real, *texts.mined]),
        "baselines": found,
        "emergent": emergent_figures(shipped, "inference", corpora, config.folds),
    }
    out.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return figures
