"""Codes that mean nothing, for what stands in a page or in the moves of a chat. They never change."""

import secrets
from typing import Final

from django.core.validators import RegexValidator

# Without vowels no code can be a word, so that none says anything where it might be seen.
CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"

place_code = RegexValidator(rf"\A[{CONSONANTS}]{{4}}\Z")
choice_code = RegexValidator(rf"\A[{CONSONANTS}]{{2}}\Z")


def new_place_code() -> str:
    """Make an opaque code of four letters for a question, a turn, an ending or an outcome."""
    return "".join(secrets.choice(CONSONANTS) for _ in range(4))


def new_choice_code() -> str:
    """Make an opaque code of two letters for an answer or a reply."""
    return "".join(secrets.choice(CONSONANTS) for _ in range(2))
