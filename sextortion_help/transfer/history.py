"""When each text last changed, as the versions tell it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.transfer.texts import Item, keyed


@dataclass
class History:
    """What was published last of each text, and by which version of its object, when, it became so."""

    words: dict[str, str] = field(default_factory=dict)
    versions: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def day(self, item: Item, language: str) -> date | None:
        """Give the day since when a text stands as it is; None while it was never published so."""
        version = self._version(item, language)
        return version and timezone.localdate(version[1])

    def is_older(self, item: Item, language: str, source: str) -> bool:
        """Tell whether a translation is from before the last change of its source."""
        if not item.within(language):
            return False
        translated, written = self._version(item, language), self._version(item, source)
        return translated is not None and (written is None or written > translated)

    def _version(self, item: Item, language: str) -> tuple[int, datetime] | None:
        key = f"{item.key}_{language}"
        return self.versions.get(key) if self.words.get(key) == item.within(language) else None


def history(models: Iterable[type[Publishable]]) -> History:
    """Read the versions of some kinds, oldest first, one query for each kind."""
    found = History()
    for model in models:
        versions = Version.objects.filter(kind=model.content_kind(), source__isnull=False)
        rows = versions.order_by("id").values_list("code", "source", "number", "published_at")
        for code, source, number, at in rows.iterator():
            for key, words in keyed(model, source or {}, f"{model.content_kind()}:{code}"):
                if found.words.get(key) != words:
                    found.words[key] = words
                    found.versions[key] = (number, at)
    return found
