"""What must be there before the site may start: a page without it would be wrong without a word."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured

from sextortion_help.publishing.languages import table


def require() -> None:
    """Stop the start when something is missing. Raises ImproperlyConfigured, with what makes it."""
    table()  # each language has its rules
    if missing := [*missing_catalogues(), *missing_static()]:
        raise ImproperlyConfigured(" ".join(missing))


def missing_catalogues() -> list[str]:
    """Say which languages visitors see have no compiled catalogue, and what compiles it.

    Without it a page is half in English, and nothing fails.
    """
    folder = Path(settings.LOCALE_PATHS[0])
    return [
        f"The catalogue of “{code}” is not compiled: run make build/.messages, "
        f"or msgfmt -o {folder / code}/LC_MESSAGES/django.mo {folder / code}/LC_MESSAGES/django.po."
        for code in settings.OPEN_LANGUAGES
        if not (folder / code / "LC_MESSAGES" / "django.mo").exists()
    ]


def missing_static() -> list[str]:
    """Say that the static files are not collected, where pages link to the collected ones."""
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None or collected:
        return []
    return ["The static files are not collected: run manage.py collectstatic."]
