"""Settings, read from the environment. Every name begins with TALKA_; README.md lists them."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django import forms as django_forms
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "yes", "true", "on")


def _data_folder() -> Path:
    folder = Path(os.environ.get("TALKA_DATA", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _secret_key() -> str:
    """Return the secret of this installation; outside production one is made and kept in the data folder."""
    if key := os.environ.get("TALKA_SECRET_KEY"):
        return key
    if PRODUCTION:
        raise ImproperlyConfigured("Set TALKA_SECRET_KEY to a long random text.")
    kept = DATA / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text()


def _database() -> dict:
    """Return Django's entry for TALKA_DATABASE: a postgresql:// address, or SQLite in the data folder."""
    address = os.environ.get("TALKA_DATABASE", "")
    if address.startswith(("postgresql://", "postgres://")):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    if address:
        raise ImproperlyConfigured("TALKA_DATABASE is a postgresql:// address, or empty for SQLite.")
    return {
        "ENGINE": "talka.kernel.sqlite",
        "NAME": DATA / "talka.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # FULL: acknowledged writes outlive a power cut. secure_delete: what is erased is gone.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON; PRAGMA mmap_size=0;",
        },
        "TEST": {"NAME": str(DATA / "test.sqlite3")},
    }


def _mail() -> dict:
    """Return Django's mail settings for TALKA_SMTP, such as smtp+tls://user:password@host:587."""
    address = os.environ.get("TALKA_SMTP", "")
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtp+tls", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("TALKA_SMTP is like smtp+tls://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


# Production is the default: whoever wants less safety has to say so.
DEMO = _flag("TALKA_DEMO")
DEVELOPMENT = _flag("TALKA_DEVELOPMENT")
PRODUCTION = not (DEMO or DEVELOPMENT)
DEBUG = DEVELOPMENT and not DEMO and _flag("TALKA_DEBUG")

DATA = _data_folder()
SECRET_KEY = _secret_key()
SITE_ADDRESS = os.environ.get("TALKA_ADDRESS", "" if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
_host = urlsplit(SITE_ADDRESS).hostname or ""
ALLOWED_HOSTS = [_host] if PRODUCTION else [_host, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "talka.kernel",
    "talka.letters",
    "talka.files",
    "talka.people",
    "talka.programmes",
    "talka.capacities",
    "talka.forms",
    "talka.calls",
    "talka.applications",
    "talka.screening",
    "talka.matching",
    "talka.gatherings",
    "talka.exchanges",
    "talka.learning",
    "talka.initiatives",
    "talka.travel",
    "talka.reports",
    "talka.recognition",
    "talka.impact",
    "talka.wiki",
    "talka.access",
    "talka.privacy",
    "talka.demo",
    "talka.jobs",
    "talka.web",
]

MIDDLEWARE = [
    # First those that put headers on every answer, also on those of the ones below them.
    "csp.middleware.CSPMiddleware",
    "talka.web.shared.middleware.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "talka.web.shared.middleware.odd_requests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "talka.web.shared.sessions.session_limits",
    "talka.web.shared.looking.as_somebody_invented",
    "talka.web.shared.middleware.readers_language",
    "talka.web.shared.middleware.readers_zone",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    # After the token is checked and the sender known, and around the messages that an answer carries.
    "talka.web.shared.answered_once.answered_once",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "talka.web.shared.middleware.expected_failures",
]

ROOT_URLCONF = "talka.urls"
WSGI_APPLICATION = "talka.wsgi.application"

TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Django's own widgets are drawn from its own templates.
        "DIRS": [PACKAGE / "web" / "templates", Path(django_forms.__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "talka.web.shared.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "talka.web.templatetags.look",
                "talka.web.templatetags.words",
            ],
        },
    },
    {
        # Letters are plain text: nothing to escape.
        "NAME": "letters",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "letters" / "texts"],
        "OPTIONS": {"autoescape": False, "builtins": ["django.templatetags.i18n"]},
    },
]
FORM_RENDERER = "talka.web.shared.fields.CodexRenderer"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["talka.people.backend.AccountBackend"]
LOGIN_URL = "public:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-talka-session" if PRODUCTION else "talka-session"
CSRF_COOKIE_NAME = "__Host-talka-csrf" if PRODUCTION else "talka-csrf"
LANGUAGE_COOKIE_NAME = "talka-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "talka.web.shared.errors.form_expired"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LANGUAGES = [("en", "English"), ("ar", "العربية")]
LANGUAGES_BIDI = ["ar", "fa", "he", "ur", "ckb"]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEVELOPMENT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT

locals().update(_mail())
DEFAULT_FROM_EMAIL = os.environ.get("TALKA_MAIL_FROM", "Talka <talka@localhost>")


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "talka.web.shared.logs.JsonLines"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["err"], "level": "WARNING"},
    "loggers": {"talka": {"level": "INFO"}},
}
