"""Changes of a tree in one step: a new node on an arrow, and a node taken out, its arrows led on."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from quiz.models import Answer, Ending, Question, Reply, Turn
from quiz.outline import Outlined
from sextortion_help.publishing.admin.codes import with_free_code
from sextortion_help.publishing.admin.deleting import delete
from sextortion_help.publishing.admin.layout import chosen
from sextortion_help.publishing.admin.recording import besides, done, log
from sextortion_help.publishing.admin.rights import may
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Draft

INSERT: Final = "_insert"  # the name of the buttons; their value: the number of an exit
LINK: Final[dict[Any, str]] = {Question: "next_question", Turn: "next_turn"}
EXIT: Final[dict[Any, Any]] = {Question: Answer, Turn: Reply}


def insert_button(request: HttpRequest, exit_: Draft) -> SafeString:
    """Give the button that puts a new node on the arrow of this answer or reply, to who may."""
    if not may_rewire(request, "add", type(getattr(exit_, exit_.part_of))):
        return SafeString("")
    return format_html(
        ' <button type="submit" class="button" name="{}" value="{}">{}<span class="visually-hidden">: {}</span></button>',
        INSERT, exit_.pk, gettext("+ on this arrow"), str(exit_)[:80],
    )  # fmt: skip


def remove_link(request: HttpRequest, node: Draft) -> SafeString:
    """Give the link to the page that takes a node out and leads its arrows on, to who may."""
    if not may_rewire(request, "delete", type(node)):
        return SafeString("")
    return format_html(
        ' <a href="{}">{}<span class="visually-hidden">: {}</span></a>',
        node.edit_url().replace("/change/", "/remove/"),
        gettext("remove, and lead its arrows on"),
        str(node)[:80],
    )


@transaction.atomic
def insert(exit_: Any) -> Any:
    """Put a new node on an arrow: it has two exits, still without words, to where the arrow led."""
    before = getattr(exit_, exit_.part_of)
    model, field = type(before), LINK[type(before)]
    node = model(**{model.part_of: getattr(before, model.part_of)})
    with_free_code(node)
    node.save()
    targets = {
        name: getattr(exit_, name)
        for name in (field, "ending", "ends_chat")
        if hasattr(exit_, name)
    }
    for _ in range(2):
        new = type(exit_)(**{exit_.part_of: node}, **targets)
        with_free_code(new)
        new.save()
    for name in targets:
        setattr(exit_, name, False if name == "ends_chat" else None)
    setattr(exit_, field, node)
    exit_.save()
    return node


@transaction.atomic
def remove(node: Any, to: Any) -> list[Draft]:
    """Take a node out. What led to it leads to `to`: another node, an ending, or None, the end of a chat.

    Gives what was led on.
    """
    field = LINK[type(node)]
    model = EXIT[type(node)]
    exits = list(model.objects.filter(**{field: node}).exclude(**{model.part_of: node}))
    for exit_ in exits:
        setattr(exit_, field, to if isinstance(to, type(node)) else None)
        if isinstance(to, Ending):
            exit_.ending = to
        if to is None:
            exit_.ends_chat = True
        exit_.save()
    delete([node])
    return exits


class Inserting(Outlined):
    """The form of what holds a tree: its buttons put a new node on an arrow, after the form was saved."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]  # an admin's
        asked = request.POST.get(INSERT, "")
        for exit_ in _exits(form.instance) if asked else ():
            if str(exit_.pk) != asked:
                continue
            if not may_rewire(request, "add", type(getattr(exit_, exit_.part_of))):
                messages.error(request, gettext("You may not put anything new on an arrow."))
                continue
            made = request.inserted = insert(exit_)  # type: ignore[attr-defined]  # for what follows
            besides(request, done("added", made), done("changed", exit_, LINK[type(made)]))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        made: Draft | None = getattr(request, "inserted", None)
        if made is None:
            return super().response_change(request, obj)  # type: ignore[misc,no-any-return]  # an admin's
        messages.success(request, gettext("Put on the arrow, and still empty: %s.") % made)
        return HttpResponseRedirect(made.edit_url())


class Removing:
    """The admin of a node, with the page that takes it out."""

    admin_site: Any
    model: Any
    opts: Any

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_remove"
        view = self.admin_site.admin_view(self.remove_view)
        return [path("<int:pk>/remove/", view, name=name), *super().get_urls()]  # type: ignore[misc]  # an admin's

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the first node of a tree as its start."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)  # type: ignore[misc]  # an admin's
        owner = chosen(request, self.model.part_of)
        others = self.model.objects.filter(**{f"{self.model.part_of}_id": owner})
        return {"start": True, **initial} if owner and not others.exists() else initial

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask where its arrows shall lead, then take the node out: all of it in one step."""
        node = self.model.objects.filter(pk=pk).first()
        if node is None:
            raise Http404
        if not may_rewire(request, "delete", self.model):
            raise PermissionDenied
        targets = _targets(node)
        if request.method == "POST":
            asked = request.POST.get("to", "")
            if asked not in targets:
                messages.error(request, gettext("Choose where its arrows shall lead."))
                return HttpResponseRedirect(request.path)
            owner = getattr(node, node.part_of)
            said = done("deleted", node)
            with transaction.atomic(), by(request.user, owner):
                self.log_deletions(request, [node])  # type: ignore[attr-defined]  # an admin's
                led_on = remove(node, targets[asked][0])
                changed = (done("changed", one, LINK[self.model]) for one in led_on)
                log(request.user, owner, said, *changed)
            messages.success(
                request, gettext("Removed, and its arrows lead on: %s.") % targets[asked][1]
            )
            return HttpResponseRedirect(owner.edit_url())
        model = EXIT[self.model]
        leading = model.objects.filter(**{LINK[self.model]: node}).select_related(model.part_of)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Remove, and lead its arrows to …"),
            "opts": self.opts,
            "node": node,
            "arrows": list(leading),
            "targets": [(key, label) for key, (_, label) in targets.items()],
        }
        return render(request, "admin/quiz/remove.html", context)


def _exits(owner: Any) -> list[Any]:
    """Give the answers of a self-check, or the replies of a contact."""
    if hasattr(owner, "questions"):
        return list(Answer.objects.filter(question__self_check=owner))
    return list(Reply.objects.filter(turn__contact=owner))


def _targets(node: Any) -> dict[str, tuple[Any, str]]:
    """Give where the arrows of a node may lead instead, by the keys of the form."""
    owner = getattr(node, node.part_of)
    others = type(node).objects.filter(**{node.part_of: owner}).exclude(pk=node.pk)
    found: dict[str, tuple[Any, str]] = {f"node-{one.pk}": (one, str(one)[:90]) for one in others}
    if isinstance(node, Turn):
        return {**found, "end": (None, gettext("end of the chat"))}
    return {**found, **{f"end-{one.pk}": (one, str(one)[:90]) for one in owner.endings.all()}}


def may_rewire(request: HttpRequest, what: str, model: type[Draft]) -> bool:
    """Tell whether who asks may "add" or "delete" a node with its exits, and let others lead elsewhere."""
    exits = EXIT[model]
    return may(request, what, model) and may(request, what, exits) and may(request, "change", exits)
