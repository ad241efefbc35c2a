"""Text as it seems: cleaned where nothing is lost, refused where it is, and one form for one look."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sextortion_help.publishing.text import faults, matching, normalise, plain_number

pytestmark = pytest.mark.usefixtures("english")

# Whatever an editor may paste: letters, every kind of space, format and control characters.
ODD = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Zs", "Zl", "Zp", "Cf", "Cc", "Mn"]),
        st.sampled_from(
            " \n\t\r\u00a0\u202f\u200d\u00ad-?!«»0aé\u0301❤\ufe0f🩹🏴\U000e0061\U000e007f\u20e3"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("cafe\u0301", "café"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u000btwo\u2028three\u0085four\u000cfive", "one\ntwo\nthree\nfour\nfive"),
        ("one\u2029two", "one\n\ntwo"),
        ("  one  \ntwo \u00a0\n\n", "one\ntwo"),
        ("\n\n  one\n  two", "one\ntwo"),
        ("- a\n  - b", "- a\n  - b"),
        ("\u00a0 one \u00a0", "one"),
        ("1.\tone\n2. \t two", "1. one\n2. two"),
        ("- a\n\t- b", "- a\n    - b"),
        ("a\u200bb\ufeffc\u00add\u2060e\u200cf", "abcdef"),
        ("\u200e0800\u200e 11\u202c", "0800 11"),
        ("\u202d0800 11\u202c, \u2066x\u2069, \u2068y\u2069", "0800 11, x, y"),
        ("hulp\u00a0nu", "hulp nu"),
        ("tu\u202fas", "tu as"),
        ("Ça va\u202f? Non\u00a0! Si\u00a0; oui\u202f: là", "Ça va\u202f? Non\u00a0! Si\u00a0; oui\u202f: là"),
        ("«\u202fNon\u202f» et «\u00a0oui\u00a0»", "«\u202fNon\u202f» et «\u00a0oui\u00a0»"),
        ("116\u00a0000, 18\u202fans, 5\u00a0%, n°\u00a04, 50\u00a0€", "116\u00a0000, 18\u202fans, 5\u00a0%, n°\u00a04, 50\u00a0€"),
        ("Ça va\u2009?", "Ça va\u202f?"),
        ("a\u2002b\u2003c\u3000d", "a b c d"),
        ("0800\u201100\u2011000", "0800-00-000"),
        ("tu n’es pas ; don't", "tu n’es pas ; don't"),
        ("o\ufb03ce", "office"),
        ("❤\ufe0f\u200d🩹", "❤\ufe0f\u200d🩹"),
        ("👩\u200d👧 hel\u200dlo\u200d", "👩\u200d👧 hello"),
        ("👩\u200d\u200d, 👩\u200d\u200d👧, 👩\u200d.", "👩, 👩👧, 👩."),
        ("🐈\u200d⬛ 🙂\u200d↔\ufe0f", "🐈\u200d⬛ 🙂\u200d↔\ufe0f"),
        ("a\U000e0041b 🏴\U000e0041 \U000e007f", "ab 🏴"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
        ("Tu au\ufe0frais dû\ufe00 1\ufe0f \U000e0101", "Tu aurais dû 1"),
        ("❤\ufe0f ✔\ufe0e 1\ufe0f\u20e3 ©\ufe0f", "❤\ufe0f ✔\ufe0e 1\ufe0f\u20e3 ©\ufe0f"),
        ("af\x1fge\x1esproken\x1c", "afge-sproken"),
        ("", ""), (" \t\r\n\u200b ", ""),
    ],
)  # fmt: skip
def test_what_is_cleaned(pasted: str, clean: str) -> None:
    assert normalise(pasted) == clean
    assert faults(pasted) == faults(clean) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0800 1\u202e1 22\u202c", "U+202E RIGHT-TO-LEFT OVERRIDE cannot stand in a text, at character 7"),
        ("a\u200fb", "U+200F RIGHT-TO-LEFT MARK cannot stand in a text, at character 2"),
        ("\u202ba", "U+202B RIGHT-TO-LEFT EMBEDDING cannot stand in a text, at character 1"),
        ("\u2067a", "U+2067 RIGHT-TO-LEFT ISOLATE cannot stand in a text, at character 1"),
        ("\u061ca", "U+061C ARABIC LETTER MARK cannot stand in a text, at character 1"),
        ("one\ntwo\x07", "U+0007 control character cannot stand in a text, at line 2, character 4"),
        ("a\x00", "U+0000 control character cannot stand in a text, at character 2"),
        ("a\x1b", "U+001B control character cannot stand in a text, at character 2"),
        ("\uf0b7 one", "U+F0B7 private character cannot stand in a text, at character 1"),
        ("a\U0010fffd", "U+10FFFD private character cannot stand in a text, at character 2"),
        ("a\u0378", "U+0378 unknown character cannot stand in a text, at character 2"),
        ("a\uffff", "U+FFFF unknown character cannot stand in a text, at character 2"),
        ("a\ufffc", "U+FFFC OBJECT REPLACEMENT CHARACTER cannot stand in a text, at character 2"),
        ("a\u3164", "U+3164 HANGUL FILLER cannot stand in a text, at character 2"),
        ("a\u2800b", "U+2800 BRAILLE PATTERN BLANK cannot stand in a text, at character 2"),
        ("cafÃ©", "“Ã©” is a letter that broke while it was copied"),
        ("itâ€™s", "“â€™” is a letter that broke while it was copied"),
        ("caf\ufffd", "“\ufffd” is a letter that broke while it was copied"),
        ("𝗦𝘁𝗼𝗽 now", "“𝗦𝘁𝗼𝗽” is not written in ordinary letters"),
        ("０８００", "“０８００” is not written in ordinary letters"),
        ("Ⓢtop", "“Ⓢ” is not written in ordinary letters"),
        ("pаypal", "“pаypal” mixes letters of two alphabets"),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_with_its_place(text: str, said: str) -> None:
    assert faults(text) == [said]
    assert faults(normalise(text)) != []


def test_each_character_is_named_once_where_it_first_stands() -> None:
    assert len(faults("\x07a\x07b\u202e")) == 2


@given(ODD)
@example("👩\u200d\u200d")
@example("\u2329\ufe0f")
def test_a_normalised_text_is_its_own_form(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(ODD)
def test_a_text_without_faults_shows_all_it_has(text: str) -> None:
    clean = normalise(text)
    hidden = [
        c for c in clean if unicodedata.category(c)[0] in "CZ" and c not in " \n\u00a0\u202f\u200d"
    ]
    tags = [c for c in hidden if "\U000e0020" <= c <= "\U000e007f"]
    assert bool([c for c in hidden if c not in tags]) <= bool(faults(clean))
    assert unicodedata.is_normalized("NFC", clean)


@given(ODD)
def test_faults_come_from_what_cleaning_leaves(text: str) -> None:
    assert bool(faults(text)) == bool(faults(normalise(text)))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0800\u00a013\u202f500", "0800 13 500"),
        ("0800\u201113\u2011500", "0800-13-500"),
        ("0800–13—500−1", "0800-13-500-1"),
        ("\u202d+32 2 123 45 67\u202c", "+32 2 123 45 67"),
        (" 116\u2009000\n", "116 000"),
        ("0800\t13  500", "0800 13 500"),
        ("０８００", "0800"),
        ("٠٨٠٠", "0800"),
        ("0800\u200b13", "080013"),
        ("+32 (0)2/123.45", "+32 (0)2/123.45"),
    ],
)
def test_a_number_is_given_in_ordinary_characters(typed: str, number: str) -> None:
    assert plain_number(typed) == number
    assert plain_number(number) == number


@pytest.mark.parametrize("hidden", ["\ufe0f", "\U000e0041", "\u034f", "\u202e", "\u200b", "\u00ad"])
def test_what_cannot_be_seen_hides_no_word(hidden: str) -> None:
    assert matching(f"pa{hidden}y").text == "pay"


@pytest.mark.parametrize(
    ("character", "refused"),
    [("\U000e001f", True), ("\U000e0020", False), ("\U000e007f", False), ("\U000e0080", True)],
)
def test_the_parts_of_a_flag_may_stand_and_no_neighbour_of_theirs(
    character: str, refused: bool
) -> None:
    assert bool(faults(f"a{character}b")) is refused


def test_the_matching_form_knows_where_each_word_stands() -> None:
    form = matching("Tu n’aurais\u00a0pas\n\ndû\u00ad le\u2011dire…")
    assert form.text == "Tu n'aurais pas dû le-dire..."
    start = form.text.index("pas")
    assert form.written(start, start + len("pas dû")) == "pas dû"


@given(ODD)
def test_any_text_has_a_matching_form(text: str) -> None:
    form = matching(text)
    assert len(form.text) == len(form.places)
    assert "  " not in form.text
    assert list(form.places) == sorted(form.places)
