"""The site does not start without what its pages need: they would be wrong without a word."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from sextortion_help import start

LOCALE = Path(__file__).parent.parent.parent / "locale"


@pytest.fixture
def catalogues(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the catalogues, which the site uses."""
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder)
    settings.LOCALE_PATHS = [folder]
    return folder


def test_with_everything_it_starts(catalogues: Path) -> None:
    start.require()


def test_a_catalogue_that_is_not_compiled_stops_the_start_and_says_how(
    catalogues: Path, language: str
) -> None:
    (catalogues / language / "LC_MESSAGES" / "django.mo").unlink()
    with pytest.raises(ImproperlyConfigured, match=f"“{language}” is not compiled: run make"):
        start.require()


def test_a_language_that_nobody_sees_needs_no_catalogue(
    catalogues: Path, settings: Settings
) -> None:
    settings.OPEN_LANGUAGES = ["nl", "en"]
    (catalogues / "fr" / "LC_MESSAGES" / "django.mo").unlink()
    start.require()


def test_static_files_that_are_not_collected_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    storage = ManifestStaticFilesStorage(location=str(tmp_path))
    monkeypatch.setattr(start, "staticfiles_storage", storage)
    with pytest.raises(ImproperlyConfigured, match=r"run manage\.py collectstatic"):
        start.require()


def test_the_server_asks_before_it_answers(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings; import django; django.setup();"
        f"settings.LOCALE_PATHS = [{str(tmp_path)!r}]; import sextortion_help.wsgi"
    )
    command = [sys.executable, "-W", "ignore", "-c", code]
    variables = {
        "DJANGO_SETTINGS_MODULE": "sextortion_help.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    result = subprocess.run(
        command, cwd=LOCALE.parent, env=variables, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "is not compiled" in result.stderr
