"""What an editor reads under a field of the guidance: what it is for, and a good example."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

PAGE: Final[dict[str, Any]] = {
    "title": _("What the reader needs, in a few words: “You have paid already”."),
    "summary": _("One or two short sentences: “Stop paying. We show you what works now.”"),
    "audience": _("Who reads it. Parents and schools may get longer sentences."),
    "layout": _("How it looks on the screen and on paper. “Text” fits nearly always."),
    "entries": _("Only what everybody must find, such as “Help now”."),
    "purposes": _("The lines that stand on the page, in this order: first whom to talk to."),
}
STEP: Final[dict[str, Any]] = {
    "code": _("Small letters, never changed once published: stop-paying."),
    "title": _("Begin with a verb: “Save the messages”."),
    "countries": _("Empty: for every country."),
}
SERVICE: Final[dict[str, Any]] = {
    "code": _("Country and name: be-awel. It never changes."),
    "name": _("As they call themselves: “Awel”."),
    "about": _("What they do for the reader, in one sentence: “Talks with children and teens.”"),
    "country": _("Where people can use it."),
    "purposes": _("What it is for; the first counts most."),
    "cost": _("“Free”, or what a call costs. Empty when nobody told us."),
    "url": _("Begins with https://, and leads to the page for those who need help."),
    "source": _("The address of the page that says so, one a line."),
    "confidence": _("How sure we are that the source is right."),
}
CHANNEL: Final[dict[str, Any]] = {
    "kind": _("A number to call and a chat are two channels."),
    "note": _("What one must know before: “Choose 2 for Dutch.”"),
}
APP: Final[dict[str, Any]] = {
    "name": _("As it stands on the screen: “Snapchat”."),
    "report": _("The way through the menus, without Markdown: “Hold the message, tap Report.”"),
    "block": _("The way through the menus, without Markdown: “Open the profile, tap Block.”"),
    "evidence": _("Without Markdown: “Blocking deletes the chat. Save it first.”"),
}
MESSAGE: Final[dict[str, Any]] = {
    "text": _("As a teen would say it, without Markdown: “Mum, I need help. Can we talk tonight?”"),
}
