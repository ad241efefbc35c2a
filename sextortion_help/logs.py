"""What may stand in a log: failures of ours, never anything about a visitor."""

import logging

from django.db import OperationalError


class WithoutVisitor(logging.Filter):
    """Drop what a visitor's request caused by itself, and strip the request from what is ours.

    `django.request` logs "Not Found: /nl/…" for every 4xx and "Internal Server Error: /nl/…" for a
    5xx. The first is dropped; of the second only the reason and the traceback are kept, and of a database that is away the reason.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False to drop the record; change it in place otherwise."""
        if record.name.startswith(("django.request", "django.security")):
            if getattr(record, "status_code", 500) < 500:
                return False
            record.msg, record.args = "a page failed", ()
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, OperationalError):
            # the same eighty lines for each request while the database is away: anybody could fill a disk
            record.msg, record.args = f"{record.msg}: the database does not answer", ()
            record.exc_info = record.exc_text = None
        record.__dict__.pop("request", None)
        return True
