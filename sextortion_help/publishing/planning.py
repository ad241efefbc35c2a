"""What is to happen in one moment, checked and made into rows: what each version would say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext

from sextortion_help.publishing.checks import problems_of
from sextortion_help.publishing.checks.addresses import answers
from sextortion_help.publishing.checks.recent import recent_problems
from sextortion_help.publishing.content import Content, Contents
from sextortion_help.publishing.freezing import as_data, content_of, freeze, publishable_models
from sextortion_help.publishing.links import dead_links, losses
from sextortion_help.publishing.live import from_database
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.places import at, countries
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.sources import Source, digest, source_of, whole


@dataclass(frozen=True)
class Together:
    """What is to happen in one moment: drafts go live, versions are put back, others go off the site."""

    drafts: Sequence[Publishable] = ()
    back: Sequence[Version] = ()
    gone: Sequence[Version] = ()


@dataclass(frozen=True)
class Row:
    """What a version of an object would say. `pk` is of its draft, `version` of what is put back."""

    kind: str
    code: str
    source: Source | None
    data: dict[str, Any]
    retired: bool = False
    pk: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Frozen:
    """A draft as it was read once: what is checked, shown and published is this and nothing else."""

    draft: Publishable
    source: Source
    content: Content


def read(drafts: Iterable[Publishable]) -> list[Frozen]:
    """Read drafts with all that belongs to them and freeze them: a fixed number of queries a kind."""
    chosen: dict[type[Publishable], list[int]] = {}
    for draft in drafts:
        chosen.setdefault(type(draft), []).append(draft.pk)
    return [
        Frozen(draft, source_of(draft), freeze(draft))
        for model in publishable_models()
        if model in chosen
        for draft in whole(model).filter(pk__in=chosen[model])
    ]


def seen(frozen: Iterable[Frozen]) -> str:
    """Tell what an editor has looked at from what was saved since, whichever row of it."""
    return digest([one.source for one in frozen])


def newest_versions(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Version]:
    """Give the newest version of each of these objects, by kind and code, with one query."""
    wanted = set(keys)
    found = Version.objects.newest().filter(code__in={code for _, code in wanted})
    versions = {(version.kind, version.code): version for version in found}
    return {key: versions[key] for key in wanted & versions.keys()}


def check(frozen: Sequence[Frozen], gone: Sequence[Version] = ()) -> list[Problem]:
    """Say what keeps these drafts from being published together, and what needs a second look.

    `gone` are versions of what goes off the site in the same moment.
    """
    live = newest_versions((one.draft.content_kind(), one.content.code) for one in frozen)
    sources = {key: version.source for key, version in live.items() if not version.retired}
    now = from_database()
    return _problems(frozen, now, now.minus(filter(None, map(known, gone)))) + [
        problem
        for one in frozen
        if (source := sources.get((one.draft.content_kind(), one.content.code)))
        for problem in recent_problems(one.draft, one.source, source)
    ]


def planned(together: Together, looked_at: str = "") -> list[Row]:
    """Check everything as it would be together, and give a row an object. Raises Refused."""
    frozen = read(together.drafts)
    if looked_at and looked_at != seen(frozen):
        text = gettext("A draft was saved since you looked. Look again, then publish.")
        raise Refused([Problem(text)])
    now = from_database()
    contents = [_readable(version) for version in together.back]
    after = now.plus(contents).minus(filter(None, map(known, together.gone)))
    everything = after.plus(one.content for one in frozen)
    problems = [
        *_version_problems(list(zip(together.back, contents, strict=True)), everything),
        *_problems(frozen, now, after),
    ]
    if refusals := [problem for problem in problems if not problem.warning]:
        raise Refused(refusals)
    return rows_of(frozen, together)


def as_published(together: Together) -> Contents:
    """Give what visitors would see after all of this, without any check; without what cannot be read."""
    after = from_database().plus(filter(None, map(known, together.back)))
    after = after.minus(filter(None, map(known, together.gone)))
    return after.plus(one.content for one in read(together.drafts))


def rows_of(frozen: Sequence[Frozen], together: Together) -> list[Row]:
    """Give what the versions would say, without any check."""
    return [
        *(
            Row(one.draft.content_kind(), one.content.code, one.source, as_data(one.content), pk=one.draft.pk)
            for one in frozen
        ),
        *(Row(each.kind, each.code, each.source, each.data, version=each.pk) for each in together.back),
        *(
            Row(each.kind, each.code, each.source, each.data, retired=True, version=each.pk)
            for each in together.gone
        ),
    ]  # fmt: skip


def _version_problems(
    back: Sequence[tuple[Version, Content]], after: Contents
) -> Iterator[Problem]:
    """Say what of old versions does not go with what would be live beside them."""
    models = {model.content_class: model for model in publishable_models()}
    for version, content in back:
        text = gettext("Version %(number)d links to %(link)s, which is not live.")
        for link in dead_links(content, after):
            yield Problem(text % {"number": version.number, "link": link})
        name = gettext("Version %(number)d of “%(code)s”")
        name %= {"number": version.number, "code": version.code}
        if answers(content.path) != content.view:
            text = gettext("%(draft)s: the address %(path)s belongs to another page of this site.")
            yield Problem(text % {"draft": name, "path": content.path})
        for clash in models[type(content)].clashes(name, content, after):
            yield Problem(clash)
    yield from _dead_in_places([(content, "") for _, content in back], after)


def _readable(version: Version) -> Content:
    content = known(version)
    if content is None:
        text = gettext("Version %d was published by another version of the program.")
        raise Refused([Problem(text % version.number)])
    return content


def known(version: Version) -> Content | None:
    """Read a version back; None when this program cannot."""
    try:
        return content_of(version)
    except (msgspec.ValidationError, KeyError):
        return None


def _problems(frozen: Sequence[Frozen], now: Contents, after: Contents) -> list[Problem]:
    """Say what is wrong with drafts among what would be live besides, and what the rest would lack."""
    after = after.plus(one.content for one in frozen)
    problems = [problem for one in frozen for problem in problems_of(one.draft, one.content, after)]
    contents = [(one.content, one.draft.edit_url()) for one in frozen]
    return [*problems, *_dead_in_places(contents, after), *_losses(now, after)]


def _dead_in_places(contents: Sequence[tuple[Content, str]], after: Contents) -> Iterator[Problem]:
    """Name each link that leads nowhere for the readers of one country. Each content has its form."""
    for country in countries(after):
        here = at(after, country)
        for content, url in contents:
            shown = here.items.get((type(content), content.code))
            for path in dead_links(shown, here) if shown else ():
                if after.has_path(path):
                    text = gettext(
                        "In %(country)s, “%(code)s” links to %(path)s, which is not for there."
                    )
                    values = {"country": country, "code": content.code, "path": path}
                    yield Problem(text % values, url)


def _losses(now: Contents, after: Contents) -> Iterator[Problem]:
    """Name what the rest of the site has now and would lack."""
    for content, path in losses(now, after):
        text = gettext("“%(code)s” links to %(path)s, which would not be live any more.")
        yield Problem(text % {"code": content.code, "path": path}, _form_of(content))
    for country in countries(after):
        for content, path in losses(at(now, country), at(after, country)):
            if after.has_path(path):
                text = gettext(
                    "In %(country)s, “%(code)s” links to %(path)s, which is not for there."
                )
                values = {"country": country, "code": content.code, "path": path}
                yield Problem(text % values, _form_of(content))
    for model in publishable_models():
        for lack in model.lacking(now, after):
            yield Problem(gettext("The site would be left without %s.") % lack)


def _form_of(content: Content) -> str:
    """Give the address of the form of what is live, where its links are edited."""
    models = (model for model in publishable_models() if model.content_class is type(content))
    drafts = (model._default_manager.filter(code=content.code).first() for model in models)
    return next((draft.edit_url() for draft in drafts if draft), "")
