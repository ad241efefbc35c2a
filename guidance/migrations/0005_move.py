"""Give every service its country as a row, and its channels: each way to reach it with its own hours.

Until now a country was a code in the program, and one line of hours held for the number, the chat and
all else. Hours go with the number where there is one: of a chat beside it nobody told us. Nothing
else is lost: codes, orders, versions with their number, author, date and note stay as they are.
"""

import hashlib
import json

from django.db import migrations
from django.utils import timezone

LANGUAGES = ("nl", "fr", "en")
CONSONANTS = "bcdfghjklmnpqrstvwxz"
COUNTRIES = (
    # code, name, “in this country” (each in nl, fr, en), emergency number, time zone, holidays, languages
    ("BE", "België", "Belgique", "Belgium", "in België", "en Belgique", "in Belgium", "112", "Europe/Brussels", "BE", ["nl", "fr", "en"]),
    ("NL", "Nederland", "Pays-Bas", "Netherlands", "in Nederland", "aux Pays-Bas", "in the Netherlands", "112", "Europe/Amsterdam", "NL", ["nl", "en", "fr"]),
    ("BQ", "Bonaire, Sint Eustatius en Saba", "Bonaire, Saint-Eustache et Saba", "Bonaire, Sint Eustatius and Saba", "op Bonaire, Sint Eustatius en Saba", "à Bonaire, Saint-Eustache et Saba", "on Bonaire, Sint Eustatius and Saba", "911", "America/Kralendijk", "BQ", ["nl", "en", "fr"]),
    ("FR", "Frankrijk", "France", "France", "in Frankrijk", "en France", "in France", "112", "Europe/Paris", "FR", ["fr"]),
    ("LU", "Luxemburg", "Luxembourg", "Luxembourg", "in Luxemburg", "au Luxembourg", "in Luxembourg", "112", "Europe/Luxembourg", "LU", ["fr", "en"]),
    ("DE", "Duitsland", "Allemagne", "Germany", "in Duitsland", "en Allemagne", "in Germany", "112", "Europe/Berlin", "DE", []),
    ("GB", "Verenigd Koninkrijk", "Royaume-Uni", "United Kingdom", "in het Verenigd Koninkrijk", "au Royaume-Uni", "in the United Kingdom", "999", "Europe/London", "GB", ["en"]),
    ("IE", "Ierland", "Irlande", "Ireland", "in Ierland", "en Irlande", "in Ireland", "112", "Europe/Dublin", "IE", ["en"]),
    ("CH", "Zwitserland", "Suisse", "Switzerland", "in Zwitserland", "en Suisse", "in Switzerland", "112", "Europe/Zurich", "CH", ["fr"]),
    ("IT", "Italië", "Italie", "Italy", "in Italië", "en Italie", "in Italy", "112", "Europe/Rome", "IT", []),
    ("US", "Verenigde Staten", "États-Unis", "United States", "in de Verenigde Staten", "aux États-Unis", "in the United States", "911", "", "", ["en"]),
    ("CA", "Canada", "Canada", "Canada", "in Canada", "au Canada", "in Canada", "911", "", "", ["en", "fr"]),
    ("AU", "Australië", "Australie", "Australia", "in Australië", "en Australie", "in Australia", "000", "", "", ["en"]),
    ("EU", "Europa", "Europe", "Europe", "in Europa", "en Europe", "in Europe", "112", "", "", []),
    ("WW", "Wereldwijd", "Monde entier", "Everywhere", "overal", "partout", "everywhere", "", "", "", []),
)  # fmt: skip
# the countries this site was made for
EDITIONS = ("BE", "NL", "BQ")
GAPS = {
    "NL": {
        "worried": (
            "In Nederland kennen we hiervoor nog geen lijn die nagekeken is. Vraag een hulplijn wie je verder kan helpen.",
            "Aux Pays-Bas, on ne connaît pas encore de ligne vérifiée pour ça. Demande à une ligne d’écoute qui peut t’aider.",
            "In the Netherlands we know no line for this yet that was checked. Ask a helpline who can help you further.",
        ),
    },
    "BQ": {
        "talk": (
            "Op andere uren kennen we op de eilanden niemand die antwoordt. Ben je in gevaar? Bel 911.",
            "À d’autres heures, on ne connaît personne qui réponde sur les îles. En danger\u202f? Appelle le 911.",
            "At other hours we know of nobody on the islands who answers. Are you in danger? Call 911.",
        ),
        "suicide": (
            "Een eigen lijn voor wie aan doodgaan denkt kennen we op de eilanden niet. Bel 911 en zeg het daar.",
            "On ne connaît pas de ligne sur les îles pour qui pense à mourir. Appelle le 911 et dis-le là.",
            "We know of no line on the islands for who thinks about dying. Call 911 and say it there.",
        ),
        "remove": (
            "Op de eilanden kennen we niemand die dit met je doet. Take It Down werkt ook daar: takeitdown.ncmec.org.",
            "Sur les îles, on ne connaît personne qui le fasse avec toi. Take It Down y marche aussi\u202f: takeitdown.ncmec.org.",
            "On the islands we know of nobody who does this with you. Take It Down works there too: takeitdown.ncmec.org.",
        ),
        "hotline": (
            "Een eigen meldpunt kennen we op de eilanden niet. Meld het bij de politie.",
            "On ne connaît pas de point de contact sur les îles. Signale-le à la police.",
            "We know of no hotline on the islands. Report it to the police.",
        ),
        "worried": (
            "Op de eilanden kennen we hiervoor nog geen lijn. Vraag een hulplijn wie je verder kan helpen.",
            "Sur les îles, on ne connaît pas encore de ligne pour ça. Demande à une ligne d’écoute qui peut t’aider.",
            "On the islands we know no line for this yet. Ask a helpline who can help you further.",
        ),
    },
}


def in_all(values):
    """Give a text of frozen data from one value for each language."""
    return dict(zip(LANGUAGES, values, strict=True))


def columns(name, values):
    """Give the columns of a translated field from one value for each language."""
    return {f"{name}_{code}": value for code, value in in_all(values).items()}


def code_of(service, kind):
    """Make the code of a channel, the same for the draft and for every version of it."""
    number = int(hashlib.sha256(f"{service} {kind}".encode()).hexdigest(), 16)
    return "".join(CONSONANTS[number // 20**place % 20] for place in range(4))


def channels_of(row):
    """Give the channels of a service as it was: (kind, address, hours), in the order of its buttons."""
    found = []
    if row["phone"]:
        found.append(("text" if row["sms"] else "call", row["phone"], row["hours"]))
    if row["chat"]:
        found.append(("chat", row["chat"], "" if row["phone"] else row["hours"]))
    if row["always_web"] and row["url"]:
        found.append(("form", row["url"], "24/7"))
    if row["email"]:
        found.append(("mail", row["email"], ""))
    return found


def website_of(row):
    """Give the website of a service, unless a channel leads there."""
    return "" if row["always_web"] or row["url"] == row["chat"] else row["url"]


def move_drafts(apps, schema_editor):
    """Make the countries that services name, and the channels of each service."""
    countries, services = apps.get_model("guidance", "Country"), apps.get_model("guidance", "Service")
    channels = apps.get_model("guidance", "Channel").objects
    if not services.objects.exists():
        return
    made = {}
    for place, row in enumerate(COUNTRIES, 1):
        made[row[0]] = countries.objects.create(
            code=row[0], order=10 * place, is_edition=row[0] in EDITIONS, name=row[1], within=row[4],
            emergency_silent="", **columns("name", row[1:4]), **columns("within", row[4:7]),
            **columns("emergency_silent", ("", "", "")), emergency=row[7], zone=row[8],
            holidays=row[9], languages=row[10],
        )  # fmt: skip
        for number, (need, text) in enumerate(GAPS.get(row[0], {}).items(), 1):
            apps.get_model("guidance", "Gap").objects.create(
                country=made[row[0]], code=need, order=10 * number, text=text[0], **columns("text", text)
            )
    for service in services.objects.all():
        row = {name: getattr(service, name) for name in ("phone", "sms", "chat", "email", "url", "hours", "always_web")}
        service.country = made[service.country_code]
        service.url = website_of(row)
        service.save()
        for number, (kind, address, hours) in enumerate(channels_of(row), 1):
            channels.create(
                service=service, code=code_of(service.code, kind), order=10 * number, kind=kind,
                address=address, hours=hours, note="", **columns("note", ("", "", "")),
            )  # fmt: skip


def move_versions(apps, schema_editor):
    """Give every version of a service and of a page its new shape, and publish the countries."""
    versions = apps.get_model("publishing", "Version").objects
    if not versions.exists():
        return
    table = "publishing_version"
    with schema_editor.connection.cursor() as cursor:  # post_migrate puts the guards back
        for event in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")
    for version in versions.filter(kind="service").iterator():
        version.data = service_data(version.data)
        if version.source is not None:
            version.source = service_source(version.source)
        save(version)
    for version in versions.filter(kind="page").iterator():
        for kept in filter(None, (version.data, version.source)):
            kept.setdefault("address", "")
            kept.setdefault("countries", [])
            for step in kept.get("steps", ()):
                step.setdefault("countries", [])
        save(version)
    for place, row in enumerate(COUNTRIES, 1):
        source = country_source(row, 10 * place)
        versions.create(
            kind="country", code=row[0], number=1, source=source, data=country_data(row, 10 * place),
            digest=digest(source), published_at=timezone.now(), note="",
        )  # fmt: skip


def service_data(data):
    """Give the frozen data of a service with its channels."""
    row = {name: data[name] for name in ("phone", "sms", "chat", "email", "url", "hours", "always_web")}
    kept = {name: value for name, value in data.items() if name not in {*row, "url"}}
    return kept | {
        "regions": in_all(("", "", "")),
        "url": website_of(row),
        "key": False,
        "channels": [
            {"code": code_of(data["code"], kind), "kind": kind, "address": address, "hours": hours,
             "languages": [], "note": in_all(("", "", ""))}
            for kind, address, hours in channels_of(row)
        ],
    }  # fmt: skip


def service_source(source):
    """Give the source of a service with its channels."""
    row = {name: source.get(name) for name in ("phone", "sms", "chat", "email", "url", "hours", "always_web")}
    kept = {name: value for name, value in source.items() if name not in {*row, "url"}}
    return kept | columns("regions", ("", "", "")) | {
        "url": website_of(row) or "",
        "key": False,
        "channels": [
            {"code": code_of(source["code"], kind), "kind": kind, "address": address,
             "hours": hours or "", "languages": [], "order": 10 * number, **columns("note", ("", "", ""))}
            for number, (kind, address, hours) in enumerate(channels_of(row), 1)
        ],
    }  # fmt: skip


def country_data(row, order):
    """Give the frozen data of a country."""
    return {
        "code": row[0], "order": order, "name": in_all(row[1:4]), "within": in_all(row[4:7]),
        "emergency": row[7], "emergency_silent": in_all(("", "", "")), "zone": row[8],
        "holidays": row[9], "languages": row[10], "is_edition": row[0] in EDITIONS,
        "gaps": [{"need": need, "text": in_all(text)} for need, text in GAPS.get(row[0], {}).items()],
    }  # fmt: skip


def country_source(row, order):
    """Give the source of a country."""
    return {
        "order": order, "code": row[0], "is_edition": row[0] in EDITIONS, "languages": row[10],
        **columns("name", row[1:4]), **columns("within", row[4:7]), "emergency": row[7],
        **columns("emergency_silent", ("", "", "")), "zone": row[8], "holidays": row[9],
        "gaps": [
            {"code": need, "order": 10 * number, **columns("text", text)}
            for number, (need, text) in enumerate(GAPS.get(row[0], {}).items(), 1)
        ],
    }  # fmt: skip


def save(version):
    """Save a version with the digest of its new shape."""
    version.digest = digest(version.data if version.source is None else version.source)
    version.save()


def digest(data):
    """Give the SHA-256 of plain data, as sources.digest() did at this time."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def keep_rights(apps, schema_editor):
    """Who might edit services may edit their channels and countries too."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for permission in permissions.filter(
        content_type__app_label="guidance", content_type__model="service"
    ):
        act = permission.codename.partition("_")[0]
        for name in ("channel", "country", "gap"):
            kind, _ = content_types.get_or_create(app_label="guidance", model=name)
            heir, _ = permissions.get_or_create(
                content_type=kind, codename=f"{act}_{name}", defaults={"name": f"Can {act} {name}"}
            )
            heir.group_set.add(*permission.group_set.all())
            heir.user_set.add(*permission.user_set.all())


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("guidance", "0004_places"),
        ("publishing", "0002_source_and_release"),
    ]

    operations = [
        migrations.RunPython(move_drafts, migrations.RunPython.noop),
        migrations.RunPython(move_versions, migrations.RunPython.noop),
        migrations.RunPython(keep_rights, migrations.RunPython.noop),
    ]
