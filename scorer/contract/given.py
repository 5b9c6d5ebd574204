"""Claims and relations that a caller gives instead of the models' own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scorer.contract import fields
from scorer.errors import CorroborateError, Rejected
from scorer.ingest import read_objects
from scorer.types import (
    ANONYMOUS_KINDS,
    RELATIONS,
    SOURCE_TYPES,
    SPEAKERS,
    Claim,
    Passage,
    Relation,
    Report,
)

Texts = Mapping[str, str]


def given_claims(
    lines: Iterable[bytes], reports: Iterable[Report]
) -> tuple[dict[str, tuple[Claim, ...]], list[Rejected]]:
    """Read a claims file, as `corroborate read` writes it.

    Parameters
    ----------
    lines : iterable of bytes
        JSON Lines ``{id, claims: […]}``. Of a claim `id`, `content` and `source_type` have to
        be there; a probability left out is that of a certain label.
    reports : iterable of Report
        The reports that the ids name and the spans count in.

    Returns
    -------
    claims : dict
        By `Report.key`; a report without a line has no claims.
    rejected : list of Rejected
        The lines that were not understood, each with its pointer.
    """
    known = {(report.id, report.version): report for report in reports}
    claims: dict[str, tuple[Claim, ...]] = {}
    seen: set[str] = set()
    rejected = []
    for number, item in read_objects(lines):
        if isinstance(item, Rejected):
            rejected.append(item)
            continue
        try:
            report = _report(item, known)
            found = [
                _claim(claim, report, f"/claims/{n}")
                for n, claim in enumerate(fields.objects(item, "claims"))
            ]
            _refuse_repeats(found, seen)
        except CorroborateError as error:
            rejected.append(Rejected(fields.readable_id(item), number, error.problem))
            continue
        claims[report.key] = claims.get(report.key, ()) + tuple(found)
    return claims, rejected


def given_relations(
    lines: Iterable[bytes],
    claims: Mapping[str, Iterable[Claim]],
    reports: Iterable[Report],
) -> tuple[tuple[Relation, ...], list[Rejected]]:
    """Read a relations file ``{claim, passage: {report, start, end}, relation, by}``.

    `relation` and `by` are each a label, which is taken as certain, or an object of
    probabilities; `relation_probabilities` and `by_probabilities`, as `corroborate relate`
    writes them, go before the labels.

    Returns
    -------
    relations : tuple of Relation
        In file order.
    rejected : list of Rejected
        The lines that were not understood, each with its pointer.
    """
    texts = {report.key: report.text for report in reports}
    known = {claim.id: claim.report for each in claims.values() for claim in each}
    relations = []
    rejected = []
    for number, item in read_objects(lines):
        if isinstance(item, Rejected):
            rejected.append(item)
            continue
        try:
            relations.append(_relation(item, known, texts))
        except CorroborateError as error:
            rejected.append(Rejected(fields.readable_id(item), number, error.problem))
    return tuple(relations), rejected


def _report(item: Mapping[str, Any], known: Mapping[tuple[str, int], Report]) -> Report:
    name = fields.text(item, "id")
    version = 1 if item.get("version") is None else fields.whole_number(item, "version")
    if (name, version) not in known:
        raise CorroborateError("unknown_report", "/id", id=name)
    return known[name, version]


def _claim(item: Mapping[str, Any], report: Report, at: str) -> Claim:
    length = len(report.text)
    content = fields.spans(fields.required(item, "content", at), length, f"{at}/content")
    if not content:
        raise CorroborateError("missing_field", f"{at}/content", field="content")
    source_type = fields.label(
        fields.text(item, "source_type", at), SOURCE_TYPES, f"{at}/source_type"
    )
    kind = fields.optional_text(item, "anonymous_kind", at)
    reason = item.get("anonymity_reason")
    anonymous = item.get("anonymous", source_type == "anonymous")
    if not isinstance(anonymous, bool):
        raise fields.wrong_type(f"{at}/anonymous", "true or false", anonymous)
    return Claim(
        id=fields.text(item, "id", at),
        report=report.key,
        source=fields.spans(item.get("source", []), length, f"{at}/source"),
        cue=fields.spans(item.get("cue", []), length, f"{at}/cue"),
        content=content,
        source_type=source_type,
        source_type_probabilities=fields.distribution(
            item.get("source_type_probabilities", source_type),
            SOURCE_TYPES,
            f"{at}/source_type_probabilities",
        ),
        anonymous=anonymous,
        anonymous_probability=fields.probability(
            item.get("anonymous_probability", float(anonymous)), f"{at}/anonymous_probability"
        ),
        anonymous_kind=None
        if kind is None
        else fields.label(kind, ANONYMOUS_KINDS, f"{at}/anonymous_kind"),
        source_count=None
        if item.get("source_count") is None
        else fields.whole_number(item, "source_count", at),
        anonymity_reason=None
        if reason is None
        else fields.spans(reason, length, f"{at}/anonymity_reason"),
    )


def _relation(item: Mapping[str, Any], claims: Mapping[str, str], texts: Texts) -> Relation:
    claim = _known(fields.text(item, "claim"), claims, "unknown_claim", "/claim")
    passage = fields.child(item, "passage")
    report = _known(
        fields.text(passage, "report", "/passage"), texts, "unknown_report", "/passage/report"
    )
    start, end = fields.check_span(
        fields.whole_number(passage, "start", "/passage"),
        fields.whole_number(passage, "end", "/passage"),
        len(texts[report]),
        "/passage",
    )
    relation, by = (_either(item, name) for name in ("relation", "by"))
    return Relation(
        claim,
        Passage(report, start, end),
        fields.distribution(item[relation], RELATIONS, f"/{relation}"),
        fields.distribution(item[by], SPEAKERS, f"/{by}"),
    )


def _either(item: Mapping[str, Any], name: str) -> str:
    """Name the field that holds the probabilities, else the one that has to hold a label."""
    probabilities = f"{name}_probabilities"
    if item.get(probabilities) is not None:
        return probabilities
    fields.required(item, name)
    return name


def _known(name: str, known: Mapping[str, object], code: str, pointer: str) -> str:
    if name not in known:
        raise CorroborateError(code, pointer, id=name)
    return name


def _refuse_repeats(claims: Iterable[Claim], seen: set[str]) -> None:
    for n, claim in enumerate(claims):
        if claim.id in seen:
            raise CorroborateError("duplicate_claim", f"/claims/{n}/id", id=claim.id)
        seen.add(claim.id)
