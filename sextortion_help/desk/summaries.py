"""Summaries of all drafts, as they are now.

One query gives a stamp of every draft: how many rows belong to it, how often they were saved, and the
highest number among them. Only drafts whose stamp is another than last time are read again.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import CharField, Count, F, Max, QuerySet, Sum, Value
from django.utils import timezone

from sextortion_help.desk.models import Summary
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.review import Reviewed
from sextortion_help.publishing.sources import columns, digest, part_model, source_of, whole

type Key = tuple[str, int]

OUTSIDE: Final = re.compile(r"https?://[^\s\"'<>()\[\]{}|\\^`]+[^\s\"'<>()\[\]{}|\\^`.,;:!?…]")
_UPDATED: Final = (
    "code", "stamp", "digest", "titles", "countries", "owner", "reviewed", "verified_on", "review_by",
    "rows", "texts", "fields", "outside", "words", "written",
)  # fmt: skip


def summaries() -> list[Summary]:
    """Give a summary of every draft, after what was saved since the last time has been read."""
    stamps = _stamps()
    known = {(row.kind, row.draft): row for row in Summary.objects.defer("words", "written")}
    gone = [row.pk for key, row in known.items() if key not in stamps]
    changed = [k for k, stamp in stamps.items() if k not in known or known[k].stamp != stamp]
    if gone:
        Summary.objects.filter(pk__in=gone).delete()
    if changed:
        made = [*_made(changed, stamps, known)]
        Summary.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["kind", "draft"], update_fields=_UPDATED
        )
        known |= {(row.kind, row.draft): row for row in made}
    return [known[key] for key in sorted(stamps) if key in known]


def folded(text: str) -> str:
    """Give a text as it is looked for: without case, accents, or spaces and hyphens within numbers."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"(?<=\d)[ \u00a0\u202f./-]+(?=\d)", "", " ".join(plain.split()))


def _stamps() -> dict[Key, str]:
    """Give what tells each draft, with all that belongs to it, from what it was: with one query."""
    queries = [
        QuerySet(model)  # a plain one: that of modeltranslation makes no union
        .order_by()
        .values(of_draft=F(path))
        .annotate(
            of_kind=Value(root.content_kind(), output_field=CharField()),
            of_table=Value(model._meta.model_name, output_field=CharField()),
            rows_there=Count("pk"),
            times_saved=Sum("edition"),
            last_row=Max("pk"),
        )
        .values_list("of_kind", "of_draft", "of_table", "rows_there", "times_saved", "last_row")
        for root in publishable_models()
        for model, path in _tables(root, "pk")
    ]
    found: dict[Key, list[str]] = {}
    for kind, root, *rest in queries[0].union(*queries[1:], all=True).order_by():
        found.setdefault((kind, root), []).append(":".join(map(str, rest)))
    return {
        key: hashlib.sha256(",".join(sorted(parts)).encode()).hexdigest()
        for key, parts in found.items()
    }


def _tables(model: type[Draft], path: str) -> Iterator[tuple[type[Draft], str]]:
    """Give the model and those of its parts, each with the way up to the whole."""
    yield model, path
    for name in model.parts:
        part = part_model(model, name)
        yield from _tables(part, part.part_of if path == "pk" else f"{part.part_of}__{path}")


def _made(keys: list[Key], stamps: dict[Key, str], known: dict[Key, Summary]) -> Iterator[Summary]:
    for model in publishable_models():
        kind = model.content_kind()
        if chosen := [pk for each, pk in keys if each == kind]:
            for draft in whole(model).filter(pk__in=chosen):
                key = (kind, draft.pk)
                yield _summary(draft, stamps[key], known.get(key))


def _summary(draft: Publishable, stamp: str, before: Summary | None) -> Summary:
    texts, fields = _texts(draft, before.texts if before else {})
    reviewed: Any = draft if isinstance(draft, Reviewed) else None
    rows: dict[str, list[int]] = {}
    for row in draft.rows():
        if not row.inline:
            rows.setdefault(row._meta.label_lower, []).append(row.pk)
    written = [[row.edit_url(name), value] for row in draft.rows() for name, value in _written(row)]
    return Summary(
        kind=draft.content_kind(),
        draft=draft.pk,
        code=draft.code,
        stamp=stamp,
        digest=digest(source_of(draft)),
        titles={language: draft.called(language) for language in LANGUAGES},
        countries=list(draft.used_in),
        owner=reviewed.owner if reviewed else "",
        reviewed=reviewed is not None,
        verified_on=reviewed.verified_on if reviewed else None,
        review_by=reviewed.review_by if reviewed else None,
        rows=rows,
        texts=texts,
        fields=fields,
        outside=[[address, url] for url, text in written for address in OUTSIDE.findall(text)],
        words="\n".join(folded(text) for _, text in written),
        written=written,
    )


def _places(draft: Draft, before: str = "") -> Iterator[tuple[str, Draft]]:
    """Give each row of a draft with its place in it: "", "steps/one/"."""
    yield before, draft
    for name in draft.parts:
        for part in getattr(draft, name).all():
            yield from _places(part, f"{before}{name}/{part.code}/")


def _written(row: Draft) -> Iterator[tuple[str, str]]:
    """Give every column of text of a row that is not empty."""
    for column in columns(type(row)):
        value = getattr(row, column.name) if not column.is_relation else None
        if isinstance(value, str) and value:
            yield column.name, value


def _texts(draft: Publishable, before: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give [digest, when it changed] for each text and language, and where each text is edited."""
    now = timezone.now().isoformat(timespec="seconds")
    texts: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for place, row in _places(draft):
        for name in row.translated:
            written = {code: (getattr(row, f"{name}_{code}") or "").strip() for code in LANGUAGES}
            if not any(written.values()) and row._meta.get_field(name).blank:  # type: ignore[union-attr]  # a column
                continue
            key = f"{place}{name}"
            texts[key] = {
                code: _since(text, before.get(key, {}).get(code), now)
                for code, text in written.items()
            }
            url = row.edit_url(f"{name}_{LANGUAGES[0]}").removesuffix(LANGUAGES[0])
            fields[key] = [row._meta.label_lower, name, url]
    return texts, fields


def _since(text: str, before: Any, now: str) -> list[str]:
    mark = hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
    return before if before and before[0] == mark else [mark, now]
