"""The columns of one text beside each other: what must be the same, what may differ, how recent each is."""

import pytest
from django.utils import translation

from sextortion_help.publishing.agreement import blank_faults, disagreements, names, stale

pytestmark = pytest.mark.usefixtures("english")


def said(**texts: str) -> list[str]:
    return [
        ("refused: " if found.refused else "") + found.sentence for found in disagreements(texts)
    ]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            {"nl": "Account: {account}", "fr": "Compte", "en": "Account: {account}"},
            ["refused: {account} stands in Dutch and English and not in French"],
        ),
        (
            {"nl": "{name} {date}", "fr": "{date}", "en": "{name}"},
            [
                "refused: {date} stands in Dutch and French and not in English",
                "refused: {name} stands in Dutch and English and not in French",
            ],
        ),
        ({"nl": "{date} of {name}", "fr": "{name} ou {date}", "en": "{name}, {date} {name}"}, []),
        (
            {"nl": "Beste {address}", "fr": "Bonjour {address, merci.", "en": "Dear {address}"},
            [
                "refused: French: “{address, merci.” is not a blank; what works is {address}, in small letters and without spaces",
                "refused: {address} stands in Dutch and English and not in French",
            ],
        ),
        ({"nl": "{account}", "fr": ""}, []),
        ({"nl": "{account}", "fr": " \n"}, []),
    ],
)  # fmt: skip
def test_the_same_blanks_stand_in_every_language(texts: dict[str, str], found: list[str]) -> None:
    assert said(**texts) == found


@pytest.mark.parametrize(
    "words",
    ["{address", "address}", "{ address }", "{{address}}", "{}", "{Address}", "{address,}", "{a b}", "{", "a}b", "{adres1}"],
)  # fmt: skip
def test_a_blank_that_is_not_whole_is_refused(words: str) -> None:
    assert blank_faults(words) != []
    assert disagreements({"nl": words, "fr": words})[0].refused


def test_a_whole_blank_is_not() -> None:
    assert blank_faults("{address}, {account}: {first_name}.") == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            {"nl": "Bel 116 000.", "fr": "Appelle le 116 111.", "en": "Call 116 000."},
            [
                "116 000 stands in Dutch and English and not in French",
                "116 111 stands in French and not in Dutch and English",
            ],
        ),
        ({"nl": "Onder 18 jaar", "fr": "Moins de 16 ans"}, ["16 stands in French and not in Dutch", "18 stands in Dutch and not in French"]),
        ({"nl": "Sinds 2026", "en": "Since 2025"}, ["2025 stands in English and not in Dutch", "2026 stands in Dutch and not in English"]),
        ({"nl": "in 5 % van", "en": "in 6% of"}, ["5 % stands in Dutch and not in English", "6% stands in English and not in Dutch"]),
        ({"nl": "€ 5", "en": "5 euros", "fr": "7 euros"}, ["5 euros stands in Dutch and English and not in French", "7 euros stands in French and not in Dutch and English"]),
        ({"nl": "5 procent", "fr": "6 pour cent"}, ["5 procent stands in Dutch and not in French", "6 pour cent stands in French and not in Dutch"]),
        ({"nl": "Bel 0800", "fr": "Appelle"}, ["0800 stands in Dutch and not in French"]),
        ({"nl": "[bel](tel:116000)", "fr": "[appelle](tel:116001)"}, ["tel:116000 stands in Dutch and not in French", "tel:116001 stands in French and not in Dutch"]),
        ({"nl": "van 12-15 jaar", "en": "from 12 to 16"}, ["15 stands in Dutch and not in English", "16 stands in English and not in Dutch"]),
        ({"nl": "op 27/11/2026", "en": "on 28 November 2026"}, ["27 stands in Dutch and not in English", "28 stands in English and not in Dutch"]),
    ],
)  # fmt: skip
def test_a_number_of_one_language_only_is_warned_of(
    texts: dict[str, str], found: list[str]
) -> None:
    assert said(**texts) == found


@pytest.mark.parametrize(
    "texts",
    [
        {"nl": "116 000", "fr": "116\u00a0000", "en": "116000"},
        {"nl": "0800/13.500", "fr": "0800 13 500", "en": "0800-13-500"},
        {"nl": "Onder 18", "fr": "Moins de dix-huit ans", "en": "Under eighteen"},
        {"nl": "€ 1.000 of 2,5 %", "fr": "1\u202f000\u202f€ ou 2,5\u202f%", "en": "€1,000 or 2.5%"},
        {"nl": "om 20 uur of 16.30 uur", "fr": "à 20 h ou 16 h 30", "en": "at 8 pm or 4:30 p.m."},
        {"nl": "24/7", "fr": "24 h sur 24, 7 jours sur 7", "en": "day and night"},
        {"nl": "binnen 24 uur", "fr": "dans les 24 heures", "en": "within 24 hours"},
        {"nl": "van 12-15 jaar", "fr": "de 12 à 15 ans", "en": "aged 12 to 15"},
        {"nl": "27/11/2026", "fr": "27 novembre 2026", "en": "27 November 2026"},
        {"nl": "de 3 stappen", "fr": "les trois étapes", "en": "the steps"},
        {"nl": "- 11\n- 12", "fr": "- 11, puis\n- 12", "en": "- 11\n- 12"},
        {"nl": "1. Bel.\n2. Wacht.", "fr": "1. Appelle.\n2. Attends.", "en": "Call. Wait."},
    ],
)
def test_a_number_written_in_another_way_agrees(texts: dict[str, str]) -> None:
    assert said(**texts) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"nl": "[a](/paid/)", "fr": "[b](/proof/)"}, ["/paid/ stands in Dutch and not in French", "/proof/ stands in French and not in Dutch"]),
        ({"nl": "[a](https://b.example/nl)", "fr": "[b](https://b.example/fr)"}, []),
        ({"nl": "[a](https://www.b.example)", "fr": "[b](https://b.example/)"}, []),
        ({"nl": "[a](https://nl.b.example)", "fr": "[b](https://fr.b.example)"}, []),
        ({"nl": "[a](https://b.example)", "fr": "[b](https://c.example)"}, ["b.example stands in Dutch and not in French", "c.example stands in French and not in Dutch"]),
        ({"nl": "[a](mailto:x@b.example)", "fr": "[b](mailto:y@b.example)"}, ["mailto:x@b.example stands in Dutch and not in French", "mailto:y@b.example stands in French and not in Dutch"]),
        ({"nl": "[a](/paid/)", "fr": "words"}, ["/paid/ stands in Dutch and not in French"]),
    ],
)  # fmt: skip
def test_links_are_compared(texts: dict[str, str], found: list[str]) -> None:
    assert said(**texts) == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"nl": "Betaal niet nu.", "fr": "Betaal niet nu.", "en": "Don’t pay now."}, ["“betaal niet nu” is the same in Dutch and French: not translated?"]),
        ({"nl": "Een. Zeg het nu.", "fr": "**Zeg** het\nnu.", "en": "zeg het nu"}, ["“zeg het nu” is the same in Dutch, French and English: not translated?"]),
        ({"nl": "Bel nu", "fr": "Bel nu"}, []),
        ({"nl": "Take It Down", "fr": "Take It Down", "en": "Take It Down"}, []),
        ({"nl": "Bel Stop it Now.", "fr": "Appelle Stop it Now."}, []),
    ],
)  # fmt: skip
def test_the_same_sentence_in_two_languages_is_warned_of(
    texts: dict[str, str], found: list[str]
) -> None:
    assert said(**texts) == found


def test_a_name_may_be_the_same_in_every_language() -> None:
    texts = {"nl": "Nummer gegen Kummer", "fr": "Nummer gegen Kummer hilft"}
    assert disagreements({**texts, "fr": texts["nl"]}, is_name=True) == []
    assert disagreements({"nl": "nummer gegen kummer", "fr": "nummer gegen kummer"}) != []


def test_a_disagreement_names_the_columns_to_look_at() -> None:
    [found] = disagreements({"nl": "{name}", "fr": "x", "en": "{name}"})
    assert (found.languages, found.refused) == (("fr",), True)


OLD = {"nl": "Betaal niet.", "fr": "Ne paie pas.", "en": "Don’t pay."}


@pytest.mark.parametrize(
    ("old", "changes", "sentence"),
    [
        (OLD, {"nl": "Betaal niets."}, "Dutch changed since the live version, French and English did not"),
        (OLD, {"nl": "x", "en": "y"}, "Dutch and English changed since the live version, French did not"),
        (OLD, {}, None),
        (OLD, {"nl": "x", "fr": "y", "en": "z"}, None),
        (OLD, {"nl": "Betaal\u00a0niet. \r\n"}, None),
        (OLD, {"nl": ""}, "Dutch changed since the live version, French and English did not"),
        ({}, {"nl": "x"}, None),
        ({"nl": "x", "fr": "", "en": "z"}, {"fr": "y", "nl": "x", "en": "z"}, None),
        ({"nl": "x", "en": "z"}, {"fr": "y", "nl": "x1", "en": "z"}, "Dutch changed since the live version, English did not"),
    ],
)  # fmt: skip
def test_a_text_changed_in_some_languages_only_is_warned_of(
    old: dict[str, str], changes: dict[str, str], sentence: str | None
) -> None:
    assert stale(old, {**OLD, **changes}) == sentence


@pytest.mark.parametrize(
    ("editor", "named"),
    [("en", "Dutch, French and English"), ("nl", "Nederlands, Frans en Engels"), ("fr", "néerlandais, français et anglais")],
)  # fmt: skip
def test_languages_are_named_in_the_editors_language(editor: str, named: str) -> None:
    with translation.override(editor):
        assert names(["nl", "fr", "en"]) == named
    assert names(["xx"]) == "xx"
    assert names([]) == ""
