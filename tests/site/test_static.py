"""A script of ours is served together with those it imports, as one file that is named by all of it."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile

from sextortion_help.storage import OurStaticFiles, whole


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the scripts of a test are found."""

    def find(name: str) -> str | None:
        return str(tmp_path / name) if (tmp_path / name).exists() else None

    monkeypatch.setattr(finders, "find", find)
    return tmp_path


def test_what_a_script_imports_stands_in_it_in_blocks_of_their_own(folder: Path) -> None:
    (folder / "one.js").write_text('import "./two.js"; // why\nconst a = 1;')
    (folder / "two.js").write_text("const a = 2;")
    text = whole('import "./one.js";\nconst a = 0;')
    assert text.split() == [
        "{",
        "{",
        "const",
        "a",
        "=",
        "2;",
        "}",
        "//",
        "why",
        "const",
        "a",
        "=",
        "1;",
        "}",
        "const",
        "a",
        "=",
        "0;",
    ]
    with pytest.raises(FileNotFoundError, match=r"imports none\.js"):
        whole('import "./none.js";')


def test_a_change_of_what_it_imports_gives_it_another_name(folder: Path) -> None:
    storage = OurStaticFiles(location=str(folder), base_url="/static/")
    names = set()
    for text in ("const a = 1;", "const a = 2;"):
        (folder / "one.js").write_text(text)
        script = ContentFile(b'import "./one.js";')
        names |= {storage.file_hash("all.js", script), storage.file_hash("vendor/all.js", script)}
    assert len(names) == 3  # what others wrote is named and served as they sent it


@pytest.mark.parametrize("name", ["check.js", "voice.js"])
def test_the_self_check_and_the_voice_bring_along_the_line_of_another_country(name: str) -> None:
    stored = getattr(staticfiles_storage, "stored_name", str)(name)
    with staticfiles_storage.open(stored) as file:
        text = file.read().decode()
    assert "import" not in text
    assert "[data-here]" in text
    assert "speechSynthesis" in text
