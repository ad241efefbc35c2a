"""What `manage.py check --deploy` asks of the content: that a person has called who visitors are sent to,
and that the first country is there.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import Error as DatabaseError

from guidance.editions import key_contacts
from guidance.help import country_of
from sextortion_help.publishing.live import from_database
from sextortion_help.publishing.places import countries


def content_is_ready(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Name the contacts each edition stands on that nobody has verified, or that it names none; and a
    first country that has no addresses.
    """
    try:
        contents = from_database()
    except DatabaseError as error:
        return [Error(f"The content cannot be read: {error}", id="guidance.E001")]
    messages: list[CheckMessage] = []
    if settings.FIRST_COUNTRY not in countries(contents):
        text = f"FIRST_COUNTRY is {settings.FIRST_COUNTRY}, which has no addresses of its own."
        messages.append(Error(text, id="guidance.E004"))
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
