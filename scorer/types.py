"""The words all else speaks: frozen, typed records that the rooms pass to each other.

Every span is a half-open interval of Unicode code points, so that
``report.text[start:end]`` is the quote, verbatim. Every probability lies in [0, 1].
Every log-odds is a natural logarithm; higher means more likely to hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, get_args

Span = tuple[int, int]
Spans = tuple[Span, ...]

SourceType = Literal[
    "named_person",
    "organisation",
    "document",
    "media",
    "anonymous",
    "collective",
    "unattributed",
]
AnonymousKind = Literal["official", "insider", "witness", "expert", "unspecified"]
RelationKind = Literal[
    "confirms",
    "denies",
    "contradicts",
    "corrects",
    "retracts",
    "repeats",
    "updates",
    "unrelated",
]
Speaker = Literal[
    "interested_party",
    "same_outlet",
    "independent",
    "official_finding",
    "other_outlet",
]
Outcome = Literal["retracted", "corrected", "refuted", "confirmed", "disputed", "open"]
ReportStatus = Literal["scored", "prior_only", "insufficient_evidence"]
OutletStatus = Literal["scored", "insufficient_evidence"]
Sourcing = Literal["anonymous", "named"]
ContributionKind = Literal["prior", "evidence"]

SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
ANONYMOUS_KINDS: tuple[AnonymousKind, ...] = get_args(AnonymousKind)
RELATIONS: tuple[RelationKind, ...] = get_args(RelationKind)
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
AGAINST: frozenset[RelationKind] = frozenset({"denies", "contradicts", "corrects", "retracts"})

HEADLINE_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Report:
    """One version of one article of one outlet.

    Attributes
    ----------
    id : str
        Unique in the input together with `version`.
    outlet : str
        The outlet's name as printed.
    domain : str
        The outlet's registered domain; it identifies the outlet.
    date : str
        Publication, ISO 8601. Without a time it means that whole UTC day.
    headline, body : str
        As printed. Spans count code points of `text`, their join.
    url : str or None
        Where it was published.
    version : int
        1 for the first version of the article, rising.
    credit : str or None
        The wire or agency credited in the byline, if the input names one.
    recorded : str or None
        When we learned of it, ISO 8601 as `date`; None where the input does not say, which
        counts as recorded when it was published.
    """

    id: str
    outlet: str
    domain: str
    date: str
    headline: str
    body: str
    url: str | None = None
    version: int = 1
    credit: str | None = None
    recorded: str | None = None

    @property
    def text(self) -> str:
        """The headline, two newlines, the body; the body alone without a headline."""
        return f"{self.headline}{HEADLINE_SEPARATOR}{self.body}" if self.headline else self.body

    @property
    def key(self) -> str:
        """What claims and passages name as their report: `id`, with ``@version`` from 2 on."""
        return self.id if self.version == 1 else f"{self.id}@{self.version}"


class Attributed(Protocol):
    """Anything with the spans of an attribution, pieces in text order; a `Claim` is one."""

    @property
    def source(self) -> Spans:
        """Empty where nobody is named."""

    @property
    def cue(self) -> Spans:
        """The words that attribute."""

    @property
    def content(self) -> Spans:
        """What is attributed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A content span attributed to a source by a cue.

    Attributes
    ----------
    id : str
        Unique in the input; made as ``{report}#c{number}``.
    report : str
        The id of the report that carries it.
    source, cue, content : Spans
        Pieces in text order; `source` and `cue` may be empty, `content` may not.
    source_type : SourceType
        The most probable type.
    source_type_probabilities : Mapping[SourceType, float]
        All seven types, summing to 1.
    anonymous : bool
        Whether `anonymous_probability` reaches the model's fitted threshold.
    anonymous_probability : float
        Calibrated probability that the source is anonymous.
    anonymous_kind : AnonymousKind or None
        None where the claim is not anonymous.
    source_count : int or None
        How many people stand behind it, stated or implied; None where open.
    anonymity_reason : Spans or None
        The stated reason or condition of anonymity, None where none is stated.
    """

    id: str
    report: str
    source: Spans
    cue: Spans
    content: Spans
    source_type: SourceType
    source_type_probabilities: Mapping[SourceType, float]
    anonymous: bool
    anonymous_probability: float
    anonymous_kind: AnonymousKind | None = None
    source_count: int | None = None
    anonymity_reason: Spans | None = None

    @property
    def extent(self) -> Span:
        """From the first character of any piece to the last."""
        pieces = self.source + self.cue + self.content
        return min(s for s, _ in pieces), max(e for _, e in pieces)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a later report: ``report.text[start:end]``."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in its context: ``context[start:end]`` is the quote.

    What the relation classifier reads of a claim or of a passage; `outlet` and `date`
    are None where unknown.
    """

    context: str
    start: int
    end: int
    outlet: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What a later passage does to a claim, as the classifier sees it.

    `probabilities` holds all eight relations and `by_probabilities` all five
    speakers; each sums to 1.
    """

    claim: str
    passage: Passage
    probabilities: Mapping[RelationKind, float]
    by_probabilities: Mapping[Speaker, float]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A relation that adds nothing of its own, and why.

    `log_odds` is the term that it would have been by itself; 0 where it says nothing new.
    """

    passage: Passage
    reason: Literal["same_voice", "wire_copy", "circular", "own_source", "weaker_than_voice"]
    log_odds: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One voice's say on a claim, after repeated voices and copies are collapsed.

    Attributes
    ----------
    claim : str
        The claim it bears on.
    passage : Passage
        The voice's strongest passage.
    probabilities : Mapping[RelationKind, float]
        From the relation.
    by : Speaker
        Who speaks: one verdict.
    by_probability : float
        How sure the classifier is of that verdict.
    voice : str
        Who the voice is; equal voices were collapsed into one.
    log_odds : float
        The term before repeated voices of a kind are discounted. Positive supports.
    variance : float
        Of `log_odds`, from the doubt about relation and weight; never negative.
    collapsed : tuple of Collapsed
        What was folded into it.
    """

    claim: str
    passage: Passage
    probabilities: Mapping[RelationKind, float]
    by: Speaker
    by_probability: float
    voice: str
    log_odds: float
    variance: float
    collapsed: tuple[Collapsed, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """An equal-tailed credible interval; `level` is its probability."""

    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ClaimScore:
    """What became of a claim. `p_holds` is the logistic of `log_odds`."""

    id: str
    start: int
    end: int
    lead: bool
    prominence: float
    log_odds: float
    outcome: Outcome
    p_holds: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """One term of a report's sum. The terms add up exactly to its `log_odds`.

    The first is the prior, whose claim, relation, by, report, start, end and quote are None.
    """

    kind: ContributionKind
    claim: str | None
    log_odds: float
    variance: float
    relation: RelationKind | None
    by: Speaker | None
    report: str | None
    start: int | None
    end: int | None
    quote: str | None
    sentence: str
    collapsed: tuple[Collapsed, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportScore:
    """How far a report may be relied on, and why.

    `value` is the logistic of `log_odds`: 0 to 1, higher is better. `value`, `log_odds`,
    `prior` and `interval` are None where `status` is ``insufficient_evidence``. `back_dated`
    says that the report was recorded so long after its date that nobody could witness it.
    """

    id: str
    outlet: str
    domain: str
    status: ReportStatus
    value: float | None
    log_odds: float | None
    prior: float | None
    interval: Interval | None
    flag: str | None
    back_dated: bool
    n_claims: int
    n_anonymous: int
    n_contradicted: int
    n_tested: int
    claims: tuple[ClaimScore, ...]
    contributions: tuple[Contribution, ...]
    as_of: str
    known_at: str | None
    model_version: str
    scoring_version: str


@dataclass(frozen=True, slots=True)
class SourcingRecord:
    """An outlet's record for one sourcing; `value` and `interval` are None where untested."""

    value: float | None
    interval: Interval | None
    tested: int
    stories: int


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """Of the outlet's claims that fell, those it corrected or retracted itself."""

    fell: int
    self_corrected: int
    share: float | None
    median_days: float | None


@dataclass(frozen=True, slots=True)
class OutletScore:
    """An outlet's record: the share that holds among its tested stories.

    `value` and `interval` are None where `status` is ``insufficient_evidence``; `reason`
    then says what is missing.
    """

    domain: str
    outlet: str
    status: OutletStatus
    reason: str | None
    value: float | None
    interval: Interval | None
    tested: int
    needed: int
    tested_share: float | None
    by_sourcing: Mapping[Sourcing, SourcingRecord]
    correction_record: CorrectionRecord
    sourcing_profile: Mapping[SourceType, float]
    as_of: str
    known_at: str | None
    model_version: str
    scoring_version: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What the pipeline made of a set of reports."""

    reports: tuple[ReportScore, ...]
    outlets: tuple[OutletScore, ...]
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
