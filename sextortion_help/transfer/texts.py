"""Every text that staff translate, each with the key by which a file names it.

A key is made of natural keys alone, so that it means the same in every installation:
"page:steps/paid/steps:s1#title" is the title of the step s1 of the page steps/paid.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from sextortion_help.publishing import markdown, text
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.sources import Source, part_model, whole


@dataclass(frozen=True, eq=False)
class Item:
    """One text of a draft, in all languages; `where` says to a translator where it is shown."""

    key: str
    root: Publishable
    row: Draft
    field: str
    where: str

    @property
    def is_markdown(self) -> bool:
        """Tell whether marks mean anything in it."""
        return self.field in self.row.markdown_fields

    @property
    def longest(self) -> int | None:
        """Give how many characters fit, or None for any number."""
        column: Any = self.row._meta.get_field(self.field)
        return column.max_length  # type: ignore[no-any-return]  # a number or None

    @property
    def within_root(self) -> str:
        """Name it among the texts of its object: "title", "steps:s1 title"."""
        root = f"{self.root.content_kind()}:{self.root.code}"
        return self.key.removeprefix(root).lstrip("/#").replace("#", " ")

    def within(self, language: str) -> str:
        """Give the text in one language; "" when it is not written."""
        return str(getattr(self.row, f"{self.field}_{language}") or "")

    def normal(self, written: str) -> str:
        """Give the form in which the draft keeps a text."""
        return markdown.normalise(written) if self.is_markdown else text.normalise(written)


def items(model: type[Publishable], codes: Iterable[str] | None = None) -> Iterator[Item]:
    """Give every text of a kind, or of its drafts with these codes: a fixed number of queries."""
    drafts = whole(model)
    for draft in drafts if codes is None else drafts.filter(code__in=codes):
        yield from _items(draft, draft, f"{model.content_kind()}:{draft.code}", _shown(draft))


def keyed(model: type[Draft], source: Source, key: str) -> Iterator[tuple[str, str]]:
    """Give (key and language, text) for every text of a source: "page:a#title_fr"."""
    for field in model.translated:
        for language in LANGUAGES:
            yield f"{key}#{field}_{language}", source.get(f"{field}_{language}") or ""
    for name in model.parts:
        for part in source.get(name, ()):
            yield from keyed(part_model(model, name), part, f"{key}/{name}:{part['code']}")


def _items(root: Publishable, row: Draft, key: str, where: str) -> Iterator[Item]:
    for field in row.translated:
        label: Any = row._meta.get_field(field)
        yield Item(f"{key}#{field}", root, row, field, f"{where}: {label.verbose_name}")
    for name in row.parts:
        for number, part in enumerate(getattr(row, name).all(), 1):
            below = f"{where}, {part._meta.verbose_name} {number}"
            yield from _items(root, part, f"{key}/{name}:{part.code}", below)


def _shown(draft: Publishable) -> str:
    """Say what a draft is called, and at which address visitors read it."""
    first = draft.translated[0] if draft.translated else ""
    named = next(filter(None, (getattr(draft, f"{first}_{code}") for code in LANGUAGES)), "")
    now = live()
    content = now.get(draft.content_class, draft.code)
    name = f"{draft._meta.verbose_name} “{named or draft.code}”"
    if content is None:
        return gettext("%s (not live)") % name
    return f"{name} ({now.address(content)})" if content.paths else name
