"""The shipped practice chats: fair by the rules of the content, on whatever way somebody takes through them.

What a visitor does is a policy: it picks one of the replies to a turn, or gives a verdict instead.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pytest

from quiz.practice import rules
from quiz.practice.content import Contact, Outcome, Practice, Reply, Turn
from sextortion_help.publishing.content import Text, texts
from sextortion_help.publishing.live import live

pytestmark = pytest.mark.django_db

type Policy = Callable[[Contact, Turn], Reply | str]
type Signals = list[tuple[Contact, list[str]]]  # what was shown to each contact, in order

WALKS: Final = 10_000  # in all, through every practice in turn
WRONG: Final = {"miss", "false_alarm"}
# a refusal without a reason and without an insult
PLAIN_NO: Final = {
    "nl": re.compile(r"^nee\b(?!.*\b(?:sorry|wacht|leugenaar|geef)\b)"),
    "fr": re.compile(r"^non\b(?!.*\b(?:pardon|attends|mens|donne)\b)"),
    "en": re.compile(r"^no\b(?!.*\b(?:sorry|wait|liar|i’ll give)\b)"),
}
# the ways out of the chat: a voice, somebody who knows, seeing each other where others are
OUTSIDE: Final = re.compile(
    r"\b(?:call|calling|ask|check|tell|telling|talk to|see you first|someone|home|mum|dad)\b"
)
# what an introduction would give away with
GIVEN_AWAY: Final = {
    "nl": r"eerlijk|nep|echt|truc|betrouw|vertrouw|oplicht|chant|vals|veilig|gevaar|liegt|verdacht",
    "fr": r"honnête|faux|fausse|vrai|piège|confiance|arnaqu|chantage|danger|mens|suspect|louche",
    "en": r"honest|fake|real|trick|trust|scam|blackmail|false|danger|lying|suspicious",
}
# the names of tricks, which nobody who plays them uses
TRICKS: Final = {
    "nl": r"geheim|\btruc|schuld|bewijs|vertrouw|\bdruk\b|vlei|\bhaast",
    "fr": r"secret|piège|preuve|confiance|pression|culpab|flatt|\bdette",
    "en": r"secret|\btrick|\bproof|\btrust|pressure|flatter|guilt|\bdebt|\bowe\b",
}
# where and when, which nobody is told inside a chat
PLACE_OR_TIME: Final = {
    "nl": r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|\bom \w+ uur|\badres|\bstraat",
    "fr": r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\bà \w+ heures|\badresse|\brue\b",
    "en": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|o’clock|\bat \w+ thirty|\baddress|\bstreet",
}
SUM: Final = re.compile(r"\d|[€$£]|\b(?:euro|dollar|bitcoin)", re.IGNORECASE)
BLOCKED: Final = {"nl": "blokkeer", "fr": "bloque", "en": "block"}
NEW_ACCOUNT: Final = {"nl": "nieuw account", "fr": "nouveau compte", "en": "new account"}
# French that would tell whether the reader is a boy or a girl
GENDERED: Final = re.compile(
    r"\b(?:désolée?|contente?|fière?|obligée?|rassurée?|trompée?|piégée?|toute? seule?)\b"
    r"|\b(?:tu es|tu étais|tu t’es|t’es|je suis|je me suis) "
    r"(?:\w+ )?(?:seule?|prête?|sûre?|\w+(?:é|ée|eux|euse|if|ive))\b",
    re.IGNORECASE,
)


@pytest.fixture(params=["who", "second"])
def practice(request: pytest.FixtureRequest) -> Practice:
    """Each of the two sets."""
    found = live().get(Practice, request.param)
    assert found
    return found


def turns(practice: Practice) -> Iterator[tuple[Contact, Turn]]:
    """Give everything that is written, with who writes it."""
    return ((contact, turn) for contact in practice.contacts for turn in contact.turns)


def replies(practice: Practice) -> Iterator[tuple[Contact, Reply]]:
    """Give everything that can be replied, with to whom."""
    return ((contact, reply) for contact, turn in turns(practice) for reply in turn.replies)


def following(contact: Contact, reply: Reply) -> Turn | None:
    """Give the turn that a reply leads to; None at the end of the chat."""
    return next((turn for turn in contact.turns if turn.code == reply.next_turn), None)


def written(contact: Contact, language: str) -> str:
    """Give all that somebody writes."""
    return "\n".join(turn.text.within(language) for turn in contact.turns)


def chat(contact: Contact, policy: Policy) -> tuple[list[str], list[str]]:
    """Give the moves through one chat, and the signals of its replies; those of a verdict are its own."""
    moves, signals = [contact.code], list[str]()
    turn = next(turn for turn in contact.turns if turn.start)
    while True:
        choice = policy(contact, turn)
        if isinstance(choice, str):
            return [*moves, choice], [*signals, f"said {choice}"]
        moves.append(choice.code)
        signals.append(choice.signal)
        after = following(contact, choice)
        if after is None:
            return moves, signals
        turn = after


def walk(
    practice: Practice, policy: Policy, order: Iterable[Contact] | None = None
) -> tuple[rules.Play, Signals]:
    """Take a policy through the contacts, in their own order unless another is given."""
    played = [(contact, *chat(contact, policy)) for contact in order or practice.contacts]
    play = rules.replay(practice, [move for _, moves, _ in played for move in moves])
    assert play.fits
    assert play.closed
    return play, [(contact, signals) for contact, _, signals in played]


def outcome(practice: Practice, policy: Policy) -> Outcome:
    """Give what is said at the end to whoever keeps to a policy."""
    found = rules.score(practice, walk(practice, policy)[0]).outcome
    assert found
    return found


def first_of(turn: Turn, order: Sequence[str]) -> Reply:
    """Give the reply whose signal stands first in this order; of two of them the one that ends the chat."""

    def rank(reply: Reply) -> tuple[int, bool]:
        place = order.index(reply.signal) if reply.signal in order else len(order)
        return place, not reply.ends_chat

    return min(turn.replies, key=rank)


def ranked(*order: str) -> Policy:
    """Give the policy of always taking the reply whose signal stands first in this order."""
    return lambda _contact, turn: first_of(turn, order)


def refusing(_contact: Contact, turn: Turn) -> Reply:
    """Refuse without a reason wherever that can be done, and say as little as can be elsewhere."""
    no = (reply for reply in turn.replies if PLAIN_NO["en"].search(reply.label.within("en")))
    return next(no, None) or first_of(turn, ("neutral", "hit"))


def saying(verdict: str) -> Policy:
    """Give the policy of one verdict on everybody; in the scene there is none, and no reply either."""
    return lambda contact, turn: verdict if not contact.scene else refusing(contact, turn)


# --- what a set is made of


def test_a_set_is_six_contacts_of_whom_three_are_honest_and_a_scene(practice: Practice) -> None:
    writing = [contact for contact in practice.contacts if not contact.scene]
    assert (len(writing), len(practice.contacts)) == (6, 7)
    assert sum(contact.honest for contact in writing) == 3
    assert [contact.scene for contact in practice.contacts].index(True) == rules.SCENE_AFTER
    assert rules.faults(practice) == []
    assert {len(turn.replies) for _, turn in turns(practice)} == {2, 3}


def test_the_sets_are_mixed_in_two_ways() -> None:
    orders = {tuple(contact.honest for contact in each.contacts) for each in live().all(Practice)}
    assert len(orders) == len(live().all(Practice)) == 2


def test_eight_or_more_tactics_are_played_and_all_are_explained(practice: Practice) -> None:
    assert len(practice.tactics) >= 8
    used = {reply.tactic for _, reply in replies(practice) if reply.tactic}
    assert used == {tactic.code for tactic in practice.tactics}


def test_everything_is_written_in_each_language(practice: Practice, language: str) -> None:
    for text in texts(practice):
        assert text.within(language) or not text


# --- what nobody says


def test_introductions_give_nothing_away(practice: Practice, language: str) -> None:
    for contact in practice.contacts:
        if not contact.scene:
            found = re.search(GIVEN_AWAY[language], contact.intro.within(language), re.IGNORECASE)
            assert not found, contact.intro.within(language)


def test_nobody_names_their_own_trick(practice: Practice, language: str) -> None:
    for contact in practice.contacts:
        if not contact.honest:
            found = re.search(TRICKS[language], written(contact, language), re.IGNORECASE)
            assert not found, (contact.code, found)


def test_there_is_no_sum_and_no_shout_in_any_chat(practice: Practice, language: str) -> None:
    said: list[Text] = [turn.text for _, turn in turns(practice)]
    said += [reply.label for _, reply in replies(practice)]
    for text in said:
        assert not SUM.search(text.within(language)), text.within(language)
        assert "!" not in text.within(language)


def test_nobody_is_told_a_place_or_a_time(practice: Practice, language: str) -> None:
    for contact, reply in replies(practice):
        found = re.search(PLACE_OR_TIME[language], reply.label.within(language), re.IGNORECASE)
        assert not found, (contact.code, reply.label.within(language))


def test_french_does_not_say_whether_the_reader_is_a_boy_or_a_girl(practice: Practice) -> None:
    ours = [reply.label for _, reply in replies(practice)]
    ours += [text for each in (*practice.outcomes, *practice.tactics) for text in texts(each)]
    for contact in practice.contacts:
        ours += [contact.intro, contact.reveal_title, contact.reveal_body, contact.real_life]
    assert [text.within("fr") for text in ours if GENDERED.search(text.within("fr"))] == []


def test_who_is_blocked_writes_only_from_a_new_account(practice: Practice, language: str) -> None:
    blocked = 0
    for contact, reply in replies(practice):
        if BLOCKED[language] in reply.label.within(language):
            blocked += 1
            after = following(contact, reply)
            assert not after or NEW_ACCOUNT[language] in after.text.within(language).split("\n")[0]
    assert blocked >= 2


# --- what every reply may count on


def test_a_plain_no_is_never_wrong(practice: Practice, language: str) -> None:
    said = [reply for _, reply in replies(practice) if PLAIN_NO[language].search(reply.label.within(language))]  # fmt: skip
    assert len(said) >= 8
    assert [reply.label.within(language) for reply in said if reply.signal in WRONG] == []


def test_in_every_turn_some_reply_is_right_and_leads_on(practice: Practice) -> None:
    for contact, turn in turns(practice):
        assert {reply.signal for reply in turn.replies} - WRONG, (contact.code, turn.code)


def test_with_everybody_there_is_a_right_way_out_of_the_chat(practice: Practice) -> None:
    for contact in practice.contacts:
        ways = [
            reply
            for turn in contact.turns
            for reply in turn.replies
            if reply.signal in ("hit", "trust") and OUTSIDE.search(reply.label.within("en"))
        ]
        assert ways, contact.code


def test_the_first_reply_is_not_always_the_naive_one(practice: Practice) -> None:
    """In a third of the turns it is; whoever always takes one place finds no pattern."""
    for size in (2, 3):
        places = [
            next(place for place, reply in enumerate(turn.replies) if reply.signal in WRONG)
            for _, turn in turns(practice)
            if len(turn.replies) == size and {reply.signal for reply in turn.replies} & WRONG
        ]
        for place in range(size):
            assert abs(places.count(place) - len(places) / size) <= 1.5, (size, place)


def test_the_right_reply_is_not_the_longest(practice: Practice, language: str) -> None:
    told = [
        max(turn.replies, key=lambda reply: len(reply.label.within(language))).signal not in WRONG
        for _, turn in turns(practice)
        if {reply.signal for reply in turn.replies} & WRONG
    ]
    assert 0.4 <= sum(told) / len(told) <= 0.7


def test_a_double_click_never_answers_the_next_turn(practice: Practice) -> None:
    for contact, reply in replies(practice):
        after = following(contact, reply)
        assert not after or reply.code not in {other.code for other in after.replies}


# --- what is said at the end


POLICIES: Final[dict[str, tuple[Policy, str]]] = {
    "refuses": (refusing, "nobody"),
    "falls for all": (ranked("miss", "trust"), "everybody"),
    "says trust": (saying("trust"), "everybody"),
    "says cannot know yet": (saying("unknown"), "unknown"),
    "says wants something": (saying("wants"), "high low"),
    "right": (ranked("hit", "trust"), "high high"),
    "hurts": (ranked("hit", "false_alarm"), "high low"),
    "wrong": (ranked("miss", "false_alarm"), "low low"),
    "falls and refuses": (ranked("miss", "neutral"), "low high"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_whoever_does_one_thing_throughout_is_told_what_is_true(
    practice: Practice, name: str
) -> None:
    policy, expected = POLICIES[name]
    found = outcome(practice, policy)
    assert f"{found.hits} {found.trust} {found.case}".strip() == expected


@pytest.mark.parametrize("answered", ["c1", "c2", "c1 c2"])
def test_whoever_did_too_little_is_told_nothing_else(practice: Practice, answered: str) -> None:
    def policy(contact: Contact, turn: Turn) -> Reply | str:
        some = contact.scene or contact.code in answered
        return refusing(contact, turn) if some else "unknown"

    assert outcome(practice, policy).case == "little"


def test_refusing_everybody_falls_for_nothing_and_hurts_nobody(practice: Practice) -> None:
    play, signals = walk(practice, refusing)
    assert not {signal for _, each in signals for signal in each} & (WRONG | {"trust"})
    found = rules.score(practice, play)
    assert found.seen == found.tricks > 0
    assert found.kept == found.honest == 3
    assert found.worked is None


def test_every_outcome_leads_to_what_to_try_and_to_the_page_on_staying_safe(
    practice: Practice, language: str
) -> None:
    assert len(practice.outcomes) == 8
    for each in practice.outcomes:
        assert f'href="/{language}/safe/"' in each.body.within(language)
        assert each.body.within(language).count("<p>") >= 3


def test_ten_thousand_random_walks_end_with_what_is_true() -> None:
    """Whatever somebody does, the figures count what they did, and the outcome says no more than that."""
    chance = random.Random(14)
    sets = live().all(Practice)
    reached: dict[str, set[str]] = {each.code: set() for each in sets}
    for number in range(WALKS):
        practice = sets[number % len(sets)]
        play, signals = walk(practice, _mood(chance), _shuffled(practice, chance))
        found = rules.score(practice, play)
        assert found.outcome
        _holds(found, found.outcome, signals)
        for each in play.said:
            assert each.reply or play.verdict
        reached[practice.code].add(found.outcome.code)
    assert {code: len(outcomes) for code, outcomes in reached.items()} == {
        each.code: 8 for each in sets
    }


def _mood(chance: random.Random) -> Policy:
    """Give somebody who prefers some signals, more or less, and says now and then who it is."""
    liked = chance.sample(["hit", "miss", "trust", "false_alarm", "neutral"], 3)
    steady = chance.choice([0, 0.5, 0.9, 1])
    verdicts = chance.choice([0, 0, 0.1, 0.6, 1])

    def policy(contact: Contact, turn: Turn) -> Reply | str:
        if not contact.scene and chance.random() < verdicts:
            return chance.choice([*rules.VERDICTS, "unknown", "unknown"])
        likely = [reply for reply in turn.replies if reply.signal in liked]
        return chance.choice(likely if likely and chance.random() < steady else turn.replies)

    return policy


def _shuffled(practice: Practice, chance: random.Random) -> list[Contact]:
    """Give the contacts in any order that a visitor can meet them in, now and then without the scene."""
    order = [contact for contact in practice.contacts if not contact.scene]
    chance.shuffle(order)
    if chance.random() < 0.8:
        scene = next(contact for contact in practice.contacts if contact.scene)
        order.insert(chance.randint(rules.SCENE_AFTER, len(order)), scene)
    return order


def _holds(found: rules.Score, said: Outcome, signals: Signals) -> None:
    """Fail unless figures and outcome are true of these signals, reckoned here once more by hand."""
    told = [(who, [_of_verdict(who, signal) for signal in each]) for who, each in signals]
    everything = [signal for _, each in told for signal in each]
    assert found.seen == everything.count("hit")
    assert found.tricks == everything.count("hit") + everything.count("miss")
    last = [
        [signal for signal in each if signal in ("trust", "false_alarm")][-1:]
        for who, each in told
        if who.honest
    ]
    assert (found.honest, found.kept) == (len(last), len(last) - last.count(["false_alarm"]))
    shown = [set(each) - {"neutral", "unknown"} for who, each in told if not who.scene]
    silent = shown.count(set())
    if all(each[-1] == "said unknown" for who, each in signals if not who.scene):
        assert said.case == "unknown"
    elif said.case == "little":
        assert silent > 3 or not any(each & {"hit", "miss"} for each in shown)
    elif said.case == "nobody":
        assert "miss" not in everything
        assert all(each <= {"hit"} for each in shown)
        assert silent <= 3
    elif said.case == "everybody":
        assert all(each in ({"miss"}, {"trust"}) for each in shown)
    else:
        assert said.case == ""
        assert "miss" in everything or not all(each <= {"hit"} for each in shown)
        assert not all(each in ({"miss"}, {"trust"}) for each in shown)
        assert silent <= 3
        assert found.tricks > 0
        assert (said.hits == "high") == (3 * found.seen >= 2 * found.tricks)
        assert (said.trust == "high") == (3 * found.kept >= 2 * found.honest)


def _of_verdict(contact: Contact, signal: str) -> str:
    """Give what a verdict shows of whoever gives it; a reply's signal is given back."""
    return {
        "said unknown": "unknown",
        "said trust": "trust" if contact.honest else "miss",
        "said wants": "false_alarm" if contact.honest else "hit",
    }.get(signal, signal)
