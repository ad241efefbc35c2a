"""Settings of the site, all in one module.

Without any environment variable this runs on a laptop: SQLite, a development key, localhost only.
With PRODUCTION=1 a missing or bad value stops the start, with a message that names the variable.
"""

import os
import re
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool = False) -> bool:
    """Read an on/off variable: 1 or 0 (also true, false, on, off, yes, no). Anything else stops."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "on", "yes"):
        return True
    if value in ("0", "false", "off", "no"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return default


PRODUCTION = env_bool("PRODUCTION")


def env_text(name: str, development: str) -> str:
    """Read a variable that production must set; elsewhere `development` is used when it is absent."""
    value = os.environ.get(name, "").strip()
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} must be set when PRODUCTION=1.")
    return value or development


def env_list(name: str, development: str) -> list[str]:
    """Read a comma-separated variable that production must set. Spaces around items are dropped."""
    items = [item.strip() for item in env_text(name, development).split(",")]
    return [item for item in items if item]


_NAME = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"{_NAME}(\.{_NAME})*", re.IGNORECASE)
_NUMBER = re.compile(r"\[([0-9a-f:.]+)\]", re.IGNORECASE)


def is_host(value: str) -> bool:
    """Tell whether this is the name of one host: no scheme, no port, no pattern for several."""
    number = _NUMBER.fullmatch(value)
    if number is None:
        return bool(_HOST.fullmatch(value))
    try:
        IPv6Address(number[1])
    except ValueError:
        return False
    return True


def is_address(value: str) -> bool:
    """Tell whether a browser can be led there: https, a host and nobody's name before it, and no sign
    that breaks a header or a page.
    """
    try:
        parts = urlsplit(value)
        return (
            bool(re.fullmatch(r"[!-~]+", value))
            and not set(value) & set('"<>\\^`{|}')
            and "@" not in parts.netloc
            and parts.scheme == "https"
            and is_host(parts.hostname or "")
            and parts.port != 0
        )
    except ValueError:  # a port or an IPv6 address that is none
        return False


# One table of languages: what each is called, the site's name in it, and a neutral site the exit leads
# to: what a teen could have been looking at anyway. A language also needs its rules for editors, in
# publishing/languages/, a catalogue in locale/, and its texts.
_LANGUAGES = {
    "nl": ("Nederlands", "Baken", "https://nl.wikipedia.org/wiki/Weer"),
    "fr": ("Français", "Phare", "https://fr.wikipedia.org/wiki/M%C3%A9t%C3%A9o"),
    "en": ("English", "Beacon", "https://en.wikipedia.org/wiki/Weather"),
}
LANGUAGES = [(code, name) for code, (name, _, _) in _LANGUAGES.items()]
LANGUAGE_CODE = next(iter(_LANGUAGES))
# Those that visitors see; the others can be written until they are complete.
OPEN_LANGUAGES = ["nl", "fr", "en"]

# The organisation that runs the site chooses these.
SITE_NAMES = {
    code: os.environ.get(f"SITE_NAME_{code.upper()}", name)
    for code, (_, name, _) in _LANGUAGES.items()
}
FIRST_COUNTRY = os.environ.get("FIRST_COUNTRY", "BE").strip().upper()
if not (FIRST_COUNTRY.isascii() and FIRST_COUNTRY.isalpha() and len(FIRST_COUNTRY) == 2):
    raise ImproperlyConfigured(
        f"FIRST_COUNTRY must be the code of a country, such as BE, not {FIRST_COUNTRY!r}."
    )
# Who runs the site, as `about` and the line about trials say it.
ORGANISATION = env_text("ORGANISATION", "Baken")
ORGANISATION_CONTACT = env_text("ORGANISATION_CONTACT", "info@localhost")
EXIT_TARGETS = {
    code: os.environ.get(f"EXIT_TARGET_{code.upper()}", target)
    for code, (_, _, target) in _LANGUAGES.items()
}
# Where it goes when that one does not answer: of other people, and as ordinary.
EXIT_SPARE = os.environ.get("EXIT_TARGET_SPARE", "https://www.openstreetmap.org/")
for _name, _target in {**EXIT_TARGETS, "spare": EXIT_SPARE}.items():
    if not is_address(_target):
        raise ImproperlyConfigured(
            f"EXIT_TARGET_{_name.upper()} must be an address such as https://example.org/, not {_target!r}."
        )

DEBUG = env_bool("DEBUG")
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG must be 0 when PRODUCTION=1: its pages show visitors' data.")

SECRET_KEY = env_text("SECRET_KEY", "development-only-" + "not-a-secret-" * 3)
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters when PRODUCTION=1.")

# The first is the name under which search engines know the site.
ALLOWED_HOSTS = [host.lower() for host in env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")]
if not ALLOWED_HOSTS or not all(map(is_host, ALLOWED_HOSTS)):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name the site's hosts, such as example.org,www.example.org: without "
        f"https://, port, * or blank. It is {os.environ.get('ALLOWED_HOSTS', '')!r}."
    )
# What stands before an address where it must be a whole one. A page is the same on every host.
ORIGIN = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost"
# Where faults are reported, as security.txt tells it.
SECURITY_CONTACT = env_text("SECURITY_CONTACT", "mailto:security@localhost")
if not re.fullmatch(r"(mailto:[!-~]+@[!-~]+|https://[!-~]+)", SECURITY_CONTACT):
    raise ImproperlyConfigured(
        "SECURITY_CONTACT must begin with mailto: or https://, such as mailto:security@example.org, "
        f"not {SECURITY_CONTACT!r}."
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

# "public": pages for visitors, and no staff area. "staff": the staff area; its host is no site for
# search engines. "both": one process is both, as on a laptop.
ROLE = os.environ.get("ROLE", "").strip() or "both"
if ROLE not in ("public", "staff", "both"):
    raise ImproperlyConfigured(f"ROLE must be public, staff or both, not {ROLE!r}.")
# The staff area is answered on this host only; "" is on every host of ours.
STAFF_HOST = os.environ.get("STAFF_HOST", "").strip().lower()
if STAFF_HOST and STAFF_HOST not in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        f"STAFF_HOST must be one of the hosts that ALLOWED_HOSTS names, not {STAFF_HOST!r}."
    )

# With two who may publish, a second person sees what is delicate before it goes live: nothing switches
# that off. "everything": every change.
SECOND_PERSON = os.environ.get("SECOND_PERSON", "").strip() or "delicate"
if SECOND_PERSON not in ("delicate", "everything"):
    raise ImproperlyConfigured(
        f"SECOND_PERSON must be delicate or everything, not {SECOND_PERSON!r}."
    )

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "sextortion_help.people.desk.DeskConfig",  # Django's admin, with our rules of who comes in
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.forms",  # its templates, which FORM_RENDERER looks for
    "sextortion_help.people",
    "sextortion_help.publishing",
    "sextortion_help.mirror",
    "sextortion_help.transfer",
    "sextortion_help.member",
    "guidance",
    "quiz",
    "sextortion_help.desk",  # over all of these
]

# The site takes no file: what is sent as one is read past, and never written anywhere.
FILE_UPLOAD_HANDLERS: list[str] = []

MIDDLEWARE = [
    "sextortion_help.middleware.leave_no_trace",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sextortion_help.middleware.WithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sextortion_help.middleware.speak_language",
    "sextortion_help.middleware.leave_room",
    "sextortion_help.middleware.keep_apart",
    "sextortion_help.middleware.AddSlash",
    "sextortion_help.people.kept.KeepWhatWasSent",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sextortion_help.people.sessions.end_sessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "sextortion_help.urls"
WSGI_APPLICATION = "sextortion_help.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sextortion_help.context.site",
            ],
            "libraries": {"site": "sextortion_help.tags"},
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that a widget of ours has a template


def database(address: str) -> dict[str, Any]:
    """Read the address of a database: SQLite, or PostgreSQL on one host or several.

    Raises ImproperlyConfigured, with the name of the variable and without the password.
    """
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(address, conn_health_checks=True))
    except ValueError:
        parsed = {"ENGINE": "", "NAME": ""}
    known = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
    if parsed["ENGINE"] not in known or not parsed["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL must be such as postgres://user:password@host/name, or for several hosts "
            "postgres://user:password@/name?host=one,two&target_session_attrs=read-write."
        )
    given = parsed.get("OPTIONS", {})
    if parsed["ENGINE"] == known[0]:
        # IMMEDIATE takes the write lock at the start, so that two publishes wait instead of failing.
        return {**parsed, "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, **given}}
    # A server that is dead or silent must be noticed within seconds, also in the middle of a query.
    patience = {
        "connect_timeout": 3,  # seconds, for each host
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "tcp_user_timeout": 9000,  # milliseconds
    }
    return {**parsed, "OPTIONS": {**patience, **given}}


DATABASES = {"default": database(env_text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))}


def mailer(address: str) -> dict[str, Any]:
    """Read the address of a mail server: smtps (TLS from the start) or smtp (STARTTLS).

    Raises ImproperlyConfigured, without the password.
    """
    try:
        parts, port = urlsplit(address), urlsplit(address).port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps") or not is_host(parts.hostname or ""):
        raise ImproperlyConfigured("EMAIL must be such as smtps://user:password@mail.example.org.")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port,
            "username": unquote(parts.username or "") or None,
            "password": unquote(parts.password or "") or None,
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp",
            "timeout": 5,
        },
    }


AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Nobody of the staff works without a second factor; on a laptop who wants one sets it up.
SECOND_FACTOR = PRODUCTION or env_bool("SECOND_FACTOR")
# Too many wrong codes: people/limits.py counts them. The library would wait longer and longer, for ever.
OTP_TOTP_THROTTLE_FACTOR = 0
OTP_STATIC_THROTTLE_FACTOR = 0
OTP_TOTP_ISSUER = SITE_NAMES[LANGUAGE_CODE]
# Where mail goes out, such as smtps://user:password@mail.example.org; "" is nowhere: links are shown only.
EMAIL = os.environ.get("EMAIL", "").strip()
EMAIL_FROM = os.environ.get("EMAIL_FROM", "").strip() or ORGANISATION_CONTACT
if EMAIL:
    MAILERS = {"default": mailer(EMAIL)}
# In the memory of the process alone: who typed what wrong lately. More keys than the usual 300, so that
# nobody pushes out the counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_REQUIRED_LANGUAGES = tuple(OPEN_LANGUAGES)
# A missing text must be seen as missing: Dutch under a French heading would hide the gap.
MODELTRANSLATION_ENABLE_FALLBACKS = False
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "sextortion_help" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # there is no upload
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "sextortion_help.storage.OurStaticFiles"
    },
}

# Only our own files, nothing inline, no nonce: pages stay the same bytes for every visitor.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The only cookies are those of staff who log in.
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * 60 * 10  # the longest a session lasts; see people/sessions.py
CSRF_COOKIE_PATH = "/admin/"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "sextortion_help.errors.forbidden"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Nothing about a visitor in any log: Django writes the path of each 4xx and 5xx, and the host name
# of a bad request, into its messages. Only failures of the server are kept, without the request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_visitor": {"()": "sextortion_help.logs.WithoutVisitor"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_visitor"],
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # no handler of its own, so that everything passes the filter above
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
