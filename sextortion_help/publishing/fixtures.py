"""Content as fixtures: the files that come with the code, and the way from what is live back to them."""

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db import models

from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Draft, Publishable, Version
from sextortion_help.publishing.sources import Source, columns, is_left_out, part_model


def name_of(model: type[Publishable]) -> str:
    """Name the fixture of a kind, as `loaddata` takes it: "pages", "countries"."""
    kind = model.content_kind()
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def shipped() -> list[str]:
    """Name the fixtures that come with the code, in the order in which they name each other."""
    return [name_of(model) for model in publishable_models() if _path(model).exists()]


def export(folder: Path) -> list[Path]:
    """Write everything that is live as fixtures, a file for each kind, and give their paths.

    They stand under `folder` where they stand under the project; of a kind of which nothing is live no
    file is left there, since Django loads no empty one. What is live from before sources were kept is
    left out: publish it once more.
    """
    written = []
    for model in publishable_models():
        live = Version.objects.newest().filter(
            kind=model.content_kind(), retired=False, source__isnull=False
        )
        sources: list[Source] = [version.source for version in live if version.source]
        sources.sort(key=lambda source: (source["order"], source["code"]))
        rows = [row for source in sources for row in _rows(model, source, ())]
        path = folder / _path(model).relative_to(settings.BASE_DIR)
        if not rows:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_as_yaml(row) for row in rows))
        written.append(path)
    return written


def shipped_sources(model: type[Publishable]) -> dict[str, Source]:
    """Read the sources of a kind back from its fixture, by code."""
    written = yaml.safe_load(_path(model).read_text()) if _path(model).exists() else []
    rows: dict[tuple[str, ...], Source] = {}  # by related names and codes: ("steps", "a", "s1")
    found: dict[str, Source] = {}
    names = _part_names(model)
    for row in written:
        kind = apps.get_model(row["model"])
        owners = tuple(row["fields"].get(kind.part_of, ()))
        source = _source(kind, row["fields"])
        rows[kind._meta.label, *owners, source["code"]] = source
        if kind is model:
            found[source["code"]] = source
        else:
            owner, name = names[kind]
            rows[owner._meta.label, *owners][name].append(source)
    for name, source in itertools.product({name for _, name in names.values()}, rows.values()):
        source.get(name, []).sort(key=lambda part: part["order"])  # as the draft's own rows are
    return found


def _part_names(model: type[Draft]) -> dict[type[Draft], tuple[type[Draft], str]]:
    """Give for each kind of part below a model the model it belongs to, and its related name."""
    names = {part_model(model, name): (model, name) for name in model.parts}
    for part in list(names):
        names |= _part_names(part)
    return names


def _source(model: type[Draft], fields: dict[str, Any]) -> Source:
    """Give the source of one row of a fixture, without the rows that belong to it yet."""
    source: Source = {}
    for column in columns(model):
        value = fields.get(column.name, [] if column.many_to_many else column.get_default())
        if column.many_to_many:
            value = [key[-1] for key in value]
        elif column.many_to_one:
            value = value and value[-1]
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(column, models.CharField | models.TextField):
            value = value or ""
        if not is_left_out(model, column.name, value):
            source[column.name] = value
    return source | {name: [] for name in model.parts}


def _path(model: type[Publishable]) -> Path:
    folder = Path(apps.get_app_config(model._meta.app_label).path)
    return folder / "fixtures" / f"{name_of(model)}.yaml"


def _rows(model: type[Draft], source: Source, owners: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Give a row and those that belong to it, as `loaddata` reads them. `owners` are codes.

    What a row may link to comes before it, so that rows are loaded in their order.
    """
    yield _row(model, source, owners)
    yield from _below(model, source, (*owners, source["code"]))


def _below(model: type[Draft], source: Source, owners: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    parts = [
        (part_model(model, name), part) for name in model.parts for part in source.get(name, ())
    ]
    for kind, part in parts:
        yield _row(kind, part, owners)
    for kind, part in parts:
        yield from _below(kind, part, (*owners, part["code"]))


def _row(model: type[Draft], source: Source, owners: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {model.part_of: list(owners)} if owners else {}
    for column in columns(model):
        value = source.get(column.name)
        # a default that is made anew each time, as of a code, is nothing to leave out
        if value in (None, "", []) or value == column.default:
            continue
        if column.many_to_many:
            value = [[code] for code in value]
        elif column.many_to_one:
            depth = len(column.related_model.natural_fields) - 1
            value = [*owners[:depth], value]
        fields[column.name] = value
    return {"model": model._meta.label_lower, "fields": fields}


class _Dumper(yaml.SafeDumper):
    """Writes texts as they are read: in blocks, line by line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > 90 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _as_yaml(row: dict[str, Any]) -> str:
    return yaml.dump(
        [row], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100,
        default_flow_style=None,
    )  # fmt: skip
