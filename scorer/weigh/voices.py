"""Voices: who says it, under whatever roof, so that no one counts twice."""

from __future__ import annotations

from scorer.speakers import outlet_words, speaker_key
from scorer.types import Speaker
from scorer.weigh.bearing import Bearing

UNNAMED_VOICE = "unnamed:"


def voice_of(bearing: Bearing, by: Speaker, newsroom: str) -> str:
    """Return the voice of a passage; equal voices are one.

    Parameters
    ----------
    bearing : Bearing
        The relation in its context.
    by : Speaker
        The verdict. A speaker judged to be of two kinds is two voices: were they merged on the
        stronger passage, its kind would hang on the relation, and more doubt about a claim
        could raise it.
    newsroom : str
        Whose words the report prints, from `newsrooms`.

    Returns
    -------
    str
        ``speaker:``, ``outlet:``, ``unnamed:`` or ``unstated:`` and a name. Unnamed sources
        are told apart by newsroom. A court or a party that is quoted without an attribution
        cannot be told from another, so all of one kind are one voice.
    """
    source_type = bearing.attribution.source_type if bearing.attribution else None
    key = speaker_key(bearing.source, source_type) if source_type else ""
    if bearing.attributed_to(bearing.told) or (
        source_type is None and by in ("same_outlet", "other_outlet")
    ):
        return f"outlet:{newsroom}"
    if source_type is None:
        return f"unstated:{by}"
    if bearing.unnamed or not key:
        return f"{UNNAMED_VOICE}{newsroom}"
    if source_type == "media":
        return f"outlet:{' '.join(outlet_words(bearing.source))}"
    return f"speaker:{key}"
