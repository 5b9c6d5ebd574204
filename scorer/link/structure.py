"""The structural features of a claim and a later passage: who, when, what they share, set phrases.

Every value lies between 0 and about 2, most between 0 and 1, so that one penalty suits all.
"""

from __future__ import annotations

import math
import re

from scorer.dates import stretch
from scorer.link.views import View
from scorer.link.words import names_outlet, same_outlet

_QUOTATION = re.compile(r"[\"“][^\"“”]+[\"”]")
_LOG_SCALE = 5.0  # brings the logs of days and characters to the range of the shares
_UNKNOWN_GAP = 0.2  # about two days, the median of the episodes
_MONTH = 30

# What these phrases mean depends on whether the passage's outlet ran the claim,
_IF_SAME_OUTLET = (
    "correction",
    "retraction",
    "standing",
    "denial",
    "falsity",
    "update",
    "negation",
    "admission",
    "own_voice",
)
# on how much of the claim the passage takes up,
_IF_ON_TOPIC = (
    "denial",
    "falsity",
    "negation",
    "admission",
    "update",
    "refusal",
    "finding",
    "turn",
    "media",
    "anonymous",
)
# and on what the claim itself does: who rejects a denial may confirm what was denied.
_IF_CLAIM = ("denial", "falsity", "negation", "refusal")
_ANSWERED_BY = ("denial", "falsity", "admission", "negation")


def structural_features(claim: View, passage: View) -> dict[str, float]:
    """Return the named features; every pair has the same names in the same order."""
    found = _outlets(claim, passage) | _dates(claim.date, passage.date)
    found |= _overlap(claim, passage) | _phrases(claim, passage)
    for name in _IF_SAME_OUTLET:
        found[f"same outlet & passage {name}"] = found["same outlet"] * found[f"passage {name}"]
    for name in _IF_ON_TOPIC:
        for share in ("claim words taken up", "claim words taken up nearby"):
            found[f"{share} & passage {name}"] = found[share] * found[f"passage {name}"]
    for name in _IF_CLAIM:
        for answer in _ANSWERED_BY:
            both = found[f"claim {name}"] * found[f"passage {answer}"]
            found[f"claim {name} & passage {answer}"] = both
    return found


def _outlets(claim: View, passage: View) -> dict[str, float]:
    same = same_outlet(claim.outlet, passage.outlet)
    return {
        "same outlet": float(same),
        "claim outlet named": float(names_outlet(passage.quote, claim.outlet)),
        "claim outlet named nearby": float(names_outlet(passage.context, claim.outlet)),
        "own outlet named": float(names_outlet(passage.quote, passage.outlet)),
        "claim names passage outlet": float(names_outlet(claim.quote, passage.outlet)),
    }


def _dates(claim: str | None, passage: str | None) -> dict[str, float]:
    if claim is None or passage is None:
        return {"same day": 0.0, "day gap": _UNKNOWN_GAP, "over a month": 0.0}
    days = max((stretch(passage)[0] - stretch(claim)[0]).days, 0)
    return {
        "same day": float(days == 0),
        "day gap": math.log1p(days) / _LOG_SCALE,
        "over a month": float(days > _MONTH),
    }


def _overlap(claim: View, passage: View) -> dict[str, float]:
    asked, said = claim.stems, passage.stems
    people, named = claim.names_nearby, passage.names
    figures, told = claim.numbers, passage.numbers
    return {
        "shared words": _share(asked & said, asked | said),
        "claim words taken up": _share(asked & said, asked),
        "passage words from claim": _share(asked & said, said),
        "claim words taken up nearby": _share(asked & passage.stems_nearby, asked),
        "passage words from claim nearby": _share(claim.stems_nearby & said, said),
        "claim names taken up": _share(people & named, people),
        "passage names from claim": _share(people & named, named),
        "claim names taken up nearby": _share(people & passage.names_nearby, people),
        "passage without names": float(not named),
        "numbers shared": float(bool(figures & told)),
        "numbers clash": float(bool(figures and told and not figures & told)),
        "new number": float(bool(told - figures)),
        "claim has number": float(bool(figures)),
    }


def _phrases(claim: View, passage: View) -> dict[str, float]:
    found = {f"passage {name}": float(hit) for name, hit in passage.phrases.items()}
    found |= {f"nearby {name}": float(hit) for name, hit in passage.phrases_around.items()}
    found |= {f"claim {name}": float(hit) for name, hit in claim.phrases.items()}
    found["negation differs"] = float(found["passage negation"] != found["claim negation"])
    found["passage quoted"] = _quoted_share(passage.quote)
    found["claim quoted"] = _quoted_share(claim.quote)
    found["passage length"] = math.log1p(len(passage.quote)) / _LOG_SCALE
    found["claim length"] = math.log1p(len(claim.quote)) / _LOG_SCALE
    found["passage opens context"] = float(passage.opens_context)
    return found


def _quoted_share(text: str) -> float:
    return sum(len(match) for match in _QUOTATION.findall(text)) / max(len(text), 1)


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / len(whole) if whole else 0.0
