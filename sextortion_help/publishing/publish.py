"""Publishing: drafts checked and frozen, old versions brought back, objects taken off the site."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext

from sextortion_help.publishing.live import content_of, from_database, refresh
from sextortion_help.publishing.models import Publishable, Version, digest
from sextortion_help.publishing.problems import Problem, Refused


def publish(drafts: Sequence[Publishable], user: User | None, note: str) -> list[Version]:
    """Publish several drafts in one transaction: a visitor sees all of them or none.

    A draft equal to its live version gets no new one. Raises Refused when any draft has a problem
    that is not a warning; then nothing is published.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        after = from_database().plus(draft.content() for draft in drafts)
        problems = [problem for draft in drafts for problem in draft.problems(after)]
        if refusals := [problem for problem in problems if not problem.warning]:
            raise Refused(refusals)
        changed = [(draft, draft.as_data()) for draft in drafts]
        return _append(
            [(draft.content_kind(), draft.code, data, False) for draft, data in changed], user, note
        )


def publish_again(version: Version, user: User, note: str) -> list[Version]:
    """Roll back: publish the data of an old version as a new one. The draft stays as it is.

    Raises Refused when the old version links to something that is no longer live.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        content = content_of(version)
        after = from_database().plus([content])
        if dead := after.dead_links(content):
            raise Refused(
                [
                    Problem(
                        gettext("Version %(number)d links to %(link)s, which is not live.")
                        % {"number": version.number, "link": link},
                        "",
                    )
                    for link in dead
                ]
            )
        return _append([(version.kind, version.code, version.data, False)], user, note)


def retire(draft: Publishable, user: User, note: str) -> list[Version]:
    """Take an object off the site: append a retired version.

    Raises Refused, naming them, while other live content links to it, or when it is not live.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        now = from_database()
        current = now.get(draft.content_class, draft.code)
        if current is None:
            raise Refused([Problem(gettext("%s is not live.") % draft, draft.edit_url())])
        after = now.minus(current)
        linking = [other for other in after.everything() if after.dead_links(other)]
        if linking:
            raise Refused(
                [
                    Problem(gettext("“%s” still links to it.") % other.code, draft.edit_url())
                    for other in linking
                ]
            )
        data = msgspec.to_builtins(current)
        return _append([(draft.content_kind(), draft.code, data, True)], user, note)


def _one_publish_at_a_time() -> None:
    # Without the lock, two publishes could commit in the other order than they took their ids, and
    # a process that saw the higher id first would never look for the lower one.
    # SQLite has one writer at a time anyway (transaction_mode IMMEDIATE in the settings).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE publishing_version IN SHARE ROW EXCLUSIVE MODE")


def _append(
    objects: Iterable[tuple[str, str, dict[str, Any], bool]], user: User | None, note: str
) -> list[Version]:
    versions = []
    for kind, code, data, retired in objects:
        newest = Version.objects.filter(kind=kind, code=code).first()
        fingerprint = digest(data)
        if newest and newest.digest == fingerprint and newest.retired == retired:
            continue
        versions.append(
            Version.objects.create(
                kind=kind,
                code=code,
                number=newest.number + 1 if newest else 1,
                data=data,
                digest=fingerprint,
                published_by=user,
                note=note,
                retired=retired,
            )
        )
    transaction.on_commit(refresh)
    return versions
