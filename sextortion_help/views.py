"""Pages that belong to no single subject: the address without a language, the way out, the health."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from sextortion_help.middleware import liked_language
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.live import database_failing_seconds, live, unreadable
from sextortion_help.publishing.models import Entry


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the home in the browser's language, if visitors may see that one."""
    return redirect(f"/{liked_language(request)}/")


@public_page()
def home(request: PublicRequest, contents: Contents) -> HttpResponse:
    """One question, one big yes, and the doors that are open."""
    context = {
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
