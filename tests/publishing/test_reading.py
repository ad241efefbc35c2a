"""How hard a text is to read, against values reckoned by hand from the published formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextortion_help.publishing.reading import ease, measure, sentences


@pytest.mark.parametrize(
    ("language", "words", "syllables", "value"),
    [
        # Douma: 206.84 - 0.93 x 10 - 77 x 1.5 = 206.84 - 9.3 - 115.5
        ("nl", 10, 1.5, 82.04),
        # 206.84 - 18.6 - 146.3
        ("nl", 20, 1.9, 41.94),
        # Kandel and Moles: 207 - 1.015 x 10 - 73.6 x 1.5 = 207 - 10.15 - 110.4
        ("fr", 10, 1.5, 86.45),
        # 207 - 20.3 - 139.84
        ("fr", 20, 1.9, 46.86),
        # Kincaid: 0.39 x 10 + 11.8 x 1.5 - 15.59 = 3.9 + 17.7 - 15.59
        ("en", 10, 1.5, 6.01),
        # 7.8 + 22.42 - 15.59
        ("en", 20, 1.9, 14.63),
    ],
)
def test_the_formula_of_each_language(
    language: str, words: float, syllables: float, value: float
) -> None:
    assert ease(words, syllables, language) == pytest.approx(value)


@pytest.mark.parametrize(
    ("language", "words", "syllables", "value"),
    [
        ("nl", 1, 1, 100), ("nl", 60, 3, 0), ("fr", 1, 1, 100), ("fr", 60, 3, 0), ("en", 1, 1, 0),
    ],
)  # fmt: skip
def test_a_value_past_the_scale_is_its_end(
    language: str, words: int, syllables: int, value: int
) -> None:
    assert ease(words, syllables, language) == value


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Bel nu. Wacht niet.", ["Bel nu", "Wacht niet"]),
        ("Ça va\u202f? Oui… Viens\u202f!", ["Ça va", "Oui", "Viens"]),
        ("Say this: I need help.", ["Say this", "I need help"]),
        ("A heading\nOne item\n\nAnother", ["A heading", "One item", "Another"]),
        ("“Tell me.” She did.", ["Tell me", "She did"]),
        ("«\u202fDis-le.\u202f» Elle l’a dit.", ["Dis-le", "Elle l’a dit"]),
        ("C’est-à-dire l'amie", ["C’est-à-dire l'amie"]),
        ("At 20:00 call 112, 24/7.", ["At call"]),
        ("Go to b.example now", ["Go to b example now"]),
        ("", []),
        ("112 … !", []),
    ],
)
def test_where_a_sentence_ends_and_what_is_a_word(text: str, split: list[str]) -> None:
    assert [" ".join(words) for words in sentences(text)] == split


def test_dutch_is_measured_as_by_hand() -> None:
    # Bel de hulp-lijn. Ver-tel het ie-mand die je ver-trouwt. 4 + 9 syllables in 3 + 6 words
    reading = measure("Bel de hulplijn. Vertel het iemand die je vertrouwt.", "nl")
    assert (reading.words, reading.mean_sentence, reading.longest_sentence) == (9, 4.5, 6)
    # 206.84 - 0.93 x 4.5 - 77 x 13 / 9
    assert reading.ease == pytest.approx(91.4328, abs=0.001)


def test_french_is_measured_as_by_hand() -> None:
    # La si-tua-tion est dif-fi-cile. Parle à la po-lice. 8 + 5 syllables in 4 + 4 words
    reading = measure("La situation est difficile. Parle à la police.", "fr")
    assert (reading.words, reading.mean_sentence, reading.longest_sentence) == (8, 4, 4)
    # 207 - 1.015 x 4 - 73.6 x 13 / 8
    assert reading.ease == pytest.approx(83.34)


def test_english_is_measured_as_by_hand() -> None:
    # Tell the po-lice im-me-di-ate-ly. Keep the in-for-ma-tion. 8 + 6 syllables in 4 + 3 words
    reading = measure("Tell the police immediately. Keep the information.", "en")
    assert (reading.words, reading.mean_sentence, reading.longest_sentence) == (7, 3.5, 4)
    # 0.39 x 3.5 + 11.8 x 14 / 7 - 15.59
    assert reading.ease == pytest.approx(9.375)


def test_the_share_of_long_sentences_counts_from_sixteen_words() -> None:
    fifteen, sixteen = " ".join(["word"] * 15), " ".join(["word"] * 16)
    reading = measure(f"{fifteen}. {sixteen}. Stop. Call.", "en")
    assert reading.share_over_15 == 0.25
    assert reading.longest_sentence == 16


@pytest.mark.parametrize(("language", "easiest"), [("nl", 100), ("fr", 100), ("en", 0)])
def test_nothing_to_read_is_not_hard(language: str, easiest: int) -> None:
    reading = measure(" 112 … ", language)
    assert (reading.words, reading.longest_sentence, reading.ease) == (0, 0, easiest)


@given(st.text(max_size=300), st.sampled_from(["nl", "fr", "en"]))
def test_any_text_can_be_measured(text: str, language: str) -> None:
    reading = measure(text, language)
    assert 0 <= reading.share_over_15 <= 1
    assert reading.mean_sentence <= reading.longest_sentence <= reading.words
    assert reading.ease >= 0
    assert language == "en" or reading.ease <= 100
