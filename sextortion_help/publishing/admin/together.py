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
from sextortion_help.publishing.content import Content, Contents
from sextortion_help.publishing.models import Publishable, Release, Version
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

    contents = list(_shown(together, after))
    if not place:
        first = next((content for _, content in contents if content), None)
        there = previewed(after, getattr(first, "countries", ()))
        own = [code for code, each in there if each.language == get_language()]
        where = next(iter([*own, *(code for code, _ in there)]), None)
        if where is None:
            raise Http404
        return HttpResponseRedirect(address(where, first.path if first else "/"))
    names = [
        (draft.called(get_language() or ""), content and address(_place(after, content, place), content.path))
        for draft, content in contents
    ]  # fmt: skip
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


def _shown(together: Together, after: Contents) -> Iterator[tuple[Publishable, Content | None]]:
    """Give each draft with its content, if it has a page of its own at its address."""
    for draft in together.drafts:
        content = after.get(draft.content_class, draft.code)
        yield draft, content if content and answers(content.path) == content.view else None


def _place(after: Contents, content: Content, place: str) -> str:
    """Give this place, or the first in which a content is shown."""
    there = [code for code, _ in previewed(after, getattr(content, "countries", ()))]
    return place if place in there else there[0]
