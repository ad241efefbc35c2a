"""The three groups of staff: what each may do, in permissions and in words.

Written after every `migrate`, as the triggers of publishing/guards.py are: permissions come into being
only then, and a kind of content that is new belongs to the groups without anybody's doing.
"""

from collections.abc import Callable
from typing import Any, Final

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EDITOR, TRANSLATOR, PUBLISHER = "editor", "translator", "publisher"

WORDS: Final[dict[str, str | Promise]] = {
    EDITOR: _("Editor: adds, changes and deletes drafts. Publishes nothing."),
    TRANSLATOR: _(
        "Translator: changes drafts that are there. Adds, deletes and publishes nothing."
    ),
    PUBLISHER: _(
        "Publisher: does what an editor does, publishes, takes off the site, and lets people in."
    ),
}

type Rule = Callable[[str], bool]


def _all(codename: str) -> bool:
    return True


def _changes(codename: str) -> bool:
    return codename.startswith(("view_", "change_"))


def _lets_in(codename: str) -> bool:
    return codename in ("view_user", "add_user", "change_user")


# Of which app, which permissions.
MAY: Final[dict[str, dict[str, Rule]]] = {
    EDITOR: {"guidance": _all, "quiz": _all},
    TRANSLATOR: {"guidance": _changes, "quiz": _changes},
    PUBLISHER: {"guidance": _all, "quiz": _all, "publishing": _all, "auth": _lets_in},
}


def install(sender: AppConfig, **_: Any) -> None:
    """Give each group its permissions of one app, no more and no fewer. A receiver of post_migrate."""
    for name, apps in MAY.items():
        if sender.label not in apps:
            continue
        group, _made = Group.objects.get_or_create(name=name)
        of_app = Permission.objects.filter(content_type__app_label=sender.label)
        wanted = {one for one in of_app if apps[sender.label](one.codename)}
        given = set(group.permissions.filter(content_type__app_label=sender.label))
        group.permissions.remove(*(given - wanted))
        group.permissions.add(*(wanted - given))


def words(group: Group) -> str:
    """Say what a group may do; of a group that is not ours, its name."""
    return str(WORDS.get(group.name, group.name))


def may_let_in(user: Any) -> bool:
    """Tell whether somebody may invite, and give a way back in."""
    return bool(user.has_perm("auth.change_user"))
