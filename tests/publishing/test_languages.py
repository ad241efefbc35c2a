"""The rules of a language: one file each, a sentence when it is missing, a fourth one without touching code."""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from pytest_django.fixtures import Settings

from sextortion_help.publishing import languages, reading, text, wording

PUBLISHING = Path(languages.__file__).parent.parent
GERMAN = """
from sextortion_help.publishing.languages import Formula, Rules

RULES = Rules(
    code="de", hyphenation="de_DE", formula=Formula(180, -1, -58.5, higher_is_easier=True),
    teens=70, adults=60, blame=(r"\\bselber schuld\\b",), absolute=(), gender=(r"\\w:in\\b",),
    not_to_say=(), names_with_exclamation=(), numbers=("null", "eins"),
)
"""


@pytest.fixture
def german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[Callable[[str], object]]:
    """A fourth language in the settings, and the way to write its file outside the package."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    languages.rules.cache_clear()
    translation.activate("en")  # a change of LANGUAGES forgets the active one
    yield (tmp_path / "de.py").write_text
    languages.rules.cache_clear()
    sys.modules.pop(f"{languages.__name__}.de", None)


def test_every_language_of_the_settings_has_its_rules(settings: Settings) -> None:
    assert list(languages.table()) == [code for code, _name in settings.LANGUAGES]
    assert all(code == rules.code for code, rules in languages.table().items())


def test_a_language_without_a_file_stops_the_start_and_names_the_file(
    german: Callable[[str], object],
) -> None:
    with pytest.raises(
        ImproperlyConfigured, match=r"'de' needs a file publishing/languages/de\.py"
    ):
        languages.table()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", r"de\.py needs a RULES"),
        (GERMAN.replace("de_DE", "de_XX"), r"de\.py: its code or its hyphenation"),
        (GERMAN.replace('"de"', '"at"'), r"de\.py: its code or its hyphenation"),
    ],
)
def test_a_file_that_is_not_whole_stops_the_start(
    german: Callable[[str], object], written: str, said: str
) -> None:
    german(written)
    with pytest.raises(ImproperlyConfigured, match=said):
        languages.table()


def test_a_fault_inside_a_file_is_not_taken_for_a_missing_file(
    german: Callable[[str], object],
) -> None:
    german("import no_such_module")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        languages.table()


def test_one_file_is_enough_for_a_fourth_language(german: Callable[[str], object]) -> None:
    german(GERMAN)
    assert languages.table()["de"].hyphenation == "de_DE"
    assert wording.warnings("Du bist selber schuld.", "de") == [
        "this may sound like blame: “selber schuld”"
    ]
    assert wording.warnings("Deine Lehrer:in hilft. Du bist nicht schuld.", "de") == [
        "this marks a gender: “Lehrer:in”"
    ]
    # Hal-lo, wir hel-fen dir: 6 syllables in 4 words; 180 - 4 - 58.5 x 6 / 4
    assert reading.measure("Hallo, wir helfen dir.", "de").ease == pytest.approx(88.25)
    assert not wording.is_hard_to_read("Wir sind da. Ruf uns an. " * 6, "de", "victim")
    assert wording.is_hard_to_read("Internationale Organisationen ermitteln. " * 10, "de", "parent")


@pytest.mark.parametrize(
    ("code", "teens", "adults", "higher_is_easier"),
    [("nl", 75, 60, True), ("fr", 75, 60, True), ("en", 5, 8, False)],
)
def test_the_bars_are_those_of_the_product(
    code: str, teens: float, adults: float, higher_is_easier: bool
) -> None:
    rules = languages.rules(code)
    assert (rules.teens, rules.adults) == (teens, adults)
    assert rules.formula.higher_is_easier is higher_is_easier
    step = 0.01 if higher_is_easier else -0.01
    for bar, for_adults in ((teens, False), (adults, True)):
        assert not rules.misses_bar(bar, adults=for_adults)
        assert rules.misses_bar(bar - step, adults=for_adults)
        assert not rules.misses_bar(bar + step, adults=for_adults)


@pytest.mark.parametrize("name", ["wording", "reading", "markdown", "marks", "text", "agreement"])
def test_no_other_module_names_a_language(name: str) -> None:
    tree = ast.parse((PUBLISHING / f"{name}.py").read_text())
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert said.isdisjoint({"nl", "fr", "en"})
    keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert keywords.isdisjoint({"nl", "fr", "en"})


def test_the_words_for_numbers_count_from_nothing() -> None:
    for rules in languages.table().values():
        assert len(rules.numbers) == 21
        assert all(word == text.matching(word).text for word in rules.numbers)
