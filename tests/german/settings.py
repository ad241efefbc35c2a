"""The settings with one line more in the table of languages."""

import re
from pathlib import Path

import sextortion_help

_SOURCE = Path(sextortion_help.__path__[0]) / "settings.py"
_LINE = '    "de": ("Deutsch", "Bake", "https://de.wikipedia.org/wiki/Wetter"),\n'
_TEXT, _TIMES = re.subn(
    r"(^_LANGUAGES = \{\n(?:    .*\n)+)", rf"\1{_LINE}", _SOURCE.read_text(), flags=re.M
)
assert _TIMES == 1
__file__ = str(_SOURCE)
exec(compile(_TEXT, __file__, "exec"))  # noqa: S102  our own file, with one line more

# the columns of a language come with its migrations; here the tables are made as the models are
MIGRATION_MODULES = {"guidance": None, "quiz": None}
