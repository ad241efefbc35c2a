"""How a draft stands beside what is live."""

from collections.abc import Sequence

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from sextortion_help.publishing.freezing import as_data, content_of, freeze
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.sources import digest, source_of


class State(models.TextChoices):
    NEVER = "never", _("never published")
    LIVE = "live", _("live")
    DIFFERS = "differs", _("draft differs")
    RETIRED = "retired", _("retired")


def states(drafts: Sequence[Publishable]) -> list[State]:
    """Give the state of each draft of one kind, with one query for all of them.

    The drafts come from `sources.whole()`.
    """
    if not drafts:
        return []
    versions = Version.objects.newest().filter(
        kind=drafts[0].content_kind(), code__in=[draft.code for draft in drafts]
    )
    sourceless = models.Q(source__isnull=True)
    newest = {
        version.code: version
        for version in versions.annotate(sourceless=sourceless).defer("source", "data")
    }
    return [_state(draft, newest.get(draft.code)) for draft in drafts]


def _state(draft: Publishable, newest: Version | None) -> State:
    if newest is None:
        return State.NEVER
    if newest.retired:
        return State.RETIRED
    same = digest(source_of(draft)) == newest.digest
    if not same and newest.sourceless:  # type: ignore[attr-defined]  # annotated above
        same = _reads_the_same(draft, newest)
    return State.LIVE if same else State.DIFFERS


def _reads_the_same(draft: Publishable, version: Version) -> bool:
    """Compare with a version from before sources were kept."""
    try:
        return as_data(content_of(version)) == as_data(freeze(draft))
    except (msgspec.ValidationError, KeyError):
        return False
