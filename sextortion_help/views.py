"""Pages that belong to no single subject: the address without a language, the way out, the health."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from guidance.content import Page
from quiz.content import Quiz
from sextortion_help.public import public_page
from sextortion_help.publishing.live import database_failing_seconds, live

FURTHER = (
    "paid", "online", "known", "fake", "sent-more", "others", "old-password", "offender", "dying",
)  # fmt: skip


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the home in the browser's language."""
    return redirect(f"/{get_language()}/")


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """One question, one big yes, and the doors that are open."""
    now = live()
    further = [now.get(Page, f"steps/{name}") for name in FURTHER]
    context = {
        "check": now.get(Quiz, "flirt"),
        "chat": now.get(Quiz, "who"),
        "friends": now.get(Page, "friends"),
        "further": [page for page in further if page],
    }
    return render(request, "home.html", context)


@require_safe
def leave(request: HttpRequest, language: str = "") -> HttpResponse:
    """The way out without JavaScript: empty what the browser holds of us, go to a neutral site.

    In the language of the page it stood on, as the address says; else in the browser's.
    """
    targets = settings.EXIT_TARGETS
    target = targets.get(language) or targets[get_language() or settings.LANGUAGE_CODE]
    response = HttpResponseRedirect(target)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the people who run the site: 503 without content; with it 200, also when the database is away."""
    failing = database_failing_seconds()
    status = {"revision": live().revision, "database": "ok" if not failing else "not answering"}
    return JsonResponse(
        {**status, "failing_seconds": round(failing)}, status=200 if live().revision else 503
    )


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
