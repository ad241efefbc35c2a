"""Content as fixtures: the files that come with the code, and the way from what is live back to them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings

from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Draft, Publishable, Version
from sextortion_help.publishing.sources import Source, columns, part_model


def name_of(model: type[Publishable]) -> str:
    """Name the fixture of a kind, as `loaddata` takes it: "pages"."""
    return f"{model.content_kind()}s"


def shipped() -> list[str]:
    """Name the fixtures that come with the code, in the order in which they name each other."""
    return [name_of(model) for model in publishable_models() if _path(model).exists()]


def export(folder: Path) -> list[Path]:
    """Write everything that is live as fixtures, a file for each kind, and give their paths.

    They stand under `folder` where they stand under the project. What is live from before sources
    were kept is left out: publish it once more.
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
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_as_yaml(row) for row in rows))
        written.append(path)
    return written


def _path(model: type[Publishable]) -> Path:
    folder = Path(apps.get_app_config(model._meta.app_label).path)
    return folder / "fixtures" / f"{name_of(model)}.yaml"


def _rows(model: type[Draft], source: Source, owners: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Give a row and those that belong to it, as `loaddata` reads them. `owners` are codes."""
    fields: dict[str, Any] = {model.part_of: list(owners)} if owners else {}
    for column in columns(model):
        value = source[column.name]
        if value in (None, "", []) or value == column.get_default():
            continue
        if column.many_to_many:
            value = [[code] for code in value]
        elif column.many_to_one:
            depth = len(column.related_model.natural_fields) - 1
            value = [*owners[:depth], value]
        fields[column.name] = value
    yield {"model": model._meta.label_lower, "fields": fields}
    for name in model.parts:
        for part in source[name]:
            yield from _rows(part_model(model, name), part, (*owners, source["code"]))


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
