"""Beside every form: how the whole stands that is published with it, what it changes, and what is wrong."""

from typing import Any, Final
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from sextortion_help.publishing.admin.rights import kinds
from sextortion_help.publishing.checks import problems_of
from sextortion_help.publishing.checks.recent import recent_problems
from sextortion_help.publishing.compare import changes
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.freezing import freeze
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.sources import Source, digest, source_of, whole
from sextortion_help.publishing.states import State, states

type Said = tuple[str, str]  # a link, and what it says

MOST_KNOWN: Final = 50
# To check all texts of a practice chat takes most of a second, and each of its forms asks for it. What was
# found is forgotten with the revision of the site.
_known: WeakKeyDictionary[Contents, dict[Any, list[Problem]]] = WeakKeyDictionary()


def panel(request: HttpRequest, root: Publishable, row: Draft) -> dict[str, Any]:
    """Give the state of a whole as it is saved, and its problems: those of `row` apart, as links on this page.

    What the rest of the site would lose is asked when it is checked to be published, not here.
    """
    draft = whole(type(root)).get(pk=root.pk)
    newest = draft.versions().first()
    source = newest.source if newest and not newest.retired else None
    problems = _problems(draft, source)
    here = row.edit_url()
    own = [one for one in problems if one.url.partition("#")[0] == here]
    rest = [one for one in problems if one not in own]
    state = states([draft])[0]
    opts = root._meta
    return {
        "state": state,
        "refusals": _said(own, here, warning=False),
        "warnings": _said(own, here, warning=True),
        "elsewhere": _said(rest, here, warning=False),
        "elsewhere_warnings": _said(rest, here, warning=True),
        "changes": changes(type(draft), source, source_of(draft))
        if source and state == State.DIFFERS
        else [],
        "versions": reverse(f"admin:{opts.app_label}_{opts.model_name}_versions", args=[root.pk])
        if isinstance(root, tuple(kinds(request)))
        else "",
    }


def _problems(draft: Publishable, source: Source | None) -> list[Problem]:
    """Find what is wrong with a draft, or give what was found when it was the same and so was the site."""
    contents, now = live(), source_of(draft)
    key = (draft._meta.label, draft.pk, digest([now, source]), get_language(), timezone.localdate())
    known = _known.setdefault(contents, {})
    if key not in known:
        if len(known) >= MOST_KNOWN:
            known.clear()
        content = freeze(draft)
        known[key] = problems_of(draft, content, contents.plus([content]))
        known[key] += recent_problems(draft, now, source) if source else []
    return known[key]


def _said(problems: list[Problem], here: str, *, warning: bool) -> list[Said]:
    """Give the problems of one weight; one of this page leads to its field without leaving it."""
    return [
        (one.url.removeprefix(here) if one.url.startswith(f"{here}#") else one.url, one.text)
        for one in problems
        if one.warning == warning
    ]
