"""The voice of the site, as far as a machine can hear it: found in three languages, not in innocent words."""

import re
from pathlib import Path

import pytest

from sextortion_help.publishing import wording
from sextortion_help.publishing.languages import rules
from sextortion_help.publishing.text import matching

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
        ("nl", "Vertel het aan je leraar(es).", "this marks a gender: “leraar(es)”"),
        ("nl", "Een leerkracht(e) luistert.", "this marks a gender: “leerkracht(e)”"),
        ("fr", "Tu n’es pas seul·e.", "this marks a gender: “seul·e”"),
        ("fr", "Ton ami(e) peut aider.", "this marks a gender: “ami(e)”"),
        ("fr", "Un éducateur(rice) écoute.", "this marks a gender: “éducateur(rice)”"),
        ("en", "Ask the actor(s).", "this marks a gender: “actor(s)”"),
        ("nl", "Dat had je niet mogen doen.", "this may sound like blame: “had je niet”"),
        ("nl", "Je had beter moeten weten.", "this may sound like blame: “Je had beter moeten”"),
        ("nl", "Had je maar gezwegen.", "this may sound like blame: “Had je maar”"),
        ("nl", "Dat was geen goed idee.", "this may sound like blame: “geen goed idee”"),
        ("nl", "Het is je eigen schuld.", "this may sound like blame: “eigen schuld”"),
        ("fr", "Tu aurais dû en parler.", "this may sound like blame: “Tu aurais dû”"),
        ("fr", "Tu n’aurais pas dû.", "this may sound like blame: “Tu n’aurais pas dû”"),
        ("fr", "Il ne fallait pas répondre.", "this may sound like blame: “Il ne fallait pas”"),
        ("fr", "Ce n’était pas une bonne idée.", "this may sound like blame: “pas une bonne idée”"),
        ("en", "You should have known.", "this may sound like blame: “You should have”"),
        ("en", "You should not have sent it.", "this may sound like blame: “You should not have”"),
        ("en", "You shouldn’t have sent it.", "this may sound like blame: “You shouldn’t have”"),
        ("en", "It was not a good idea.", "this may sound like blame: “not a good idea”"),
        ("en", "It is your own fault.", "this may sound like blame: “your own fault”"),
        ("nl", "Ze zetten het nooit online.", "nobody can promise what blackmailers do: “zetten het nooit”"),
        ("nl", "Ze zullen zeker delen.", "nobody can promise what blackmailers do: “zullen zeker”"),
        ("fr", "Ils publient toujours.", "nobody can promise what blackmailers do: “publient toujours”"),
        ("fr", "Ils ne partageront jamais.", "nobody can promise what blackmailers do: “partageront jamais”"),
        ("en", "They never post it.", "nobody can promise what blackmailers do: “They never post”"),
        ("en", "A blackmailer will always share.", "nobody can promise what blackmailers do: “blackmailer will always share”"),
    ],
)  # fmt: skip
def test_what_breaks_the_voice_is_found_and_shown(language: str, sentence: str, said: str) -> None:
    assert wording.warnings(sentence, language) == [said]


# Every form stands alone in a text, so that each pattern has a row that only it can find.
BLAME = {
    "nl": [
        "had je maar gezwegen", "Had je dan niet even kunnen wachten?", "had je nooit mogen sturen",
        "Had je beter opgelet", "Je had het kunnen weten.", "je had dat toch kunnen voorkomen",
        "Je had nooit iets mogen sturen", "jij had moeten stoppen", "U had moeten opletten",
        "jullie hadden beter niet geantwoord", "Je moest toch beter weten", "je zou beter opletten",
        "Waarom heb je dat gestuurd?", "waarom deed je dat", "Waarom stuurde je die foto",
        "Hoe kon je zo dom zijn?", "wat bezielde je", "Dacht je nu echt dat het kon?",
        "Dat was stom van je", "wat onvoorzichtig dat je dat deed", "Je bent te goedgelovig",
        "je was wel naïef", "hoe dom kun je zijn", "Een domme fout", "je hebt een grote fout gemaakt",
        "niet zo slim van je", "Dat was geen slim idee", "een slecht idee", "je eigen schuld",
        "Het is toch jouw schuld", "dat is je fout", "Je hebt dit aan jezelf te danken",
        "Je hebt er zelf om gevraagd", "Dat komt ervan", "je wist toch dat het niet kon",
        "Volgende keer beter opletten",
    ],
    "fr": [
        "T’aurais pas dû répondre", "T'aurais mieux fait", "t’as été naïve", "t'es trop bête", "T’avais qu’à dire non",
        "T’as fait une bêtise", "Tu n’aurais jamais dû répondre", "tu aurais vraiment dû parler", "Vous auriez dû le voir",
        "Tu aurais mieux fait de te taire", "tu aurais pu éviter ça", "Il fallait en parler",
        "il ne fallait pas", "il aurait mieux valu", "Il n’aurait pas fallu répondre",
        "Ce n’est vraiment pas une bonne idée", "une mauvaise idée", "Pas très malin",
        "C’est ta faute", "c’est un peu de ta faute", "C’était votre faute",
        "Pourquoi as-tu envoyé ça ?", "Pourquoi tu as répondu ?", "pourquoi n’as-tu rien dit",
        "Pourquoi tu lui as fait confiance", "Pourquoi est-ce que tu l’as fait ?",
        "Pourquoi ne pas avoir bloqué", "Qu’est-ce qui t’a pris ?", "À quoi tu pensais ?",
        "Comment as-tu pu ?", "C’était vraiment imprudent", "tu as été naïve", "Tu es trop crédule",
        "Tu l’as bien cherché", "Bien fait pour toi", "Tu n’avais qu’à dire non",
        "Tu devais te méfier", "Tu savais bien que c’était faux", "tu as fait une grosse erreur",
        "La prochaine fois, réfléchis", "Ça t’apprendra", "Si seulement tu m’en avais parlé", "de ta faute à toi",
    ],
    "en": [
        "You should never have sent it", "you shouldn’t have", "You ought to have known",
        "You should’ve asked", "you could have said no", "You might have known",
        "It wasn’t a smart idea", "that was a bad idea", "This is your fault", "you’re to blame",
        "You have only yourself to blame", "Why did you send it?", "why didn’t you tell us",
        "Why would you do that?", "What were you thinking?", "How could you?", "what made you do it",
        "Didn’t you know?", "You were so naive", "you’ve been careless", "Silly of you",
        "It was foolish to trust them", "a stupid mistake", "You made a big mistake",
        "You brought this on yourself", "you asked for it", "You knew the risks", "If only you",
        "you let this happen", "Next time, be more careful",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code in BLAME for said in BLAME[code]]
)
def test_blame_in_other_words_is_found(language: str, said: str) -> None:
    [found] = wording.warnings(said, language)
    assert found.startswith("this may sound like blame: “")


def test_no_pattern_is_without_a_row() -> None:
    for code, said in BLAME.items():
        for pattern in rules(code).blame:
            assert any(re.search(pattern, matching(each).text, re.I) for each in said), pattern


def test_the_words_are_shown_as_they_were_written() -> None:
    said = "this may sound like blame: “Tu n’aurais jamais dû”"
    assert wording.warnings("Tu n’aurais\u00a0jamais\ndû répondre.", "fr") == [said]


@pytest.mark.parametrize(
    "space", [" ", "\u00a0", "\u202f", "\n", "  ", " \n ", "\t", "\u2009", "\u3000", "\u2028", "\v"]
)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Je had beter moeten opletten."), ("fr", "Tu aurais dû en parler."),
        ("fr", "Il n’aurait pas fallu."), ("en", "You should have known."),
        ("nl", "Ze zetten het nooit online."), ("en", "They will always share it."),
    ],
)  # fmt: skip
def test_no_space_hides_words(language: str, words: str, space: str) -> None:
    assert len(wording.warnings(words.replace(" ", space), language)) == 1


@pytest.mark.parametrize("mark", "’'‘ʼ´`＇")
def test_no_apostrophe_hides_words(mark: str) -> None:
    assert len(wording.warnings(f"Tu n{mark}aurais pas dû.", "fr")) == 1
    assert len(wording.warnings(f"You shouldn{mark}t have.", "en")) == 1


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e"])
def test_no_invisible_character_hides_words(hidden: str) -> None:
    assert len(wording.warnings(f"Eigen sch{hidden}uld.", "nl")) == 1


@pytest.mark.parametrize("mark", "-‐‑–−")
def test_no_hyphen_hides_words(mark: str) -> None:
    assert len(wording.warnings(f"Pourquoi as{mark}tu fait ça ?", "fr")) == 1


def test_decomposed_letters_are_found_too() -> None:
    assert len(wording.warnings("Tu aurais du\u0302 en parler.", "fr")) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "un•e"), ("fr", "ami•e"), ("fr", "accompagné-e"), ("fr", "étudiant.e.s"),
        ("fr", "seul/e"), ("fr", "il/elle"), ("fr", "inquiet/ète"), ("fr", "tou‧te‧s"), ("fr", "étudiantEs"),
        ("fr", "adolescent-e-s"), ("fr", "éducateur-rice"), ("fr", "ami(e)s"), ("fr", "directeur(trice)"),
        ("fr", "ami⸱e"), ("fr", "ami:e"), ("fr", "ami_e"), ("fr", "étudiant:e:s"), ("fr", "ami*e*s"), ("fr", "ami_es"),
        ("nl", "vriend_in"), ("nl", "leraar:es"), ("nl", "vriend*in"), ("nl", "leerling(e)"), ("nl", "hij/zij"), ("nl", "leraar/lerares"), ("nl", "zijn/haar"),
        ("nl", "vriend·in"), ("nl", "m/v/x"), ("en", "he/she"), ("en", "(s)he"), ("en", "his/her"),
    ],
)  # fmt: skip
def test_a_mark_for_gender_is_found_and_shown(language: str, words: str) -> None:
    [found] = wording.warnings(f"Word {words} word.", language)
    assert found.startswith("this marks a gender: “")
    assert found.rstrip("”s") in f"this marks a gender: “{words}"


@pytest.mark.parametrize("mark", "!！¡❗❕‼⁉")
def test_no_exclamation_mark_is_too_odd(mark: str) -> None:
    assert wording.warnings(f"Stop{mark} Now", "en") == ["there is an exclamation mark"]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_name_may_have_its_exclamation_mark_and_nothing_else_may(language: str) -> None:
    assert wording.warnings("Stop\u00a0it Now!", language) == []
    assert wording.warnings("Stop it Now!!", language) == ["there is an exclamation mark"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Zeg dit niet:\n“Waarom heb je dat gedaan?”"),
        ("fr", "À ne pas dire\n« Pourquoi as-tu fait ça ? »"),
        ("en", "Don’t say\n“Why did you do that?”"),
    ],
)
def test_an_example_of_what_not_to_say_is_no_blame(language: str, words: str) -> None:
    assert wording.warnings(words, language) == []
    heading, _, example = words.partition("\n")
    assert len(wording.warnings(example, language)) == 1
    assert len(wording.warnings(f"{heading}\n{example[1:-1]}", language)) == 1
    assert len(wording.warnings(f"{heading} {'x' * 400} {example}", language)) == 1


def test_each_thing_found_is_said_once() -> None:
    found = wording.warnings("Your own fault. How could you? your own fault.", "en")
    assert len(found) == 2


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
        ("fr", "Il est 9:30. Note : le reste vient. Voir b_e.example ou tel:116, mailto:elle."),
        ("fr", "Je t’aiderai. Elle t’a écrit. Tu t’es levée."),
        ("nl", "Om 9:30 uur. Let op: een vriend in nood."),
        ("en", "It is not your fault. Often they do not post it; sometimes they do."),
        ("en", "Never share your password. We never share anything."),
        ("en", "You should be able to stop. Should you have a question, call."),
        ("en", "Your friend(ly) helpline (free) is open (Mo-Fr)."),
        ("nl", "Je had dit niet kunnen weten. Waarom moet je bewijs bewaren?"),
        ("nl", "Was je bang? Had je pijn? Dacht je aan de dood? Praat erover."),
        ("nl", "Je bent niet dom. Niets hiervan is jouw schuld. Niemand vroeg erom."),
        ("nl", "Is er een app/website? Bel 24/7. Bel de politie/hulplijn."),
        ("fr", "Tu n’aurais pas pu le savoir. Pourquoi est-ce important ? Dis-le."),
        ("fr", "Tu n’es pas naïf. Ce n’est pas de ta faute. Si tu avais moins de 18 ans, dis-le."),
        (
            "fr",
            "Où es-tu ? Est-elle là ? Prends-les. A-t-il écrit ? Viens-tu ? C’est-à-dire demain.",
        ),
        (
            "fr",
            "Ouvert 24h/24, 7j/7. Voir fr.wikipedia.org ou helpwanted.nl. C’est vrai. Elle vient.",
        ),
        ("en", "You could not have known. You are not to blame. You made it here."),
        ("en", "You have been brave. Why would they do that? Why do they ask? He or she may call."),
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
    found = wording.warnings(f"Your own fault, actor(s)! They never post. {words}.", "en")
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


def test_only_a_text_of_thirty_words_is_long_enough_to_be_measured() -> None:
    words = ["organisations", "investigating", "international", "exploitation", "practices"] * 6
    assert wording.is_hard_to_read(" ".join(words) + ".", "en", "victim")
    assert not wording.is_hard_to_read(" ".join(words[1:]) + ".", "en", "victim")


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


def test_the_french_words_of_the_interface_have_theirs() -> None:
    catalogue = (ROOT / "locale/fr/LC_MESSAGES/django.po").read_text().partition("\n\n")[2]
    french = re.findall(r'^msgstr(?:\[\d\])? (".*"(?:\n".*")*)', catalogue, re.MULTILINE)
    assert len(french) > 100
    words = [re.sub(r'"\n"', "", text)[1:-1] for text in french]
    assert [text for text in words if NO_SPACE.search(text)] == []
