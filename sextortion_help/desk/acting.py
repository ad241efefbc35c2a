"""What the buttons of the desk do: "I checked this today", and "the translation still holds"."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from sextortion_help.bounded import is_number
from sextortion_help.desk import work
from sextortion_help.desk.models import Summary
from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.admin.recording import done, log
from sextortion_help.publishing.admin.rights import drafts_of
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.publish import publish_dates, write_dates
from sextortion_help.publishing.review import Reviewed


def act(request: HttpRequest) -> HttpResponse:
    """Do what a button of the desk asks: dates for one row or the chosen ones, or a translation that holds."""
    if still := request.POST.get("still"):
        _still_right(request, still)
    elif request.user.has_perm("publishing.add_version") and (asks := asks_again(request)):
        return asks
    else:
        one = request.POST.get("one")
        _verify(request, [one] if one else request.POST.getlist("row"))
    return HttpResponseRedirect(request.get_full_path())


def _verify(request: HttpRequest, keys: list[str]) -> None:
    dated = [
        model
        for model in work.kinds().values()
        if issubclass(model, Reviewed) and may(request, "change", model.content_kind())
    ]
    drafts = drafts_of(dated, keys)
    if not drafts:
        messages.warning(request, gettext("Choose what you checked."))
        return
    versions: list[Version] = []
    if request.user.has_perm("publishing.add_version"):
        note = gettext("checked by a person")
        versions = publish_dates(drafts, request.user, timezone.localdate(), note)  # type: ignore[arg-type]  # logged in
    else:
        write_dates(drafts, timezone.localdate())
    published = {(one.kind, one.code) for one in versions}  # the record reads the versions too
    for draft in drafts:
        if (draft.content_kind(), draft.code) not in published:
            log(request.user, draft, done("changed", draft, "verified_on", "review_by"))
    said = ngettext(
        "Written down as checked today: %d.", "Written down as checked today: %d.", len(drafts)
    )
    messages.success(request, said % len(drafts))
    if len(versions) < len(drafts):
        text = gettext("Visitors do not see the new date of %d of these yet: publish the draft.")
        messages.warning(request, text % (len(drafts) - len(versions)))


def _still_right(request: HttpRequest, asked: str) -> None:
    kind, _, rest = asked.partition(":")
    pk, _, language = rest.partition(":")
    if not (may(request, "change", kind) and is_number(pk) and language in LANGUAGES):
        raise PermissionDenied
    for summary in Summary.objects.filter(kind=kind, draft=int(pk)):
        work.renew(summary, language)
        summary.save(update_fields=["texts"])
        messages.success(request, gettext("The translation counts as up to date again."))


def may(request: HttpRequest, what: str, kind: str) -> bool:
    """Tell whether this member of staff may "view" or "change" content of a kind."""
    model = work.kinds().get(kind)
    name = model and f"{model._meta.app_label}.{what}_{model._meta.model_name}"
    return bool(name) and request.user.has_perm(str(name))
