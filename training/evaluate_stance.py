"""The stance stage alone on Emergent, cross-validated by claim.

Published on another split of the same corpus: 73 % (Ferreira and Vlachos, NAACL 2016). The
inference stage under it saw neither Emergent nor FNC-1, which shares headlines with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from scorer.link.relation_model import ENCODER, VERDICTS
from scorer.types import Excerpt
from training.corpora.stance import Stance, load_stances
from training.figures import rate
from training.relation_figures import macro_f1
from training.relation_stack import assign_folds
from training.relation_stages import Stages, stance_pairs, whole

_SPLITS = ("emergent/train", "emergent/dev")
_COLUMNS = [ENCODER.index(f"encoder {verdict}") for verdict in VERDICTS]


def emergent_figures(stages: Stages, base: str, corpora: Path, folds: int) -> Mapping[str, Any]:
    """Fit the stance stage without each fold's claims in turn, and measure it on them.

    Parameters
    ----------
    stages : Stages
    base : str
        The stage it goes on from.
    corpora : Path
        With ``emergent/``.
    folds : int
        Of the claims.

    Returns
    -------
    dict
        ``accuracy`` with its interval, and ``macro_f1`` over for, against and observing.
    """
    rows = [row for split in _SPLITS for row in load_stances(corpora, split)]
    which = assign_folds(np.array([row.group for row in rows]), folds, stages.config.stance.seed)
    found = np.zeros((len(rows), len(VERDICTS)))
    for fold in range(folds):
        apart = np.flatnonzero(which == fold)
        others = [rows[i] for i in np.flatnonzero(which != fold)]
        pairs = stance_pairs(others, stages.reader())
        name = stages.fit(f"emergent{fold}", base, pairs, stages.config.stance)
        found[apart] = stages.score(name, [_asked(rows[i]) for i in apart])[:, _COLUMNS]
    labels = np.array([VERDICTS.index(next(iter(row.verdicts))) for row in rows])
    predicted = found.argmax(axis=1)
    return {
        "accuracy": rate(int((predicted == labels).sum()), len(rows)),
        "macro_f1": macro_f1(predicted, labels, len(VERDICTS)),
        "claims": len({row.group for row in rows}),
        "folds": folds,
    }


def _asked(row: Stance) -> tuple[Excerpt, Excerpt]:
    return whole(row.hypothesis), whole(row.premise)
