"""What keeps a draft from being published, in words, each with the way to the field to mend."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from sextortion_help.publishing import markdown, wording
from sextortion_help.publishing.content import LANGUAGES

if TYPE_CHECKING:
    from sextortion_help.publishing.live import Live


@dataclass(frozen=True)
class Problem:
    """One sentence for the editor. `url` leads to the field; a warning does not stop a publish."""

    text: str
    url: str
    warning: bool = False


class Refused(Exception):
    """A publish did not happen, and nothing changed. Carries the problems that stopped it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = problems


def field_problems(draft: Any) -> list[Problem]:
    """Run the model's own validation over everything but its translated fields."""
    try:
        draft.full_clean(exclude=_translated_columns(draft))
    except ValidationError as error:
        return [
            Problem(
                f"{draft}: {message}", draft.edit_url("" if field == NON_FIELD_ERRORS else field)
            )
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def text_problems(draft: Any, after: "Live", audience: str = "") -> Iterator[Problem]:
    """Find what is wrong with the translated fields of one draft row, seen against what would be live.

    A field that may be blank must be blank in all three languages or in none. Fields listed in the
    model's `markdown_fields` are read as Markdown. The draft needs `edit_url(field)` and a name.
    """
    translated = translator.get_options_for_model(type(draft)).get_field_names()
    names = [field.name for field in draft._meta.fields if field.name in translated]
    for name in names:  # in the order of the form; `translated` has none
        optional = bool(type(draft)._meta.get_field(name).blank)
        written = {code: (getattr(draft, f"{name}_{code}") or "").strip() for code in LANGUAGES}
        if optional and not any(written.values()):
            continue
        for code, text in written.items():
            where = f"{draft}: {_label(draft, f'{name}_{code}')}"
            url = draft.edit_url(f"{name}_{code}")
            if not text:
                yield Problem(_("%s is missing.") % where, url)
            elif name in getattr(draft, "markdown_fields", ()):
                yield from _markdown_problems(text, where, url, after)
                yield from _wording_problems(markdown.plain(text), code, where, url, audience)
            else:
                yield from _wording_problems(text, code, where, url, audience)


def _markdown_problems(text: str, where: str, url: str, after: "Live") -> Iterator[Problem]:
    for fault in markdown.faults(text):
        yield Problem(f"{where}: {fault}.", url)
    for path in markdown.own_paths(text):
        if not after.has_path(path):
            sentence = _("%(where)s links to %(path)s, which is not live.")
            yield Problem(sentence % {"where": where, "path": path}, url)


def _wording_problems(
    text: str, language: str, where: str, url: str, audience: str
) -> Iterator[Problem]:
    for warning in wording.warnings(text, language):
        yield Problem(f"{where}: {warning}.", url, warning=True)
    if wording.is_hard_to_read(text, language, audience):
        yield Problem(_("%s is hard to read.") % where, url, warning=True)


def _translated_columns(draft: Any) -> list[str]:
    fields = translator.get_options_for_model(type(draft)).get_field_names()
    return [*fields, *(f"{field}_{code}" for field in fields for code in LANGUAGES)]


def _label(draft: models.Model, column: str) -> str:
    return str(type(draft)._meta.get_field(column).verbose_name)  # type: ignore[union-attr]  # a column, not a relation
