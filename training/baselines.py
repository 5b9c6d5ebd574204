"""The baselines that every reader is measured beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scorer.read.anonymity import anonymity_reason
from scorer.read.counts import source_count
from scorer.types import SOURCE_TYPES, Claim, Report, SourceType
from training.figures import PrecisionRecall, precision_recall
from training.patterns import find_attributions

# Nouns that name an informant by role alone; as the head of a source they mark it unnamed.
_INFORMANTS = re.compile(
    r"(?:sources?|officials?|aides?|advis[eo]rs?|insiders?|operatives?|strategists?|staffers?|"
    r"employees?|executives?|associates?|allies|ally|friends?|confidants?|people|persons?|"
    r"witness(?:es)?|diplomats?|investigators?|lawmakers?|bankers?|engineers?|contractors?|"
    r"colleagues?|participants?|attendees?|those|delegates?|consultants?|agents?|soldiers?)"
)
_ANONYMITY = re.compile(
    r"familiar with|with (?:direct )?knowledge|briefed on|close to the|anonym|not to be (?:named|"
    r"identified)|to be (?:named|identified)|not authori[sz]ed"
)
_DESCRIPTION = re.compile(
    r",| (?:who|that|which|with|of|in|at|from|on|for|to|by|inside|near|familiar|close|briefed|"
    r"involved|speaking)\b"
)
_DOCUMENT = re.compile(
    r"\b(?:reports?|polls?|surveys?|study|studies|documents?|filings?|emails?|letters?|memos?|"
    r"data|records?|law|transcripts?|tweets?|website|papers|research|analysis|lawsuit|ads?)\b"
)
_MEDIA = re.compile(
    r"\b(?:Times|Post|Journal|CNN|Fox|NBC|ABC|CBS|BBC|AP|Associated Press|Reuters|Bloomberg|"
    r"Politico|POLITICO|Guardian|Breitbart|newspapers?|magazine|reporters?|media|press|network)\b"
)
_ORGANISATION = re.compile(
    r"\b(?:campaign|departments?|ministry|committee|company|companies|White House|Kremlin|police|"
    r"prosecutors|government|agency|bank|court|council|office|spokes\w+|Pentagon|FBI|union|"
    r"administration|university|board|commission|party|firm|group|association|authorities)\b"
)
_COLLECTIVE = re.compile(
    r"\b(?:they|many|some|most|critics|experts|voters|supporters|Republicans|Democrats|analysts|"
    r"observers|economists|conservatives|liberals|Americans|others|activists|opponents)\b",
    re.IGNORECASE,
)


def phrase_list(source: str) -> bool:
    """Tell an anonymous source by a list of phrases ("officials", "familiar with")."""
    head = _DESCRIPTION.split(source, maxsplit=1)[0].split()
    unnamed = bool(head) and _INFORMANTS.fullmatch(head[-1].lower()) is not None
    return unnamed or _ANONYMITY.search(source) is not None


def lexical_source_type(source: str) -> SourceType:
    """Guess a source's type from its words alone."""
    if not source:
        return "unattributed"
    if phrase_list(source):
        return "anonymous"
    patterns: tuple[tuple[SourceType, re.Pattern[str]], ...] = (
        ("collective", _COLLECTIVE),
        ("media", _MEDIA),
        ("document", _DOCUMENT),
        ("organisation", _ORGANISATION),
    )
    head = _DESCRIPTION.split(source, maxsplit=1)[0]
    return next((name for name, words in patterns if words.search(head)), "named_person")


def phrase_list_figures(sources: Iterable[tuple[str, SourceType]]) -> PrecisionRecall:
    """Measure the phrase list where the sources are given, not found: (words, gold type) pairs.

    The same list from raw text is `pattern_reader`; the gap between them is the finder's.
    """
    flags = [(phrase_list(words), kind == "anonymous") for words, kind in sources]
    return precision_recall(
        sum(flag and gold for flag, gold in flags),
        sum(flag for flag, _ in flags),
        sum(gold for _, gold in flags),
    )


def pattern_reader(reports: Sequence[Report]) -> list[tuple[Claim, ...]]:
    """Read reports by patterns and word lists; probabilities are 0 or 1.

    A `Reader` for `training.evaluate.figures_of_reader`.
    """
    return [tuple(_claims(report)) for report in reports]


def _claims(report: Report) -> list[Claim]:
    text = report.text
    claims = []
    for number, found in enumerate(find_attributions(text), start=1):
        kind = lexical_source_type(" ".join(text[s:e] for s, e in found.source))
        anonymous = kind == "anonymous"
        claims.append(
            Claim(
                id=f"{report.key}#c{number}",
                report=report.key,
                source=found.source,
                cue=found.cue,
                content=found.content,
                source_type=kind,
                source_type_probabilities={name: float(name == kind) for name in SOURCE_TYPES},
                anonymous=anonymous,
                anonymous_probability=float(anonymous),
                anonymous_kind="unspecified" if anonymous else None,
                source_count=source_count(text, found.source),
                anonymity_reason=anonymity_reason(text, found) if anonymous else None,
            )
        )
    return claims
