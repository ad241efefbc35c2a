"""What an editor reads under a field of a quiz: what it is for, and a good example."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

QUESTION: Final[dict[str, Any]] = {
    "text": _("One thing at a time: “Did you pay?”"),
    "help": _("Why we ask, in one sentence; empty when it is clear."),
}
ANSWER: Final[dict[str, Any]] = {
    "label": _("In the reader’s words: “Yes, once”."),
    "advice": _("What helps at once, without blame: “Stop paying. You can still get out.”"),
    "tone": _("How it is shown: calm, watch out, or stop."),
    "next_question": _("Either a question or an ending."),
    "ending": _("Either a question or an ending."),
}
ENDING: Final[dict[str, Any]] = {
    "title": _("Where the reader stands now: “Do not answer any more”."),
    "tone": _("How it is shown: calm, watch out, or stop."),
    "purposes": _("Whom to call from here; at least one who can be reached."),
}
REPLY: Final[dict[str, Any]] = {
    "label": _("What the reader writes back, as in a chat: “Why do you ask?”"),
    "signal": _("What this reply shows of the reader’s judgement."),
    "next_turn": _("What the contact writes next; empty when the chat ends here."),
}
