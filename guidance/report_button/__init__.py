"""The report button: an extension of browsers that copies an address and opens a hotline's own form.

What it is made of stands in source/. The hotlines come from the published content when it is built:
no number and no address stands in its source.
"""

import io
import json
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from guidance.choices import Purpose, Way
from guidance.content import Channel, Country, Service
from guidance.help import services_for
from sextortion_help.publishing.content import Contents

SOURCE: Final = Path(__file__).parent / "source"
# The file for each browser. Firefox wants to know whose it is; Chromium complains of a key it does not know.
FILES: Final = {"chromium": "report-button-chromium.zip", "firefox": "report-button-firefox.xpi"}
# Each part of a version has at most five digits.
_PART: Final = 10_000


def languages() -> list[str]:
    """Give the languages that the button speaks: those it has words in."""
    return sorted(folder.name for folder in (SOURCE / "_locales").iterdir())


def hotlines(contents: Contents, language: str) -> list[dict[str, Any]]:
    """Give, in one language, each country that has a hotline with a form, or says that it has none.

    Of its hotlines those that speak the language, where there are any; else all, each with what it speaks.
    """
    found = []
    for country in contents.all(Country):
        services = services_for(contents, Purpose.HOTLINE, country.code, adults=True)
        forms = [(each, form) for each in services if (form := _form(each, language))]
        speaking = [(each, form) for each, form in forms if language in _spoken(each, form)]
        gap = country.gap(Purpose.HOTLINE)
        if not (forms or gap):
            continue
        found.append({
            "code": country.code,
            "name": country.name.within(language),
            "zone": country.zone,
            "emergency": country.emergency,
            "gap": gap.text.within(language) if gap and not forms else "",
            "hotlines": [_card(*each, language) for each in speaking or forms],
        })  # fmt: skip
    return found


def files(contents: Contents, browser: str, host: str) -> dict[str, bytes]:
    """Give every file of the extension for "chromium" or "firefox", by its path in there.

    The version grows with the content, so that a browser takes a newer one for newer. `host`: of the
    site, which makes the name by which Firefox knows the extension its organisation's own.
    """
    found = {
        path.relative_to(SOURCE).as_posix(): path.read_bytes()
        for path in SOURCE.rglob("*")
        if path.is_file()
    }
    manifest = json.loads(found["manifest.json"])
    manifest["version"] = "1.{}.{}".format(*divmod(contents.revision, _PART))
    manifest["browser_specific_settings"]["gecko"]["id"] = f"report-button@{host}"
    if browser == "chromium":
        del manifest["browser_specific_settings"]
    else:
        del manifest["minimum_chrome_version"]
    found["manifest.json"] = _json(manifest)
    countries = {language: hotlines(contents, language) for language in languages()}
    found["hotlines.js"] = b"export default " + _json(countries)
    return found


def packed(found: dict[str, bytes]) -> bytes:
    """Give these files as one, with the same bytes whenever and wherever it is made.

    Not compressed: another zlib would make other bytes, and there is little to win.
    """
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name in sorted(found):
            entry = ZipInfo(name)  # of 1 January 1980
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, found[name])
    return packed.getvalue()


def _form(service: Service, language: str) -> Channel | None:
    """Give the channel with its form: the one in this language, where it has several."""
    forms = [channel for channel in service.channels if channel.kind == Way.FORM]
    own = (channel for channel in forms if language in _spoken(service, channel))
    return next(own, next(iter(forms), None))


def _spoken(service: Service, channel: Channel) -> tuple[str, ...]:
    return channel.languages or service.languages


def _card(service: Service, form: Channel, language: str) -> dict[str, Any]:
    spoken = _spoken(service, form)
    return {
        "code": service.code,
        "name": service.name.within(language),
        "about": service.about.within(language),
        "cost": service.cost.within(language),
        "languages": [] if language in spoken else list(spoken),
        "form": form.href,
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
