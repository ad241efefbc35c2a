"""Tasks about the two games: a question between two others, a contact with four turns, a preview."""

from typing import Final

from tests.tasks.facts import confirm
from tests.tasks.office import Office
from tests.tasks.person import Person

CLASS: Final = "/nl-be/chat/who/class/"
QUESTION: Final = (
    "Vraagt die persoon om niets te zeggen tegen anderen?",
    "Cette personne te demande de n’en parler à personne ?",
    "Do they ask you to tell nobody?",
)
# label and advice, in three languages
ANSWERS: Final = (
    (
        ("Ja, dat vraagt die", "Oui, c’est ça", "Yes, they do"),
        (
            "Een geheim hoef je niet te houden.",
            "Tu n’es pas obligé de garder un secret.",
            "You do not have to keep a secret.",
        ),
    ),
    (
        ("Nee, dat niet", "Non, pas ça", "No, not that"),
        ("Goed om te weten.", "C’est bon à savoir.", "Good to know."),
    ),
)


def question(office: Office) -> None:
    """Put a question with two answers on the arrow between two others, in three languages."""
    editor = office.editor
    editor.follow_to(editor.say("self-checks").capitalize())
    editor.click(editor.page.locator("#result_list tbody th a").first)
    arrow = editor.page.get_by_role("button", name=editor.say("+ on this arrow")).first
    editor.click(arrow)
    editor.write_all("text", *QUESTION)
    for number, (labels, advice) in enumerate(ANSWERS):
        editor.write_all(f"answers-{number}-label", *labels)
        editor.write_all(f"answers-{number}-advice", *advice)
        editor.choose(f"answers-{number}-tone", value="watch" if number == 0 else "calm")
    editor.press("Save and check")
    editor.press("Ask to publish")
    confirm(office.second, "flirt")
    office.people["visitor"].page.goto("/nl-be/check/")
    assert QUESTION[0] in office.people["visitor"].page.content()


def contact(office: Office) -> None:
    """Add somebody honest to the practice chat: four turns, two replies to each."""
    editor = office.editor
    editor.follow_to(editor.say("practice chats").capitalize())
    editor.click(editor.page.locator("#result_list tbody th a").first)
    _press_adding(editor, "contact")
    editor.write("code", "z9")
    editor.tick("honest")
    for name, texts in _PERSON.items():
        editor.write_all(name, *texts)
    _press_adding(editor, "turn")
    for number, (bubbles, trusting, doubting) in enumerate(_TURNS):
        last = number == len(_TURNS) - 1
        editor.write_all("text", *bubbles)
        for reply, (labels, signal) in enumerate(((trusting, "trust"), (doubting, "false_alarm"))):
            editor.write_all(f"replies-{reply}-label", *labels)
            editor.choose(f"replies-{reply}-signal", value=signal)
            if last:
                editor.tick(f"replies-{reply}-ends_chat")
            else:
                editor.choose(f"replies-{reply}-next_turn", value="new-1")
        editor.press("Save and check" if last else "Save")
    editor.press("Ask to publish")
    confirm(office.second, "who")
    office.people["visitor"].page.goto(CLASS)
    assert _TURNS[3][0][0] in office.people["visitor"].page.content()


def preview(office: Office) -> None:
    """Look at a draft of the self-check in three languages, and go on to a question in its middle."""
    editor = office.editor
    editor.follow_to(editor.say("self-checks").capitalize())
    editor.click(editor.page.locator("#result_list tbody th a").first)
    preview_of(editor, "nl-be")
    for place, says in (("fr-be", "Oui"), ("en-be", "Yes")):
        editor.click(editor.page.locator(".draft-banner").get_by_role("link", name=place))
        editor.reads(says, "main")
    editor.page.wait_for_timeout(
        700
    )  # a tap sooner than that is taken for a part of the one before
    editor.click(editor.page.locator("main .choices a:visible").nth(1), loads=False)
    editor.page.locator("main .progress:visible").filter(has_text="Question 2").wait_for()
    editor.follow("Back to the form", ".draft-banner")


def preview_of(person: Person, place: str) -> None:
    """Save, and look at the draft as a visitor of a place."""
    name = f"{person.say('Save and preview:')} {place}"
    person.click(person.page.get_by_role("button", name=name, exact=True).first)


def _press_adding(person: Person, kind: str) -> None:
    name = person.say("Save, and add: %s") % person.say(kind)
    person.click(person.page.locator("#content").get_by_role("button", name=name).first)


_PERSON: Final = {
    "name": ("Noor", "Nour", "Noor"),
    "intro": (
        "Noor zit in je atletiekclub. Jullie zagen elkaar zaterdag.",
        "Nour est dans ton club d’athlétisme. Vous vous êtes vues samedi.",
        "Noor is in your athletics club. You saw each other on Saturday.",
    ),
    "reveal_title": ("Noor van de club", "Nour du club", "Noor from the club"),
    "reveal_body": (
        "Noor weet dingen die je zaterdag samen deed, en vraagt niets dat je niet wilt.",
        "Nour sait ce que vous avez fait samedi, et ne te demande rien que tu ne veux pas.",
        "Noor knows what you did together on Saturday, and asks for nothing you do not want.",
    ),
    "real_life": (
        "Praat er maandag over op de club.",
        "Parles-en lundi au club.",
        "Talk about it at the club on Monday.",
    ),
}
_TURNS: Final = (
    (
        ("Hoi! Goed gelopen zaterdag?", "Salut ! Bien couru samedi ?", "Hi! Good run on Saturday?"),
        ("Ja, en jij viel bijna", "Oui, et toi tu as failli tomber", "Yes, and you nearly fell"),
        ("Wie ben jij?", "Tu es qui ?", "Who are you?"),
    ),
    (
        ("Ja, over die horde.", "Oui, sur cette haie.", "Yes, over that hurdle."),
        ("Ik zag het", "J’ai vu ça", "I saw it"),
        ("Ik ken jou niet", "Je ne te connais pas", "I do not know you"),
    ),
    (
        ("Kom je maandag weer?", "Tu viens lundi ?", "Are you coming on Monday?"),
        ("Ja, om vijf uur", "Oui, à cinq heures", "Yes, at five"),
        ("Waarom wil je dat weten?", "Pourquoi cette question ?", "Why do you want to know?"),
    ),
    (
        ("Top, dan neem ik je shirt mee.", "Super, je prends ton maillot.", "Great, I will bring your shirt."),
        ("Dank je", "Merci", "Thank you"),
        ("Laat me met rust", "Laisse-moi tranquille", "Leave me alone"),
    ),
)  # fmt: skip
