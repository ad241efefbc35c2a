"""Move every quiz to the kind it is: a self-check, or a practice chat. Nothing is lost but numbers.

Codes, texts and orders stay, and so do all versions: those of a quiz become versions of the new kind,
with the same number, author, date and note, and data in the new shape. What the home and the foot of
every page linked to by its code in the program becomes a setting of the content itself.
"""

import hashlib
import json

from django.db import migrations

LANGUAGES = ("nl", "fr", "en")
ENTRIES = {
    # what the program linked to by name until now
    "first": ["help"],
    "friends": ["door"],
    **{
        f"steps/{name}": ["further"]
        for name in (
            "paid", "online", "known", "fake", "sent-more", "others", "old-password", "offender",
            "dying",
        )
    },
    **{name: ["footer"] for name in ("traces", "privacy", "access", "safe", "parents", "school", "about")},
}  # fmt: skip
# so that what is linked from one place stands there in the order it always had
ORDERS = {
    "steps/old-password": 130, "steps/offender": 140, "friends": 30, "traces": 300, "privacy": 310, "access": 320, "safe": 330, "parents": 340,
    "school": 350, "about": 360,
}  # fmt: skip
WORDS = {
    # code: (words of the link, line under it), each in nl, fr, en
    "traces": (
        ("Weinig sporen achterlaten", "Laisser peu de traces", "Leave few traces"),
        None,
    ),
    "privacy": (
        ("Wat we niet bewaren", "Ce qu’on ne garde pas", "What we don’t store"),
        None,
    ),
    "access": (
        ("Toegankelijkheid", "Accessibilité", "Accessibility"),
        None,
    ),
    "safe": (
        ("Veilig online", "En sécurité en ligne", "Staying safe online"),
        None,
    ),
    "parents": (
        ("Voor ouders", "Pour les parents", "For parents"),
        None,
    ),
    "school": (
        ("Voor scholen", "Pour les écoles", "For schools"),
        None,
    ),
    "about": (
        ("Wie we zijn", "Qui sommes-nous", "About us"),
        None,
    ),
    "friends": (
        ("Ik help iemand", "J’aide quelqu’un", "I’m helping someone"),
        ("Als vriend, ouder of leerkracht.", "Entre amis, en famille ou à l’école.", "As a friend, a parent or a teacher."),
    ),
    "flirt": (
        ("Ik twijfel over een chat", "J’ai un doute sur une conversation", "I’m not sure about a chat"),
        ("Hooguit vier korte vragen. Daarna weet je wat je kunt doen.", "Quatre questions courtes, pas plus. Après, tu sais quoi faire.", "Four short questions at most. Then you’ll know what to do."),
    ),
    "who": (
        ("Wie is het?", "C’est qui\u202f?", "Who is it?"),
        ("Zes chats om te oefenen. Wie kun je vertrouwen?", "Six conversations pour s’entraîner. À qui faire confiance\u202f?", "Six chats to practise with. Who can you trust?"),
    ),
}

NOBODY = "z99"  # who writes what staff had given to no contact


def columns(row):
    """Give a row's own columns, without its number and the rows it points to."""
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name != "id" and not field.is_relation
    }


def copied(model, row, **links):
    """Make a row of another model from the columns they share."""
    known = {field.name for field in model._meta.concrete_fields}
    same = {name: value for name, value in columns(row).items() if name in known}
    return model.objects.create(**{**same, **links})


def words(code):
    """Give the columns for the words of a link."""
    title, text = WORDS.get(code, (None, None))
    found = {}
    for name, given in (("entry_title", title), ("entry_text", text)):
        for language, value in zip(LANGUAGES, given or ("", "", ""), strict=True):
            found[f"{name}_{language}"] = value
        found[name] = found[f"{name}_nl"]
    return found


def move_drafts(apps, schema_editor):
    """Move the drafts of each quiz to the tables of its kind."""
    model = {name: apps.get_model("quiz", name) for name in (
        "Quiz", "SelfCheck", "Practice", "Question", "Answer", "Ending", "Contact", "Tactic",
        "Turn", "Reply", "Outcome",
    )}  # fmt: skip
    for quiz in model["Quiz"].objects.all():
        linked = {"entries": ["door"], **words(quiz.code)}
        if quiz.kind == "self_check":
            check = copied(model["SelfCheck"], quiz, **linked)
            model["Question"].objects.filter(quiz=quiz).update(self_check=check)
            model["Ending"].objects.filter(quiz=quiz).update(self_check=check)
            keep_strays(model, quiz)
            continue
        practice = copied(model["Practice"], quiz, **linked)
        model["Contact"].objects.filter(quiz=quiz).update(practice=practice)
        model["Tactic"].objects.filter(quiz=quiz).update(practice=practice)
        for ending in model["Ending"].objects.filter(quiz=quiz):
            copied(model["Outcome"], ending, practice=practice)
        questions = model["Question"].objects.filter(quiz=quiz).order_by("order", "code")
        if strays := list(questions.filter(contact=None)):
            nobody = model["Contact"].objects.create(practice=practice, quiz=quiz, code=NOBODY)
            for question in strays:
                question.contact = nobody
                question.save()
        turns = {q.pk: copied(model["Turn"], q, contact=q.contact) for q in questions.all()}
        answers = model["Answer"].objects.filter(question__quiz=quiz)
        for answer in answers.order_by("order", "code"):
            if answer.question_id in turns:
                following = turns.get(answer.next_question_id)
                copied(
                    model["Reply"], answer, turn=turns[answer.question_id], next_turn=following,
                    tactic=answer.tactic,
                )  # fmt: skip
        answers.delete()
        questions.delete()
        model["Ending"].objects.filter(quiz=quiz).delete()


def keep_strays(model, quiz):
    """Put contacts and tactics that staff left in a self-check into a practice chat never published."""
    contacts = model["Contact"].objects.filter(quiz=quiz)
    tactics = model["Tactic"].objects.filter(quiz=quiz)
    if contacts or tactics:
        rest = copied(model["Practice"], quiz, code=f"{quiz.code[:15]}-rest", entries=[])
        contacts.update(practice=rest)
        tactics.update(practice=rest)


def set_entries(apps, schema_editor):
    """Let the pages say themselves from where the site links to them, and which is the first minute."""
    pages = apps.get_model("guidance", "Page").objects
    for code, entries in ENTRIES.items():
        pages.filter(code=code).update(entries=entries, **words(code))
    for code, order in ORDERS.items():
        pages.filter(code=code).update(order=order)
    pages.filter(code="first").update(layout="first_minute")


def move_versions(apps, schema_editor):
    """Give every version of a quiz its new kind and shape, and those of pages their entries."""
    table = "publishing_version"
    with schema_editor.connection.cursor() as cursor:  # post_migrate puts the guards back
        for event in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")
    versions = apps.get_model("publishing", "Version").objects
    for version in versions.filter(kind="quiz").iterator():
        chat = version.data["kind"] == "chat"
        version.kind = "practice" if chat else "selfcheck"
        version.data = practice_data(version.data) if chat else self_check_data(version.data)
        save(version)
    for version in versions.filter(kind="page", code__in=ENTRIES).iterator():
        version.data |= linked_data(version.code, ENTRIES[version.code])
        version.data["order"] = ORDERS.get(version.code, version.data["order"])
        if version.code == "first":
            version.data["layout"] = "first_minute"
        save(version)


def save(version):
    """Save a version with the digest of its new shape."""
    canonical = json.dumps(
        version.data, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    version.digest = hashlib.sha256(canonical.encode()).hexdigest()
    version.save()


def linked_data(code, entries):
    """Give the fields that tell from where the site links to a content."""
    texts = words(code)
    return {
        "entries": entries,
        **{
            name: {language: texts[f"{name}_{language}"] for language in LANGUAGES}
            for name in ("entry_title", "entry_text")
        },
    }


def picked(data, *names):
    """Give some of the fields of frozen data."""
    return {name: data[name] for name in names}


def self_check_data(data):
    """Give the frozen data of a self-check without what only chats had."""
    return {
        **linked_data(data["code"], ["door"]),
        **picked(data, "code", "order", "title", "intro"),
        "questions": [
            {
                **picked(question, "code", "start", "text", "help"),
                "answers": [
                    picked(answer, "code", "label", "advice", "tone", "next_question", "ending")
                    for answer in question["answers"]
                ],
            }
            for question in data["questions"]
        ],
        "endings": [
            picked(ending, "code", "tone", "title", "body", "pages", "purposes")
            for ending in data["endings"]
        ],
    }


def practice_data(data):
    """Give the frozen data of a chat with its turns under the contacts that write them."""
    return {
        **linked_data(data["code"], ["door"]),
        **picked(data, "code", "order", "title", "intro", "tactics"),
        "contacts": [
            {
                **contact,
                "turns": [
                    turn_data(question)
                    for question in data["questions"]
                    if question["contact"] == contact["code"]
                ],
            }
            for contact in data["contacts"]
        ],
        "outcomes": [
            picked(ending, "code", "hits", "trust", "title", "body") for ending in data["endings"]
        ],
    }


def turn_data(question):
    """Give the frozen data of one turn from that of a question."""
    return {
        **picked(question, "code", "start", "text"),
        "replies": [
            {
                **picked(answer, "code", "label", "signal", "tactic", "ends_chat"),
                "next_turn": answer["next_question"],
            }
            for answer in question["answers"]
        ],
    }


def keep_rights(apps, schema_editor):
    """Who might edit quizzes may edit both kinds, with all that belongs to them."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    heirs = {
        "quiz": ("selfcheck", "practice"),
        "question": ("question", "turn"),
        "answer": ("answer", "reply"),
        "ending": ("ending", "outcome"),
    }
    for old, new in heirs.items():
        for permission in permissions.filter(
            content_type__app_label="quiz", content_type__model=old
        ):
            act = permission.codename.partition("_")[0]
            for name in new:
                kind, _ = content_types.get_or_create(app_label="quiz", model=name)
                heir, _ = permissions.get_or_create(
                    content_type=kind, codename=f"{act}_{name}",
                    defaults={"name": f"Can {act} {name}"},
                )  # fmt: skip
                heir.group_set.add(*permission.group_set.all())
                heir.user_set.add(*permission.user_set.all())


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("quiz", "0002_self_check_and_practice"),
    ]

    operations = [
        migrations.RunPython(move_drafts, migrations.RunPython.noop),
        migrations.RunPython(set_entries, migrations.RunPython.noop),
        migrations.RunPython(move_versions, migrations.RunPython.noop),
        migrations.RunPython(keep_rights, migrations.RunPython.noop),
    ]
