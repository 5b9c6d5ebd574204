"""Report -> claims: who is said to have said what, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

import numpy as np

from scorer.read.anonymity import anonymity_reason
from scorer.read.attribute import Attribution, attribute
from scorer.read.counts import source_count
from scorer.read.sources import AttributionModel, SourceCalibration, type_probabilities
from scorer.types import ANONYMOUS_KINDS, SOURCE_TYPES, Claim, Report

_ANONYMOUS = SOURCE_TYPES.index("anonymous")


def read(reports: Iterable[Report], model: AttributionModel) -> Iterator[tuple[Claim, ...]]:
    """Find every claim of each report and whom it is attributed to.

    Lazy: a few reports are read ahead, so memory does not grow with their number.

    Parameters
    ----------
    reports : iterable of Report
        English; of any length.
    model : AttributionModel

    Yields
    ------
    tuple of Claim
        A report's claims, in text order of their cues; empty if it attributes nothing.
    """
    kept, texts = tee(reports)
    found = attribute((report.text for report in texts), model.reader)
    for report, attributions in zip(kept, found, strict=True):
        yield tuple(
            _claim(report, number, attribution, model.calibration)
            for number, attribution in enumerate(attributions, start=1)
        )


def _claim(
    report: Report, number: int, found: Attribution, calibration: SourceCalibration
) -> Claim:
    probabilities = type_probabilities(found.type_scores, calibration).astype(float)
    anonymous = bool(probabilities[_ANONYMOUS] >= calibration.anonymous_threshold)
    ranked = np.argsort(-probabilities)
    named = next(int(index) for index in ranked if index != _ANONYMOUS)
    kinds = found.type_scores[len(SOURCE_TYPES) :]
    return Claim(
        id=f"{report.key}#c{number}",
        report=report.key,
        source=found.source,
        cue=found.cue,
        content=found.content,
        source_type="anonymous" if anonymous else SOURCE_TYPES[named],
        source_type_probabilities=dict(zip(SOURCE_TYPES, probabilities.tolist(), strict=True)),
        anonymous=anonymous,
        anonymous_probability=float(probabilities[_ANONYMOUS]),
        anonymous_kind=ANONYMOUS_KINDS[int(kinds.argmax())] if anonymous else None,
        source_count=source_count(report.text, found.source),
        anonymity_reason=anonymity_reason(report.text, found) if anonymous else None,
    )
