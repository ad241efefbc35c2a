"""What the admin of a quiz shows of its graph: lists of links to the forms of its rows."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from quiz.drawing import HEIGHT, WIDTH, Drawing
from sextortion_help.publishing.admin.deleting import link
from sextortion_help.publishing.admin.moving import buttons
from sextortion_help.publishing.admin.rights import may
from sextortion_help.publishing.models import Draft


class Outlined:
    """An admin whose form shows an outline: with the buttons of what the one who looks may do."""

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """Let the row know who looks at it: a field that is only shown is given the row alone."""
        context["adminform"].form.instance.looked_at = request
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]  # an admin's


def add_button(request: HttpRequest, relation: str, model: type[Draft]) -> SafeString:
    """Give a button that saves the form it stands on, and leads to the form that adds a row to it."""
    if not may(request, "add", model):
        return SafeString("")
    text = gettext("Save, and add: %s") % model._meta.verbose_name
    return format_html(
        '<button type="submit" class="button" name="_part" value="{}">{}</button>', relation, text
    )


def drawn(name: str, mark: str, drawing: Drawing) -> SafeString:
    """Give a tree as a drawing. `mark` tells it from the other drawings of a page."""
    context = {"name": name, "mark": mark, "drawing": drawing, "size": (WIDTH, HEIGHT)}
    return render_to_string("admin/quiz/drawing.html", context) if drawing.boxes else SafeString("")


def row(request: HttpRequest, relation: str, draft: Draft, below: object = "") -> SafeString:
    """Give a link to the form of a row, buttons to move it, and what stands below it."""
    moves = buttons(relation, draft.pk, draft) if may(request, "change", type(draft)) else ""
    return format_html("{}{}{}", link(draft), moves, below)


def listed(items: Iterable[Any]) -> SafeString:
    """Give a list of what is ready to be shown."""
    return format_html(
        '<ul class="outline">{}</ul>', format_html_join("", "<li>{}</li>", ((i,) for i in items))
    )


def leads_to(label: str, target: Draft | None, otherwise: str) -> SafeString:
    """Give one choice and the row it leads to; `otherwise` says it where there is no row."""
    return format_html("{} → {}", label, link(target) if target else otherwise)
