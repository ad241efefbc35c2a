"""The WSGI application: Django, with the pages that visitors read most answered from memory before it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextortion_help.settings")
# No request waits longer for PostgreSQL, in milliseconds. Commands may: a migration takes its time.
os.environ.setdefault(
    "PGOPTIONS",
    "-c statement_timeout=3000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000",
)
django_application = get_wsgi_application()

from sextortion_help.pages import Pages  # noqa: E402  needs the settings above
from sextortion_help.publishing import releases  # noqa: E402  needs the models
from sextortion_help.publishing.live import watch  # noqa: E402  needs the models
from sextortion_help.start import require  # noqa: E402  needs the settings above

require()
watch()
if settings.ROLE == "both":  # elsewhere a timer of systemd does it
    releases.watch()
application = Pages(django_application)
