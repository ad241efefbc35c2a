"""What `manage.py check --deploy` asks of the content: that a person has called who visitors are sent to."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import Error as DatabaseError

from guidance.editions import key_contacts
from guidance.help import country_of
from sextortion_help.publishing.live import from_database


def contacts_are_verified(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Name the contacts each edition stands on that nobody has verified, or that it names none."""
    try:
        contents = from_database()
    except DatabaseError as error:
        return [Error(f"The content cannot be read: {error}", id="guidance.E001")]
    messages: list[CheckMessage] = []
    for code, (named, verified) in key_contacts(contents).items():
        country = country_of(contents, code).name
        if not named:
            text = f"{country}: no service is marked as one its country stands on."
            messages.append(Error(text, id="guidance.E003"))
        elif missing := [service.code for service in named if service not in verified]:
            text = f"{country}: not verified yet: {', '.join(missing)}."
            hint = "Call them, then set “verified on” and publish."
            messages.append(Error(text, hint=hint, id="guidance.E002"))
    return messages
