"""Pages that belong to no single subject: the address without a language, the way out, the health."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from guidance.choices import Purpose
from guidance.help import help_now
from sextortion_help import errors
from sextortion_help.places import instead_of, liked_language, liked_place
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.live import database_failing_seconds, live, unreadable
from sextortion_help.publishing.models import Entry


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the home of the place that the browser's languages name."""
    place = liked_place(request, live())
    return redirect(f"{place.prefix}/") if place else errors.not_ready(request)


@require_safe
def elsewhere(request: HttpRequest, first: str, rest: str = "") -> HttpResponse:
    """Lead from the address of a place that is not there to where its help is."""
    address = instead_of(live(), request.path_info)
    if not address:
        raise Http404
    return redirect(address)


@public_page()
def home(request: PublicRequest, contents: Contents) -> HttpResponse:
    """One question, one big yes, and the doors that are open."""
    [suicide] = help_now(contents, [Purpose.SUICIDE], get_language() or "", timezone.now())
    context = {
        "suicide": suicide,
        "doors": contents.linked(Entry.DOOR),
        "further": contents.linked(Entry.FURTHER),
    }
    return render(request, "home.html", context)


@require_safe
def leave(request: HttpRequest, language: str = "") -> HttpResponse:
    """The way out without JavaScript: empty what the browser holds of us, go to a neutral site.

    In the language of the page it stood on, as the address says; else in the browser's.
    """
    known = language if language in settings.EXIT_TARGETS else liked_language(request)
    response = HttpResponseRedirect(settings.EXIT_TARGETS[known])
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the people who run the site: 503 without content; with it 200, also when the database is away."""
    failing = database_failing_seconds()
    status = {
        "revision": live().revision,
        "database": "ok" if not failing else "not answering",
        "failing_seconds": round(failing),
        "unreadable": unreadable(),
    }
    return JsonResponse(status, status=200 if live().revision else 503)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address where a page names no icon, as in the staff area."""
    return redirect(static("favicon.svg"), permanent=True)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the staff area and the way out."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /exit/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain")
