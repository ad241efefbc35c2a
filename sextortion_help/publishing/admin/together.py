"""The preview of several drafts: those chosen, those of a release, or all, as if they were live together."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from sextortion_help.publishing.admin.preview import Screen, previewed, show
from sextortion_help.publishing.admin.rights import drafts_of, kinds, require_kinds
from sextortion_help.publishing.checks.addresses import answers
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Publishable, Release, Version
from sextortion_help.publishing.places import Place
from sextortion_help.publishing.planning import Together, as_published
from sextortion_help.publishing.releases import together_of
from sextortion_help.publishing.sources import whole
from sextortion_help.publishing.states import State, states

ALL: Final = "all"  # every draft that is not as it is live
GONE: Final = "-"  # before the key of what goes off the site


def choose_view(request: HttpRequest) -> HttpResponse:
    """Lead from the ticked rows to their preview, whose address names them."""
    keys = [
        *request.GET.getlist("draft"),
        *(f"{GONE}{key}" for key in request.GET.getlist("gone")),
    ]
    chosen = ",".join(key for key in keys if key.replace(":", "").replace("-", "").isalnum())
    return HttpResponseRedirect(reverse("admin:together", args=[chosen or ALL]))


def together_view(
    request: HttpRequest, chosen: str, place: str = "", path: str = ""
) -> HttpResponse:
    """Show a page of the site with all of the chosen drafts; without a place lead to the first of them."""
    together, back = _together(request, chosen)
    after = as_published(together)

    def address(code: str, path: str) -> str:
        return reverse("admin:together", args=[chosen, code]) + path[1:]

    shown = list(_shown(together, after))
    if not place:
        places, to = next(
            ((found, path) for _, path, found in shown if found), (previewed(after), "/")
        )
        own = [code for code, each in places if each.language == get_language()]
        where = next(iter([*own, *(code for code, _ in places)]), None)
        if where is None:
            raise Http404
        return HttpResponseRedirect(address(where, to))
    names = [
        (draft.called(get_language() or ""), places and address(_place(places, place), to))
        for draft, to, places in shown
    ]
    banner = {"name": "", "back": back, "drafts": names}
    return show(request, Screen(after, address, None, banner), place, f"/{path}")


def _together(request: HttpRequest, chosen: str) -> tuple[Together, str]:
    """Give what is previewed, and the address to go back to. Raises PermissionDenied or Http404."""
    require_kinds(request)
    models = kinds(request)
    if chosen == ALL:
        drafts = [draft for model in models for draft in _differing(model)]
        return Together(drafts=drafts), reverse("admin:publish")
    try:
        release = Release.objects.filter(pk=UUID(chosen)).first()
    except ValueError:
        keys = chosen.split(",")
        leave = drafts_of(models, [key[1:] for key in keys if key.startswith(GONE)])
        drafts = [draft for draft in drafts_of(models, keys) if draft not in leave]
        if not (drafts or leave):
            raise Http404 from None
        query = "&".join(
            f"gone={key[1:]}" if key.startswith(GONE) else f"draft={key}" for key in keys
        )
        return Together(drafts=drafts, gone=_live(leave)), f"{reverse('admin:publish')}?{query}"
    if release is None:
        raise Http404
    require_kinds(request, (row["kind"] for row in release.rows))
    return together_of(release), release.page_url()


def _differing(model: type[Publishable]) -> Iterator[Publishable]:
    drafts = list(whole(model))
    for draft, state in zip(drafts, states(drafts), strict=True):
        if state in (State.NEVER, State.DIFFERS):
            yield draft


def _live(drafts: list[Any]) -> list[Version]:
    newest = (draft.versions().first() for draft in drafts)
    return [version for version in newest if version]


type _Places = list[tuple[str, Place]]


def _shown(together: Together, after: Contents) -> Iterator[tuple[Publishable, str, _Places]]:
    """Give each draft with its path, and the places in which it has a page of its own there: none, or some."""
    for draft in together.drafts:
        content = after.get(draft.content_class, draft.code)
        if content and answers(content.path) == content.view:
            yield draft, content.path, previewed(after, getattr(content, "countries", ()))
        else:
            yield draft, "", []


def _place(places: _Places, place: str) -> str:
    """Give this place, or the first of these."""
    there = [code for code, _ in places]
    return place if place in there else there[0]
