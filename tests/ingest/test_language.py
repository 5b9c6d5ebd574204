from __future__ import annotations

import pytest

from scorer.ingest.language import foreign_language

FOREIGN = {
    "de": "Zwei mit dem Vorgang vertraute Personen sagten, der Minister habe davon gewusst.",
    "fr": "Le ministre a nié avoir eu connaissance des paiements, selon deux personnes.",
    "es": "El ministro negó que conociera los pagos, según dos personas al tanto del asunto.",
    "it": "Il ministro ha negato di essere a conoscenza dei pagamenti, secondo due persone.",
    "nl": "De minister ontkende dat hij van de betalingen wist, zeggen twee betrokkenen.",
    "pl": "Minister zaprzeczył, że wiedział o płatnościach, mówią dwie osoby znające sprawę.",
    "ru": "Министр отрицал, что знал о платежах, сообщили два знакомых с делом человека.",
    "tr": "Konuya yakın iki kişiye göre bakan ödemelerden haberdar olduğunu yalanladı.",
    "ar": "نفى الوزير علمه بالمدفوعات، وفقا لشخصين مطلعين على الأمر. ورفضت الوزارة التعليق.",
    "zh": "据两名知情人士透露，部长周二否认自己知道这些付款。该部拒绝置评。",
    "ja": "事情に詳しい関係者2人によると、大臣は火曜日、支払いについて知っていたことを否定した。",
}
ENGLISH = [
    "Kyiv denies",
    "Putin aide: ‘nyet’",
    "KREMLIN SAYS NO CALL TOOK PLACE",
    "Barcelona Sign Lamine Yamal, Pedri, Gavi, Raphinha, Ronald Araújo, Jules Koundé",
    "Xi Jinping, Li Qiang, Zhao Leji and Wang Huning walked on to the stage, two officials said.",
    "Erdoğan, Kılıçdaroğlu and İmamoğlu met in Şanlıurfa and Gaziantep, sources in the party said.",
    "The Süddeutsche Zeitung, Norddeutscher Rundfunk and Westdeutscher Rundfunk said the "
    "Bundesnachrichtendienst and the Bundesamt für Verfassungsschutz knew of it.",
    "Nguyễn Phú Trọng, Phạm Minh Chính and Võ Văn Thưởng will meet Trương Thị Mai, officials said.",
    "“Merci à tous,” the president said, according to an aide who was in the room with him then.",
    "12.5 % 44 (0) -- 7/8",
    "",
]


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_told(language: str) -> None:
    assert foreign_language(FOREIGN[language]) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_refused_for_its_names_or_its_shortness(text: str) -> None:
    assert foreign_language(text) is None


def test_a_few_foreign_words_are_too_little_to_tell() -> None:
    assert foreign_language("Président dément") is None


def test_the_language_is_told_of_long_texts_and_across_lines() -> None:
    assert foreign_language(f"{FOREIGN['de']}\n" * 2000) == "de"
    assert foreign_language("The officials said that he knew of it.\n" * 2000) is None
