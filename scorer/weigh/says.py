"""What each passage says on one claim: who speaks, with whose voice, and whether it is news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scorer.odds import term
from scorer.speakers import Outlets, pieces
from scorer.timeline import moment
from scorer.weigh.bearing import Bearing
from scorer.weigh.collapse import Idle, Say
from scorer.weigh.copies import Press, first_printed, is_copied, is_near
from scorer.weigh.verdict import heard, verdict
from scorer.weigh.voices import source_domain, voices_of


def says_of(bearings: Sequence[Bearing], press: Press) -> list[Say]:
    """Weigh the passages on one claim; those that do not bear on it are left out.

    A copy speaks as the passage that it copies does. Nothing of that, nor of what is circular,
    looks at the relations, so that more doubt about a claim cannot set evidence aside.

    Parameters
    ----------
    bearings : sequence of Bearing
        Of one claim, in any order.
    """
    ordered = sorted(bearings, key=_order)
    texts = first_printed(ordered, press)
    verdicts = [verdict(ordered[text]) for text in texts]
    newsrooms = [press.newsroom[ordered[text].told.key] for text in texts]
    originals = [ordered[text] for text in texts]
    voices = voices_of(originals, [by for by, _ in verdicts], newsrooms)
    copies = [_is_copy(bearing, press) for bearing in ordered]
    echoes = _echoes(ordered, press)
    says = []
    for place, (bearing, text) in enumerate(zip(ordered, texts, strict=True)):
        by, by_probability = verdicts[place]
        probabilities = heard(bearing, by)
        found = term(probabilities, by)
        if found.log_odds == 0.0:
            continue
        idle: Idle | None = "wire_copy" if copies[place] or copies[text] else None
        # Only support is circular: that somebody goes back on the claim is news.
        if found.log_odds > 0.0:
            idle = idle or echoes[place] or echoes[text]
        says.append(
            Say(
                bearing=bearing,
                probabilities=probabilities,
                by=by,
                by_probability=by_probability,
                voice=voices[place],
                log_odds=0.0 if idle else found.log_odds,
                variance=0.0 if idle else found.variance,
                text=text,
                idle=idle,
            )
        )
    return says


def _is_copy(bearing: Bearing, press: Press) -> bool:
    """Tell whether a passage only repeats the claim's report, or the claim's outlet elsewhere."""
    told, ran, passage = bearing.told, bearing.ran, bearing.relation.passage
    original = press.reports[press.origin[told.key]]
    if press.origin[ran.key] == original.key:
        own = told.domain in (ran.domain, press.newsroom[ran.key])
        return is_copied(passage, told, ran, wholly=own)
    copied = not bearing.same_domain and original.domain == ran.domain
    return copied and is_copied(passage, told, original, wholly=False)


def _echoes(bearings: Sequence[Bearing], press: Press) -> list[Idle | None]:
    """Return why each passage would add nothing in support of the claim; None where it would.

    It hands on what the claim's outlet said, or an outlet that only hands that on; it prints
    the claim's own words; or it is the claim's own source, who says it again.
    """
    found: list[Idle | None] = []
    for bearing in bearings:
        claimed = pieces(bearing.ran, (bearing.claim.extent,))
        if not bearing.same_domain and is_near(bearing.quote, claimed):
            found.append("wire_copy")
        elif bearing.hands_on(press.newsroom[bearing.told.key]):
            found.append("circular")
        else:
            found.append("own_source" if bearing.own_source else None)
    outlets = Outlets((one.told.outlet, one.told.domain) for one in bearings)
    citing = defaultdict(list)
    for place, bearing in enumerate(bearings):
        citing[source_domain(bearing, outlets)].append(place)
    hands_on = (b for b, reason in zip(bearings, found, strict=True) if reason == "circular")
    waiting = [bearing.told.domain for bearing in hands_on]
    while waiting:
        for place in citing.pop(waiting.pop(), ()):
            if found[place] is None:
                found[place] = "circular"
                waiting.append(bearings[place].told.domain)
    return found


def _order(bearing: Bearing) -> tuple[object, ...]:
    passage = bearing.relation.passage
    return moment(bearing.told.date), bearing.told.key, passage.start, passage.end
