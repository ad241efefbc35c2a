"""What our own filter lets into a log: failures of ours, in a line, without who asked for what."""

import logging

import pytest
from django.db import OperationalError

from sextortion_help.logs import WithoutVisitor


def said(error: Exception | None, name: str = "django.request", status: int = 500) -> str | None:
    """Give what is written for a record as Django makes it; None when nothing is."""
    information = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, 40, "", 1, "Failed: %s", ("/nl/marker/",), information)
    record.__dict__.update(status_code=status, request="marker")
    if not WithoutVisitor().filter(record):
        return None
    assert "request" not in record.__dict__
    return logging.Formatter("%(message)s").format(record)


def test_a_fault_of_ours_has_its_traceback_and_no_address() -> None:
    told = said(ZeroDivisionError("why"))
    assert told
    assert told.startswith("a page failed\nZeroDivisionError")
    assert "marker" not in told


@pytest.mark.parametrize("name", ["django.request", "sextortion_help.publishing.live"])
def test_a_database_that_is_away_is_one_line_however_many_ask(name: str) -> None:
    told = said(OperationalError("connection refused"), name)
    assert told
    assert told.count("\n") == 0
    assert "the database does not answer" in told


def test_what_a_visitor_caused_is_not_written() -> None:
    assert said(None, status=404) is None
    assert said(None, "django.security.DisallowedHost", 400) is None
