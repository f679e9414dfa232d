"""Settings of the application: what the environment names, safe defaults for the rest.

`HOPLUC_DATA` is the folder in which data lie; `DATABASE_URL` a PostgreSQL of one's own; `HOPLUC_SECRET_KEY`,
`HOPLUC_HOSTS` (host names, separated by commas) and `HOPLUC_HTTPS=1` are for serving to others; `HOPLUC_DEMO=1` shows how to
sign in to the demonstration. `HOPLUC_URL` is what links in messages begin with; `HOPLUC_SMTP_HOST`, `_PORT`, `_USER`, `_PASSWORD`,
`HOPLUC_SMTP_PLAIN=1` (no encryption) and `HOPLUC_MAIL_FROM` send e-mail; `HOPLUC_WEBHOOK_URL`, `_SECRET` and `_PRIVATE=1` a webhook.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from hopluc.config.database import databases
from hopluc.config.secrets import secret_key

PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("HOPLUC_DATA") or Path.cwd() / ".data").absolute()
HTTPS = os.environ.get("HOPLUC_HTTPS") == "1"
DEMO = os.environ.get("HOPLUC_DEMO") == "1"

DEBUG = False
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", *filter(None, os.environ.get("HOPLUC_HOSTS", "").split(","))]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS[2:]]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "hopluc.core",  # before allauth: its pages of sign-in are ours
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "hopluc.units",
    "hopluc.accounts",
    "hopluc.forms",
    "hopluc.documents",
    "hopluc.indicators",
    "hopluc.registry",
    "hopluc.plans",
    "hopluc.reports",
    "hopluc.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hopluc.core.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "hopluc.core.hardening.RefuseNul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hopluc.accounts.temporary.OwnPasswordFirst",
    "django_htmx.middleware.HtmxMiddleware",
    "hopluc.core.history.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "hopluc.config.urls"
WSGI_APPLICATION = "hopluc.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "hopluc.web.context.shell",
                "hopluc.web.context.demonstration",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.cache",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "hopluc.core.templatetags.shown",
                "hopluc.core.templatetags.interface",
            ],
        },
    }
]

DATABASES = databases(DATA)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # drawn parts of pages, in each process
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["hopluc.accounts.backend.Backend"]
SESSION_ENGINE = "hopluc.accounts.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"  # which sends whoever answers on to what is due
ACCOUNT_ADAPTER = "hopluc.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "hopluc.accounts.adapter.shown_name"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["hopluc.config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FILES = 20

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Tabler's form controls draw their marks as data:
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

SITE_URL = os.environ.get("HOPLUC_URL", "http://127.0.0.1:8000").rstrip("/")  # what links in messages begin with
EMAIL_HOST = os.environ.get("HOPLUC_SMTP_HOST", "")  # without one, messages stay in the outbox
EMAIL_PORT = int(os.environ.get("HOPLUC_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("HOPLUC_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HOPLUC_SMTP_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and os.environ.get("HOPLUC_SMTP_PLAIN") != "1"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("HOPLUC_MAIL_FROM", "hopluc@localhost")
WEBHOOK_URL = os.environ.get("HOPLUC_WEBHOOK_URL", "")
WEBHOOK_SECRET = os.environ.get("HOPLUC_WEBHOOK_SECRET", "")
WEBHOOK_PRIVATE = os.environ.get("HOPLUC_WEBHOOK_PRIVATE") == "1"  # it may lie within a private network, without https

UPLOAD_BYTES = 50_000_000  # of one file, as vanban reads
BIN_DAYS = 30  # what is deleted can be brought back so long
DRAFT_DAYS = (
    30  # so long Word and PDF files of reports that were not signed are kept; they can be made again at any time
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
