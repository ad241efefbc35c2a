"""German, as far as a test needs it."""

from typing import Final

from sextortion_help.publishing.languages import Formula, Rules

RULES: Final = Rules(
    code="de",
    hyphenation="de_DE",
    formula=Formula(180, -1, -58.5, higher_is_easier=True),
    teens=70,
    adults=60,
    blame=(r"\bdu hättest\b",),
    absolute=(),
    gender=(),
    not_to_say=(),
    names_with_exclamation=(),
    numbers=("null", "eins", "zwei", "drei"),
)
