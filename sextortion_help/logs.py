"""What may stand in a log: failures of ours, never anything about a visitor."""

import logging


class WithoutVisitor(logging.Filter):
    """Drop what a visitor's request caused by itself, and strip the request from what is ours.

    `django.request` logs "Not Found: /nl/…" for every 4xx and "Internal Server Error: /nl/…" for a
    5xx. The first is dropped; of the second only the reason and the traceback are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False to drop the record; change it in place otherwise."""
        if record.name.startswith(("django.request", "django.security")):
            if getattr(record, "status_code", 500) < 500:
                return False
            record.msg, record.args = "a page failed", ()
        record.__dict__.pop("request", None)
        return True
