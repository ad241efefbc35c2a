"""The texts of a draft row in every language: written, with marks that work, in this site's voice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from sextortion_help.publishing import agreement, markdown, text, wording
from sextortion_help.publishing.content import LANGUAGES, OPEN_LANGUAGES, Contents
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.places import countries, placeholders
from sextortion_help.publishing.problems import Problem

# Whatever stands between curly brackets: also what is not even a name, and would be shown as it is.
_BRACES: Final = re.compile(r"{([^{}]*)}")


def text_problems(row: Draft, after: Contents, reader: str) -> Iterator[Problem]:
    """Find what is wrong with the texts of one row, seen against what would be live.

    A text must be there in every language that visitors see; one that may be empty, in all of them
    or in none. Fields listed in the model's `markdown_fields` are read as Markdown. `reader` is for whom
    they are.
    """
    for name in row.translated:
        texts = [_Text(row, name, code) for code in LANGUAGES]
        optional = bool(type(row)._meta.get_field(name).blank)  # type: ignore[union-attr]  # a column
        if optional and not any(one.text for one in texts):
            continue
        for one in texts:
            if one.text:
                yield from _mark_problems(one, after)
                yield from _word_problems(one, reader)
            elif one.language in OPEN_LANGUAGES:
                yield one.problem(_("%s is missing.") % one.where)
        yield from _disagreements(texts)


@dataclass(frozen=True)
class _Text:
    """A text of a row in one language."""

    row: Draft
    name: str
    language: str

    @property
    def text(self) -> str:
        return (getattr(self.row, f"{self.name}_{self.language}") or "").strip()

    @property
    def where(self) -> str:
        field: Any = type(self.row)._meta.get_field(f"{self.name}_{self.language}")
        return f"{self.row}: {field.verbose_name}"

    @property
    def has_marks(self) -> bool:
        return self.name in self.row.markdown_fields

    def problem(self, sentence: str, warning: bool = False) -> Problem:
        url = self.row.edit_url(f"{self.name}_{self.language}")
        return Problem(sentence, url, warning)


def _mark_problems(one: _Text, after: Contents) -> Iterator[Problem]:
    marks = markdown.faults if one.has_marks else markdown.plain_faults
    for fault in [*text.faults(one.text), *marks(one.text)]:
        yield one.problem(f"{one.where}: {fault}.")
    yield from _blank_problems(one, after)
    if not one.has_marks:
        return
    for code in markdown.countries(one.text):
        if code not in countries(after):
            sentence = _(
                "%(where)s: %(country)s has no addresses of its own, so nobody would read that part."
            )
            yield one.problem(sentence % {"where": one.where, "country": code})
    for path in markdown.own_paths(one.text):
        if not after.has_path(path):
            sentence = _("%(where)s links to %(path)s, which is not live.")
            yield one.problem(sentence % {"where": one.where, "path": path})


def _blank_problems(one: _Text, after: Contents) -> Iterator[Problem]:
    known = placeholders(after) | set(one.row.blanks.get(one.name, ()))
    for name in _BRACES.findall(one.text):
        if name not in known:
            sentence = _("%(where)s: nothing is filled in for %(name)s; there are %(known)s.")
            values = {"where": one.where, "name": f"{{{name}}}", "known": ", ".join(sorted(known))}
            yield one.problem(sentence % values)
    for words in markdown.link_words(one.text) if one.has_marks else ():
        for name in after.linking.intersection(_BRACES.findall(words)):
            sentence = _(
                "%(where)s: %(name)s becomes a link of its own, so it cannot stand in the link “%(words)s”."
            )
            values = {"where": one.where, "name": f"{{{name}}}", "words": words}
            yield one.problem(sentence % values)


def _word_problems(one: _Text, reader: str) -> Iterator[Problem]:
    words = markdown.plain(one.text) if one.has_marks else one.text
    for warning in wording.warnings(words, one.language):
        yield one.problem(f"{one.where}: {warning}.", warning=True)
    if wording.is_hard_to_read(words, one.language, reader):
        yield one.problem(_("%s is hard to read.") % one.where, warning=True)


def _disagreements(texts: list[_Text]) -> Iterator[Problem]:
    """Compare the languages of one text with each other."""
    by_language = {one.language: one for one in texts}
    written = {language: one.text for language, one in by_language.items()}
    is_name = texts[0].name in texts[0].row.names
    for found in agreement.disagreements(written, is_name=is_name):
        one = by_language[found.languages[0]]
        yield one.problem(f"{one.where}: {found.sentence}.", warning=not found.refused)
