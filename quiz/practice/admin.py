"""The admin of the practice chats: each contact's chat as a list; turns with their replies have a form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.admin import LinkedForm
from quiz import examples
from quiz.drawing import Box, draw, wrong
from quiz.faults import SENTENCES as FAULTS
from quiz.outline import Outlined, add_button, drawn, leads_to, listed, row
from quiz.practice import rules
from quiz.practice.content import Contact as LiveContact
from quiz.practice.models import SENTENCES, Contact, Outcome, Practice, Reply, Tactic, Turn
from quiz.rewiring import Inserting, Removing, insert_button, remove_link
from sextortion_help.publishing.admin.deleting import link
from sextortion_help.publishing.admin.drafts import DraftAdmin, DraftInline
from sextortion_help.publishing.admin.layout import chosen
from sextortion_help.publishing.admin.publishable import PublishableAdmin
from sextortion_help.publishing.admin.targets import offer
from sextortion_help.publishing.freezing import freeze_part
from sextortion_help.publishing.sources import whole


@admin.register(Practice)
class PracticeAdmin(Outlined, PublishableAdmin):
    form = LinkedForm
    list_display: Any = ("named", "code", "verified_on", "review_by", "written", "state")
    readonly_fields = ("outline",)

    @admin.display(description=_("contacts, tactics and outcomes"))
    def outline(self, practice: Practice) -> SafeString:
        """List the contacts with their chats, the tactics and the outcomes, as links to their forms."""
        asked: HttpRequest = practice.looked_at  # type: ignore[attr-defined]  # by Outlined
        add = format_html(
            "<p>{} {} {}</p>",
            add_button(asked, "contacts", Contact),
            add_button(asked, "tactics", Tactic),
            add_button(asked, "outcomes", Outcome),
        )
        if not practice.pk:
            return add
        return format_html(
            "{}{}{}{}",
            listed(
                row(asked, "contacts", one, format_html("{}{}", _drawing(one), _named_turns(one)))
                for one in practice.contacts.all()
            ),
            listed(row(asked, "tactics", one) for one in practice.tactics.all()),
            listed(row(asked, "outcomes", one) for one in practice.outcomes.all()),
            add,
        )


def _named_turns(contact: Contact) -> SafeString:
    return listed(format_html("{}{}", link(turn), _replies(turn)) for turn in contact.turns.all())


def _replies(turn: Turn, edited_by: HttpRequest | None = None) -> SafeString:
    end, nowhere = gettext("end of the chat"), gettext("nowhere yet")
    return listed(
        format_html(
            "{}{}",
            leads_to(
                f"{reply.label} ({reply.get_signal_display()})" if reply.signal else reply.label,
                reply.next_turn,
                end if reply.ends_chat else nowhere,
            ),
            insert_button(edited_by, reply) if edited_by else "",
        )
        for reply in turn.replies.all()
    )


def _drawing(contact: Contact) -> SafeString:
    """Draw the chat with one contact: its turns, and the end."""
    content = freeze_part(contact, LiveContact)
    faults, said = rules.contact_faults(content), {**FAULTS, **SENTENCES}
    boxes = [
        Box(
            turn.code,
            "start" if turn.start else "question",
            gettext("start") if turn.start else gettext("turn"),
            str(turn.text or ""),
            turn.edit_url(),
            wrong(faults, said, "turns", turn.code),
        )
        for turn in contact.turns.all()
    ]
    end = Box(rules.END, "ending", gettext("end of the chat"), str(contact), contact.edit_url())
    ends = [end] if any(reply.ends_chat for turn in content.turns for reply in turn.replies) else []
    drawing = draw(rules.nodes(content), [*boxes, *ends])
    return drawn(str(contact), contact.code, drawing)


@admin.register(Contact)
class ContactAdmin(Inserting, DraftAdmin):
    list_display: Any = ("__str__", "practice", "honest", "scene")
    list_filter = ("practice",)
    list_select_related = ("practice",)
    readonly_fields = ("chat",)

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """Load the chat with its contact."""
        contact = super().get_object(*args, **kwargs)
        return contact and whole(Contact).get(pk=contact.pk)

    @admin.display(description=_("chat"))
    def chat(self, contact: Contact) -> SafeString:
        """List the contact's turns with the replies to each, and where each leads."""
        asked: HttpRequest = contact.looked_at  # type: ignore[attr-defined]  # by Outlined
        add = format_html("<p>{}</p>", add_button(asked, "turns", Turn))
        if not contact.pk:
            return add
        turns = listed(
            row(
                asked,
                "turns",
                turn,
                format_html("{}{}", remove_link(asked, turn), _replies(turn, asked)),
            )
            for turn in contact.turns.all()
        )
        return format_html("{}{}{}", _drawing(contact), turns, add)


class ReplyInline(DraftInline):
    model = Reply
    examples = examples.REPLY
    fk_name = "turn"
    targets = ("next_turn",)
    usual = 2

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Offer only turns of the same contact, and tactics of the same practice chat."""
        formset = super().get_formset(request, obj, **kwargs)
        contact = obj.contact_id if obj else chosen(request, "contact")
        offer(formset.form.base_fields["next_turn"], Turn.objects.filter(contact=contact))
        tactics = Tactic.objects.filter(practice__contacts=contact)
        offer(formset.form.base_fields["tactic"], tactics)
        return formset


@admin.register(Turn)
class TurnAdmin(Removing, DraftAdmin):
    inlines = (ReplyInline,)
    list_display: Any = ("__str__", "contact", "start")
    list_filter = ("contact",)
    list_select_related = ("contact",)


@admin.register(Outcome)
class OutcomeAdmin(DraftAdmin):
    list_display: Any = ("__str__", "practice", "hits", "trust", "case")
    list_filter = ("practice",)
    list_select_related = ("practice",)


@admin.register(Tactic)
class TacticAdmin(DraftAdmin):
    list_display: Any = ("__str__", "practice")
    list_filter = ("practice",)
    list_select_related = ("practice",)
