"""The lists an editor chooses from."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    VICTIM = "victim", _("victims")
    TEEN = "teen", _("teens")
    FRIEND = "friend", _("friends")
    PARENT = "parent", _("parents")
    SCHOOL = "school", _("schools")
    EVERYONE = "everyone", _("everyone")


class Layout(models.TextChoices):
    """How a page is laid out, on the screen and on paper."""

    TEXT = "text", _("text")
    FIRST_MINUTE = "first_minute", _("the first minute: whom to call, then the steps")
    LINES_FIRST = "lines_first", _("the lines above everything else")
    CARD = "card", _("a card to tick off and print")
    POSTER = "poster", _("a poster to print, with a code to scan")
    STORY = "story", _("a story, with a picture for each step")
    EASY = "easy", _("easy words: the lines first, then a picture for each step")


def layouts() -> list[tuple[str, Any]]:
    """Give the layouts to choose from. As a function, so that a new one needs no migration."""
    return list(Layout.choices)


class Picture(models.TextChoices):
    """What can be drawn beside a step: see templates/guidance/picture.html."""

    REQUEST = "request", _("story: a request")
    TRUST = "trust", _("story: sweet words at night")
    OTHER_APP = "other_app", _("story: the other app")
    CAMERA = "camera", _("story: the camera")
    THREAT = "threat", _("story: the threat")
    WAY_OUT = "way_out", _("story: the way out")
    PAIR = "pair", _("story: two who like each other")
    ASKING = "asking", _("story: asked again and again")
    PROMISE = "promise", _("story: a promise")
    BREAK = "break", _("story: the break")
    GROUP = "group", _("story: everybody’s phone")
    TOGETHER = "together", _("story: somebody beside you")
    NO_PAY = "no_pay", _("do not pay")
    NO_REPLY = "no_reply", _("stop replying")
    PROOF = "proof", _("keep proof")
    REPORT = "report", _("report and block")
    TELL = "tell", _("tell someone")
    REMOVE = "remove", _("get images removed")
    CALL = "call", _("call")
    GO = "go", _("go to someone")
    SAY = "say", _("say one sentence")
    AWAY = "away", _("put it far away")
    WAIT = "wait", _("it can wait")
    NO_PICTURE = "no_picture", _("not the nude picture")
    NO_DELETE = "no_delete", _("delete nothing")
    BLOCK = "block", _("block somebody")
    LOCK = "lock", _("set a profile to private")


def pictures() -> list[tuple[str, Any]]:
    """Give the pictures to choose from. As a function, so that a new one needs no migration."""
    return list(Picture.choices)


# The languages in which services are, each with a name in includes/language.html.
SPOKEN: Final = ("nl", "fr", "en", "de", "es", "it", "lb", "pap")


class Purpose(models.TextChoices):
    """What a service is for. The words are headings on public pages, in this order where all stand."""

    TALK = "talk", _("Somebody to talk to")
    SUICIDE = "suicide", _("If you think about dying")
    REMOVE = "remove", _("Get images removed")
    POLICE = "police", _("Police")
    PARENTS = "parents", _("For parents")
    VICTIM = "victim", _("Help after violence or abuse")
    MONEY = "money", _("Bank cards and payments")
    HOTLINE = "hotline", _("Report images of abuse")
    WORRIED = "worried", _("Worried about your own thoughts")
    MAIL = "mail", _("Suspicious e-mails")
    INFO = "info", _("More information")


class Way(models.TextChoices):
    """The kinds of channels: how a service is reached."""

    CALL = "call", _("phone call")
    TEXT = "text", _("text message")
    CHAT = "chat", _("chat")
    MAIL = "mail", _("e-mail")
    FORM = "form", _("form on their website")
    APP = "app", _("app")


class Confidence(models.TextChoices):
    HIGH = "high", _("high: official page or two sources")
    MEDIUM = "medium", _("medium: one source")
    LOW = "low", _("low: general knowledge")


class Who(models.TextChoices):
    MOTHER = "mother", _("My mother")
    FATHER = "father", _("My father")
    CARER = "carer", _("Another adult who looks after me")
    SIBLING = "sibling", _("My brother or sister")
    FRIEND = "friend", _("A friend")
    TEACHER = "teacher", _("A teacher")
    HELPLINE = "helpline", _("A helpline")


class How(models.TextChoices):
    WRITE = "write", _("In a message")
    ALOUD = "aloud", _("Out loud")


class Amount(models.TextChoices):
    LITTLE = "little", _("Something is wrong")
    SOME = "some", _("I am being threatened")
    ALL = "all", _("Everything")


# What the lines can be filtered by: talking and dying first. Their places are addresses: what is new goes last.
NEEDS: Final = (
    Purpose.TALK, Purpose.SUICIDE, Purpose.REMOVE, Purpose.POLICE, Purpose.HOTLINE, Purpose.PARENTS,
    Purpose.WORRIED,
)  # fmt: skip
# What every edition has for its visitors, or a sentence that says that there is none.
NEEDED: Final = (
    Purpose.TALK, Purpose.SUICIDE, Purpose.REMOVE, Purpose.POLICE, Purpose.HOTLINE, Purpose.WORRIED,
)  # fmt: skip
# For these somebody must be there at every hour.
AT_EVERY_HOUR: Final = (Purpose.TALK, Purpose.SUICIDE)
