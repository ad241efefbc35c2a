"""Can this number be dialled? Asked of Google's table of the world's numbering plans. Pure.

The table knows emergency and helpline short numbers of most countries, not all: 113 in the Netherlands
and the free numbers of Bonaire are missing. So what is merely unknown is for a person to call.
"""

import re
from enum import StrEnum
from typing import Final

import phonenumbers
from phonenumbers import (
    CountryCodeSource,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
)


class Dial(StrEnum):
    WORKS = "works"
    UNKNOWN = "unknown"  # its length is right, but the table does not know it
    CANNOT = "cannot"


# These stand for no country: only numbers that begin with +, or that all their countries share.
_NO_COUNTRY: Final = {"EU": "BE", "WW": None}
_POSSIBLE: Final = (ValidationResult.IS_POSSIBLE, ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


def dial(number: str, country: str) -> Dial:
    """Tell whether a number, as it is written, can be dialled in a country ("BE")."""
    region = _NO_COUNTRY.get(country, country)
    try:
        parsed = phonenumbers.parse(number, region, keep_raw_input=True)
    except NumberParseException:
        return Dial.CANNOT
    if phonenumbers.is_valid_number(parsed) and _is_as_written(parsed):
        return Dial.WORKS
    abroad = parsed.country_code_source != CountryCodeSource.FROM_DEFAULT_COUNTRY  # +32, 0032
    if abroad or region is None:
        return Dial.CANNOT
    if phonenumbers.is_valid_short_number_for_region(parsed, region):
        return Dial.WORKS
    short = not number.startswith("0") and phonenumbers.is_possible_short_number_for_region(
        parsed, region
    )
    possible = phonenumbers.is_possible_number_with_reason(parsed) in _POSSIBLE
    return Dial.UNKNOWN if short or possible else Dial.CANNOT


def _is_as_written(parsed: PhoneNumber) -> bool:
    """Tell whether no digit was dropped or added while reading: +32 0800 12 345 has a 0 too many."""
    written = re.sub(r"[^\d+]", "", parsed.raw_input or "")
    whole = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    if written.startswith("+"):
        return written == whole
    if parsed.country_code_source == CountryCodeSource.FROM_NUMBER_WITH_IDD:
        return written.endswith(whole.removeprefix("+"))
    at_home = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    return written.endswith(re.sub(r"\D", "", at_home))  # a 1 may stand before it in the US
