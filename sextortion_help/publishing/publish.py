"""Publishing: drafts checked and frozen, old versions brought back, objects taken off the site."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext

from sextortion_help.publishing.content import Content
from sextortion_help.publishing.live import Live, content_of, readable, refresh
from sextortion_help.publishing.models import Publishable, Version, digest
from sextortion_help.publishing.problems import Problem, Refused


def publish(drafts: Sequence[Publishable], user: User | None, note: str) -> list[Version]:
    """Publish several drafts in one transaction: a visitor sees all of them or none.

    A draft equal to its live version gets no new one. Raises Refused when any draft has a problem
    that is not a warning; then nothing is published.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        contents = [draft.content() for draft in drafts]  # once: what is checked is published
        problems = _problems(drafts, contents)
        if refusals := [problem for problem in problems if not problem.warning]:
            raise Refused(refusals)
        frozen = zip(drafts, map(msgspec.to_builtins, contents), strict=True)
        return _append(
            [(draft.content_kind(), draft.code, data, False) for draft, data in frozen], user, note
        )


def check(drafts: Sequence[Publishable]) -> list[Problem]:
    """Say what keeps these drafts from being published together, and what needs a second look."""
    return _problems(drafts, [draft.content() for draft in drafts])


def publish_again(version: Version, user: User, note: str) -> list[Version]:
    """Roll back: publish the data of an old version as a new one. The draft stays as it is.

    Raises Refused when the old version links to something that is no longer live, or lacks what
    other live content needs.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        content, now = content_of(version), readable()
        after = now.plus([content])
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
        if losses := _losses(now, after):
            raise Refused([_loss(code, link, "") for code, link in losses])
        return _append([(version.kind, version.code, version.data, False)], user, note)


def retire(draft: Publishable, user: User, note: str) -> list[Version]:
    """Take an object off the site: append a retired version.

    Raises Refused, naming them, while other live content links to it, or when it is not live.
    """
    with transaction.atomic():
        _one_publish_at_a_time()
        now = readable()
        current = now.get(draft.content_class, draft.code)
        if current is None:
            raise Refused([Problem(gettext("%s is not live.") % draft, draft.edit_url())])
        linking = dict(_losses(now, now.minus(current)))
        if linking:
            raise Refused(
                [
                    Problem(gettext("“%s” still links to it.") % code, draft.edit_url())
                    for code in linking
                ]
            )
        data = msgspec.to_builtins(current)
        return _append([(draft.content_kind(), draft.code, data, True)], user, note)


def _problems(drafts: Sequence[Publishable], contents: Sequence[Content]) -> list[Problem]:
    now = readable()
    after = now.plus(contents)
    problems = [problem for draft in drafts for problem in draft.problems(after)]
    return problems + [
        _loss(code, link, drafts[0].edit_url()) for code, link in _losses(now, after)
    ]


def _losses(now: Live, after: Live) -> list[tuple[str, str]]:
    """Name what goes on being live, with what it has now and would lack, such as its last helpline."""
    return [
        (content.code, link)
        for key, content in now.contents.items()
        if after.contents.get(key) is content
        for link in after.dead_links(content)
        if link not in now.dead_links(content)
    ]


def _loss(code: str, link: str, url: str) -> Problem:
    text = gettext("“%(code)s” would be left without %(link)s.")
    return Problem(text % {"code": code, "link": link}, url)


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
