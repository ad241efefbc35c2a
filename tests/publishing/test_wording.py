"""The voice of the site, as far as a machine can hear it: found in three languages, not in innocent words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sextortion_help.publishing import wording
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import live
from tests.publishing.builders import make_page

pytestmark = pytest.mark.usefixtures("english")

ROOT = Path(__file__).parent.parent.parent
# U+202F, the narrow no-break space, before ? ! : ; and inside « »; a clock (20:00) has none
NO_SPACE = re.compile(r"[^\u202f\s\d?!:;][?!:;](?:\s|$)|[ \u00a0][?!:;»]|«(?!\u202f)|(?<!\u202f)»")


@pytest.mark.parametrize(
    ("language", "sentence", "said"),
    [
        ("nl", "Betaal niet!", "there is an exclamation mark"),
        ("fr", "Ne paie pas !", "there is an exclamation mark"),
        ("en", "Don’t pay! Stay calm.", "there is an exclamation mark"),
        ("nl", "Vertel het aan je leraar(es).", "there is a middle dot or a bracketed gender"),
        ("nl", "Een leerkracht(e) of vriend(in).", "there is a middle dot or a bracketed gender"),
        ("fr", "Tu n’es pas seul·e.", "there is a middle dot or a bracketed gender"),
        ("fr", "Ton ami(e) peut aider.", "there is a middle dot or a bracketed gender"),
        ("fr", "Un éducateur(rice) écoute.", "there is a middle dot or a bracketed gender"),
        ("en", "Ask the actor(s).", "there is a middle dot or a bracketed gender"),
        ("nl", "Dat had je niet mogen doen.", "this may sound like blame: “had je niet”"),
        ("nl", "Je had beter moeten weten.", "this may sound like blame: “je had beter moeten”"),
        ("nl", "Had je maar gezwegen.", "this may sound like blame: “had je maar”"),
        ("nl", "Dat was geen goed idee.", "this may sound like blame: “geen goed idee”"),
        ("nl", "Het is je eigen schuld.", "this may sound like blame: “eigen schuld”"),
        ("fr", "Tu aurais dû en parler.", "this may sound like blame: “tu aurais dû”"),
        ("fr", "Tu n’aurais pas dû.", "this may sound like blame: “tu n’aurais pas dû”"),
        ("fr", "Il ne fallait pas répondre.", "this may sound like blame: “il ne fallait pas”"),
        ("fr", "Ce n’était pas une bonne idée.", "this may sound like blame: “pas une bonne idée”"),
        ("en", "You should have known.", "this may sound like blame: “you should have”"),
        ("en", "You should not have sent it.", "this may sound like blame: “you should not have”"),
        ("en", "You shouldn’t have sent it.", "this may sound like blame: “you shouldn’t have”"),
        ("en", "It was not a good idea.", "this may sound like blame: “not a good idea”"),
        ("en", "It is your own fault.", "this may sound like blame: “your own fault”"),
        ("nl", "Ze zetten het nooit online.", "nobody can promise what blackmailers do: “zetten het nooit”"),
        ("nl", "Ze zullen zeker delen.", "nobody can promise what blackmailers do: “zullen zeker”"),
        ("fr", "Ils publient toujours.", "nobody can promise what blackmailers do: “publient toujours”"),
        ("fr", "Ils ne partageront jamais.", "nobody can promise what blackmailers do: “partageront jamais”"),
        ("en", "They never post it.", "nobody can promise what blackmailers do: “they never post”"),
        ("en", "A blackmailer will always share.", "nobody can promise what blackmailers do: “blackmailer will always share”"),
    ],
)  # fmt: skip
def test_what_breaks_the_voice_is_found_and_shown(language: str, sentence: str, said: str) -> None:
    assert wording.warnings(sentence, language) == [said]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Bel Stop it Now. Je bent niet de enige."),
        ("nl", "Het is niet jouw schuld. Wie chanteert, pleegt een misdrijf."),
        ("nl", "Had je niets gestuurd? Dan hebben ze niets."),
        ("nl", "Had je een vraag? Dat is een goed idee."),
        ("nl", "Vaak zetten ze het niet online. Soms wel."),
        ("nl", "We delen nooit iets over jou. Deel nooit je wachtwoord."),
        ("nl", "De lijn (gratis) is open (in de week)."),
        ("fr", "Ce n’est pas ta faute. Le chantage est puni par la loi."),
        ("fr", "Souvent, les images ne sont pas publiées. Parfois, oui."),
        ("fr", "Ne partage jamais ton mot de passe. Nous ne partageons jamais rien."),
        ("fr", "La ligne (gratuite) est ouverte (en semaine)."),
        ("en", "It is not your fault. Often they do not post it; sometimes they do."),
        ("en", "Never share your password. We never share anything."),
        ("en", "You should be able to stop. Should you have a question, call."),
        ("en", "Your friend(ly) helpline (free) is open (Mo-Fr)."),
        ("en", "The name of the line is Stop it Now! It is free."),
    ],
)
def test_innocent_words_are_left_alone(language: str, sentence: str) -> None:
    assert wording.warnings(sentence, language) == []


def test_a_sentence_of_more_than_twenty_words_is_shown_by_its_beginning() -> None:
    twenty = " ".join(["word"] * 20)
    assert wording.warnings(f"{twenty}. {twenty}.", "en") == []
    assert wording.warnings(f"Short. One two three four five {twenty}.", "en") == [
        "a sentence of 25 words, at most 20: “One two three four five word …”"
    ]


def test_all_that_is_found_is_said_at_once() -> None:
    words = " ".join(["and"] * 25)
    found = wording.warnings(f"Your own fault, ami(e)! They never post. {words}.", "en")
    assert len(found) == 5


SIMPLE = "Stop now. Call us. We help. It is free. You can chat. " * 3
MIDDLING = "The helpline listens to every question. You decide what happens afterwards. " * 4
HARD = "International organisations investigate exploitation. " * 8


@pytest.mark.parametrize(
    ("text", "audience", "hard"),
    [
        (SIMPLE, "victim", False),
        (MIDDLING, "victim", True),
        (MIDDLING, "teen", True),
        (MIDDLING, "everyone", True),
        (MIDDLING, "parent", False),
        (MIDDLING, "school", False),
        (HARD, "parent", True),
        (HARD[:100], "victim", False),  # too short to judge
    ],
)
def test_english_is_held_to_the_bar_of_its_audience(text: str, audience: str, hard: bool) -> None:
    assert wording.is_hard_to_read(text, "en", audience) is hard


@pytest.mark.parametrize(
    ("language", "text", "for_teens", "for_parents"),
    [
        ("nl", "Bel nu. Wij zijn er. Het is gratis. " * 5, False, False),
        ("nl", "De hulplijn luistert naar vragen van jongeren en ouders. Iemand vertelt daarna welke stappen er nog zijn. " * 3, True, False),
        ("nl", "Internationale organisaties onderzoeken uitbuitingspraktijken. " * 8, True, True),
        ("fr", "Appelle. On est là. C’est libre. Tu parles, on écoute. " * 4, False, False),
        ("fr", "Les responsables écoutent toutes les questions des familles. Elle explique ensuite les différentes possibilités. " * 3, True, False),
        ("fr", "Plusieurs organisations internationales étudient cette exploitation. " * 8, True, True),
    ],
)  # fmt: skip
def test_dutch_and_french_are_held_to_theirs(
    language: str, text: str, for_teens: bool, for_parents: bool
) -> None:
    assert wording.is_hard_to_read(text, language, "victim") is for_teens
    assert wording.is_hard_to_read(text, language, "parent") is for_parents


@pytest.mark.django_db
def test_a_warning_names_the_field_and_stops_nothing() -> None:
    page = make_page(title_fr="Attention !", body="Calm", summary_en="Your own fault")
    problems = page.problems(live().plus([page.content()]))
    assert [(problem.url, problem.warning) for problem in problems] == [
        (page.edit_url("title_fr"), True),
        (page.edit_url("summary_en"), True),
    ]


def french_texts(value: Any) -> Iterator[str]:
    """Give every French text inside frozen content."""
    if isinstance(value, Text):
        yield value.fr
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from french_texts(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from french_texts(item)


@pytest.mark.parametrize(
    ("french", "wrong"),
    [
        ("Ça va\u202f?", False), ("Ouvert à 20:00", False), ("Voir https://b.example", False),
        ("«\u202fNon\u202f»", False), ("Vrai\u202f?\u202f! Non", False),
        ("Ça va ?", True), ("Ça va?", True), ("Ça va\u00a0?", True), ("Voici: un", True),
        ("« Non »", True), ("«Non»", True),
    ],
)  # fmt: skip
def test_the_rule_of_french_spaces_itself(french: str, wrong: bool) -> None:
    assert bool(NO_SPACE.search(french)) is wrong


@pytest.mark.django_db
def test_shipped_french_has_its_narrow_spaces() -> None:
    texts = [text for content in live().everything() for text in french_texts(content)]
    assert len(texts) > 1000
    plain = [re.sub(r"<[^>]+>|&\w+;|Stop it Now!", " x ", text) for text in texts]
    assert [text for text in plain if NO_SPACE.search(text)] == []


def test_the_french_words_of_the_interface_have_theirs() -> None:
    catalogue = (ROOT / "locale/fr/LC_MESSAGES/django.po").read_text().partition("\n\n")[2]
    french = re.findall(r'^msgstr(?:\[\d\])? (".*"(?:\n".*")*)', catalogue, re.MULTILINE)
    assert len(french) > 100
    words = [re.sub(r'"\n"', "", text)[1:-1] for text in french]
    assert [text for text in words if NO_SPACE.search(text)] == []
