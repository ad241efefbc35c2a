"""The numbers that the site is held to (product.md), each pinned where a machine keeps it."""

from itertools import product
from typing import Final

import pytest

from quiz.self_check.tree import MOST_QUESTIONS
from sextortion_help.public import EDGE_SECONDS
from sextortion_help.publishing.live import SECONDS_BETWEEN_LOOKS
from sextortion_help.publishing.reading import measure
from sextortion_help.publishing.wording import is_hard_to_read, warnings

TEENS = ("victim", "teen", "friend", "everyone", "")
ADULTS = ("parent", "school")
# at least this for nl and fr, at most this for en
EASE: Final = {"nl": (75, 60), "fr": (75, 60), "en": (5, 8)}
WORDS: Final = {"nl": ("kat", "water"), "fr": ("chat", "maison"), "en": ("cat", "water")}


def text(language: str, sentences: int, length: int, longer: int) -> str:
    """Give sentences of so many words, of which so many in all have two syllables."""
    short, long = WORDS[language]
    words = [long] * longer + [short] * (sentences * length - longer)
    return " ".join(
        " ".join(words[place : place + length]) + "." for place in range(0, len(words), length)
    )


def measured(language: str) -> list[tuple[str, float]]:
    """Give many texts of 30 words or more with their ease, close together on both sides of each bar."""
    found = []
    for length, longer in product((8, 10, 12, 14), range(57)):
        words = text(language, 4, length, longer) if longer <= 4 * length else ""
        if words:
            found.append((words, measure(words, language).ease))
    return found


@pytest.mark.parametrize("language", EASE)
def test_what_is_hard_to_read_is_said_to_be_and_nothing_else(language: str) -> None:
    texts = measured(language)
    for audiences, bar in zip((TEENS, ADULTS), EASE[language], strict=True):
        near = sorted(abs(ease - bar) for _, ease in texts)
        assert near[0] < 0.5, "no text stands near the bar"
        assert {ease > bar for _, ease in texts if abs(ease - bar) < 1} == {True, False}
        for words, ease in texts:
            hard = ease > bar if language == "en" else ease < bar
            for audience in audiences:
                assert is_hard_to_read(words, language, audience) is hard, (ease, bar)


@pytest.mark.parametrize("language", EASE)
def test_a_text_of_fewer_than_thirty_words_is_too_short_to_judge(language: str) -> None:
    long = WORDS[language][1]
    for words, hard in ((29, False), (30, True)):
        assert is_hard_to_read(" ".join([long] * words) + ".", language, "victim") is hard


@pytest.mark.parametrize("language", EASE)
def test_a_sentence_has_at_most_twenty_words(language: str) -> None:
    word = WORDS[language][0]
    assert warnings(" ".join([word] * 20) + ".", language) == []
    assert len(warnings(" ".join([word] * 21) + ".", language)) == 1


def test_a_published_self_check_has_at_most_seven_questions_on_a_path() -> None:
    assert MOST_QUESTIONS == 7


def test_a_wrong_number_is_right_within_a_minute() -> None:
    """Live in every process within two seconds, and nowhere kept longer than the edge may."""
    assert SECONDS_BETWEEN_LOOKS <= 1
    assert EDGE_SECONDS + 2 * SECONDS_BETWEEN_LOOKS <= 15
