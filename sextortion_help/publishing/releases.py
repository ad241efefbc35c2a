"""Releases: asked for, confirmed or declined by somebody else, published at once or at their time.

What is confirmed is what was asked for: a release holds the source of each of its objects, and which
version was live beside it. When either is another by then, nothing happens, and it has to be asked anew.
"""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db import close_old_connections, transaction
from django.utils import timezone
from django.utils.translation import gettext

from sextortion_help.publishing.compare import Change, changes
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.hands import is_publisher
from sextortion_help.publishing.models import Publishable, Release, Version
from sextortion_help.publishing.planning import (
    Row,
    Together,
    newest_versions,
    planned,
    read,
    rows_of,
)
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import (
    SecondPersonNeeded,
    alone,
    carry_out,
    lacking_second,
    says_nothing_new,
)
from sextortion_help.publishing.sources import digest

logger = logging.getLogger(__name__)

SECONDS_BETWEEN: Final = 30
OPEN: Final = (Release.State.WAITING, Release.State.SCHEDULED)


def submit(
    together: Together, user: User, name: str, *, due: datetime | None = None, looked_at: str = ""
) -> list[Version] | Release:
    """Publish this now, where this user may do so alone; else ask for it, or put it down for its time.

    Gives the versions, or the release that waits. Raises Refused as `carry_out()` does.
    """
    with alone():
        may = is_publisher(user)
        if may and not due:
            try:
                return carry_out(together, user, name, looked_at=looked_at)
            except SecondPersonNeeded as needed:
                rows = list(needed.rows)
        else:
            rows = planned(together, looked_at)
        live = newest_versions([(row.kind, row.code) for row in rows])
        if all(says_nothing_new(live.get((row.kind, row.code)), row) for row in rows):
            return []
        ready = may and not lacking_second(rows, user)
        return Release.objects.create(
            name=name[:200], rows=_asked(rows), asked_by=user, asked_at=timezone.now(), due=due,
            state=Release.State.SCHEDULED if ready else Release.State.WAITING,
        )  # fmt: skip


def ask_again(pk: UUID, user: User) -> Release:
    """Ask for a release as its drafts and what is live are now. Raises Refused, also when all was deleted."""
    with alone():
        release = _open(pk, OPEN)
        rows = planned(together_of(release))
        if not rows:
            raise Refused([Problem(gettext("Nothing of it is left: decline it."))])
        release.rows = _asked(rows)
        release.asked_by, release.asked_at = user, timezone.now()
        release.state, release.decided_by = Release.State.WAITING, None
        release.decided_at = release.tried_at = None
        release.save()
        return release


def confirm(pk: UUID, user: User, looked_at: str, answer: str = "") -> list[Version] | Release:
    """Confirm a release that waits: publish it, or let it wait for its time.

    `looked_at` is the `stamp()` of what was shown. Raises Refused when it is not what was asked for any
    more, when somebody has decided already, when a check fails, or when this user may not confirm it.
    """
    with alone():
        release = _open(pk, (Release.State.WAITING,))
        if looked_at != stamp(release):
            text = gettext("This was asked for anew since you looked. Look again.")
            raise Refused([Problem(text)])
        if not is_publisher(user):
            raise Refused([Problem(gettext("Only those who may publish can confirm this."))])
        _as_asked(release)
        release.decided_by, release.decided_at, release.answer = user, timezone.now(), answer[:200]
        if release.due and release.due > timezone.now():
            if lacking_second(rows := planned(together_of(release)), release.asked_by, user):
                raise SecondPersonNeeded(rows)
            release.state = Release.State.SCHEDULED
            release.save()
            return release
        return _published(release, user)


def decline(pk: UUID, user: User, answer: str) -> Release:
    """Decline a release, or take it back: who may publish, and who asked for it. Raises Refused."""
    with alone():
        release = _open(pk, OPEN)
        if user != release.asked_by and not is_publisher(user):
            raise Refused([Problem(gettext("Only those who may publish can decline this."))])
        release.decided_by, release.decided_at, release.answer = user, timezone.now(), answer[:200]
        release.state = Release.State.DECLINED
        release.save()
        return release


def publish_due() -> Iterator[tuple[Release, list[Problem]]]:
    """Publish every release whose time has come, and give each with what kept it from it.

    One whose checks fail stays, and is tried again the next time; one that lacks a second person by
    now waits for one.
    """
    due = Release.objects.scheduled().filter(due__lte=timezone.now())
    for pk in list(due.values_list("pk", flat=True)):
        with alone():
            release = due.filter(pk=pk).first()
            problems = _try(release) if release else []
        if release:  # else another process was first
            yield release, problems


def why_not(release: Release) -> list[Problem]:
    """Say what keeps a release from being published as it was asked for, in the reader's language."""
    try:
        _as_asked(release)
        planned(together_of(release))
    except Refused as refused:
        return refused.problems
    return []


def may_confirm(release: Release, user: User) -> bool:
    """Tell whether this user is a second person for a release. It is asked again when they confirm."""
    rows = rows_now(release)
    return is_publisher(user) and not lacking_second(rows, release.asked_by, user)


def stamp(release: Release) -> str:
    """Tell what was asked for at one time from what was asked for at another."""
    return digest(release.rows)


def together_of(release: Release) -> Together:
    """Give what a release is to do. What was deleted since is left out."""
    found: list[Publishable] = []
    for model in publishable_models():
        kind = model.content_kind()
        if pks := [row["pk"] for row in release.rows if row["kind"] == kind and row["pk"]]:
            found += model._default_manager.filter(pk__in=pks)
    versions = Version.objects.in_bulk([row["version"] for row in release.rows if row["version"]])
    old = [(row, versions[row["version"]]) for row in release.rows if row["version"] in versions]
    return Together(
        drafts=found,
        back=[version for row, version in old if not row["off"]],
        gone=[version for row, version in old if row["off"]],
    )


def rows_now(release: Release) -> list[Row]:
    """Give the rows of a release as its drafts are now, without any check."""
    together = together_of(release)
    return rows_of(read(together.drafts), together)


def since_asked(release: Release) -> list[tuple[str, list[Change]]]:
    """Give what is another than when a release was asked for: each object, with what its draft changed.

    An object without a change was published by somebody else meanwhile, or deleted.
    """
    models = {model.content_kind(): model for model in publishable_models()}
    asked = {(row["kind"], row["code"]): row for row in release.rows}
    now = {(row["kind"], row["code"]): row for row in _asked(rows_now(release))}
    found = []
    for kind, code in dict.fromkeys([*asked, *now]):
        before, after = asked.get((kind, code), {}), now.get((kind, code), {})
        if before != after:
            old, new = before.get("source") or {}, after.get("source") or {}
            found.append((f"{kind} {code}", changes(models[kind], old, new) if after else []))
    return found


def _asked(rows: list[Row]) -> list[dict[str, Any]]:
    live = newest_versions([(row.kind, row.code) for row in rows])
    ids = {key: version.pk for key, version in live.items()}
    return [
        {
            "kind": row.kind, "code": row.code, "pk": row.pk, "version": row.version, "off": row.retired,
            "source": row.source, "live": ids.get((row.kind, row.code)),
        }
        for row in rows
    ]  # fmt: skip


def _open(pk: UUID, states: tuple[Release.State, ...]) -> Release:
    release = Release.objects.select_for_update().filter(pk=pk).first()
    if release is None:
        raise Refused([Problem(gettext("This release does not exist."))])
    if release.state not in states:
        who = release.decided_by or release.asked_by
        text = gettext("%(who)s was first: %(state)s.")
        state = Release.State(release.state).label
        raise Refused([Problem(text % {"who": who, "state": state})])
    return release


def _as_asked(release: Release) -> None:
    """Raise Refused unless the drafts of a release, and what is live, are as they were asked for."""
    if since_asked(release):
        text = gettext("Something changed since this was asked for. Look at it, and ask again.")
        raise Refused([Problem(text, release.page_url())])


def _published(release: Release, second: User | None) -> list[Version]:
    other = second if second != release.asked_by else None
    versions = carry_out(
        together_of(release), release.asked_by, release.name, second=other, release=release.pk
    )
    release.state, release.tried_at = Release.State.PUBLISHED, None
    release.save()
    return versions


def _try(release: Release) -> list[Problem]:
    by = release.decided_by or release.asked_by
    try:
        with transaction.atomic():
            _as_asked(release)
            if not is_publisher(by):
                text = gettext("%s may not publish any more. Somebody else has to confirm this.")
                return _wait(release, [Problem(text % by)])
            _published(release, release.decided_by)
    except SecondPersonNeeded as needed:
        return _wait(release, needed.problems)
    except Refused as refused:
        release.tried_at = timezone.now()
        release.save()
        return refused.problems
    return []


def _wait(release: Release, problems: list[Problem]) -> list[Problem]:
    """Let a release wait for a second person once more."""
    release.state, release.decided_by, release.tried_at = Release.State.WAITING, None, None
    release.save()
    return problems


def watch() -> None:
    """Publish what is due in a thread of this process: on a laptop, where no timer does."""
    threading.Thread(target=_publish_for_ever, name="publish-due", daemon=True).start()


def _publish_for_ever() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN)
        try:
            list(publish_due())
        except Exception:  # the database is away, say: the next time is in half a minute
            logger.exception("what is due cannot be published now")
        close_old_connections()
