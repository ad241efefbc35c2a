"""The arrows between modules run one way, between apps and within one."""

import pytest

from tests.modules import arrows, files, floors, late_imports

PUBLISHING = "sextortion_help.publishing"
# The rooms of publishing, from the ground up. A room may use those below it, and those
# on its own floor, as far as no circle comes of it.
ROOMS = (
    ("content", "places", "codes", "problems", "reading", "review", "text", "languages"),
    ("links", "wording", "marks", "markdown", "agreement", "release", "models"),
    ("sources", "freezing", "guards"),
    ("states", "compare", "live", "fixtures", "checks", "delicate", "hands"),
    ("planning",),
    ("publish",),
    ("releases",),
    ("admin", "management", "apps", "translation"),
)
KNOW_NO_MODEL = ("content", "places", "links", "problems")
MAY_USE = {
    "sextortion_help.bounded": (),
    "sextortion_help.people": (
        "sextortion_help.people",
        "sextortion_help.bounded",
        "sextortion_help.staff_area",
    ),
    "sextortion_help.publishing": (PUBLISHING, "sextortion_help.people", "sextortion_help.bounded"),
    "sextortion_help.public": (PUBLISHING, "sextortion_help.errors"),
    "sextortion_help.errors": (PUBLISHING, "sextortion_help.people", "sextortion_help.staff_area"),
    "sextortion_help.staff_area": (),
    "sextortion_help.manual": ("sextortion_help.manual", PUBLISHING),
    "sextortion_help.member": ("sextortion_help.member", "sextortion_help.staff_area"),
    "sextortion_help.transfer": ("sextortion_help.transfer", PUBLISHING, "sextortion_help.people"),
    "guidance": ("guidance", PUBLISHING, "sextortion_help.public"),
    "quiz": ("quiz", "guidance", PUBLISHING, "sextortion_help.public"),
    "sextortion_help.desk": (
        "sextortion_help.desk",
        PUBLISHING,
        "sextortion_help.people",
        "sextortion_help.bounded",
    ),
}


def room(module: str) -> str:
    return module.removeprefix(f"{PUBLISHING}.").partition(".")[0]


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in packages)


def test_there_is_no_circle() -> None:
    assert len(floors(arrows())) > 3


def test_no_import_hides_a_circle() -> None:
    hidden = [line for path in files().values() for line in late_imports(path)]
    # Django loads models only after the apps are configured
    assert [line for line in hidden if not line.startswith("apps.py")] == []


@pytest.mark.parametrize("package", MAY_USE)
def test_apps_use_each_other_one_way(package: str) -> None:
    wrong = [
        f"{module} -> {used}"
        for module, uses in arrows().items()
        if within(module, (package,))
        for used in uses
        if not within(used, MAY_USE[package])
    ]
    assert wrong == []


def test_the_rooms_of_publishing_never_use_one_above_them() -> None:
    height = {name: floor for floor, names in enumerate(ROOMS) for name in names}
    wrong = []
    for module, uses in arrows().items():
        for used in uses:
            inside = within(module, (PUBLISHING,)) and within(used, (PUBLISHING,))
            if inside and height[room(used)] > height[room(module)]:
                wrong.append(f"{module} -> {used}")
    assert wrong == []


@pytest.mark.parametrize("name", KNOW_NO_MODEL)
def test_content_and_links_know_no_model_and_no_database(name: str) -> None:
    seen: set[str] = set()
    todo = {f"{PUBLISHING}.{name}"}
    graph = arrows()
    while todo:
        module = todo.pop()
        seen.add(module)
        todo |= graph[module] - seen
    assert f"{PUBLISHING}.models" not in seen
    for module in seen:
        text = files()[module].read_text()
        assert "django.db" not in text, module
        assert "django.apps" not in text, module
