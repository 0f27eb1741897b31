"""Every setting of the project, in sections; every environment variable is read here and nowhere else."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import logs, services

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
env = Env()
if not TESTING:  # tests do not depend on what an operator wrote down
    env.read_env(str(BASE_DIR / ".env"), recurse=False)

# ---------------------------------------------------------------- place and mode

DEBUG: bool = env.bool("DEBUG", False)
# Tests without a VAR_DIR work in a folder that is thrown away; whoever made it removes it, workers only inherit it.
THROWAWAY_OWNER = TESTING and not env.str("VAR_DIR", "")
if THROWAWAY_OWNER:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="talent-ledger-tests-")
# Everything the project writes: the embedded services' data, the archive of fetched bytes, the secret key.
VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var").resolve()
THROWAWAY = VAR_DIR.name.startswith("talent-ledger-tests-")
# True where the operator brings no PostgreSQL: one machine, one user, served on the loopback address.
EMBEDDED_DATABASE = not env.str("DATABASE_URL", "")
EMBEDDED_BROKER = not env.str("REDIS_URL", "")
# Set by the container image. Without it the site answers to this machine's own names only.
PRODUCTION: bool = env.bool("PRODUCTION", False)


def _secret_key() -> str:
    """The operator's key; on a single machine without one, a random key kept in VAR_DIR."""
    if key := env.str("SECRET_KEY", ""):
        if PRODUCTION and (len(key) < 50 or len(set(key)) < 5):
            raise ImproperlyConfigured("SECRET_KEY is weak: set it to at least 50 random characters.")
        return key
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY is not set: set it to at least 50 random characters.")
    path = VAR_DIR / "secret-key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(services.explain(error, VAR_DIR)) from error


def _write_once(path: Path, text: str) -> None:
    """Write a file that only this user can read; of several writers at once, one wins and no reader sees half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()


SECRET_KEY = _secret_key()
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", []) + ([] if PRODUCTION else LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_NAME = "Talent Ledger"
# Where people write who find a mistake or want a page taken back: an e-mail or web address.
CORRECTIONS_CONTACT: str = env.str("CORRECTIONS_CONTACT", "")
# No socket to the outside is opened; set by `make demo`.
OFFLINE: bool = env.bool("OFFLINE", False)

# ---------------------------------------------------------------- applications

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "articles",
    "talent",
    "config.apps.RoofConfig",
]

MIDDLEWARE = [
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "talent.history.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "talent.api.middleware.ApiMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        # The site's own pages: Jinja2 renders a page of 50 rows in about a third of the time.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "talent.templatetags.jinja.environment", "extensions": ["jinja2.ext.i18n"]},
    },
    {
        # The admin, and pages of packages.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# ---------------------------------------------------------------- database, broker, archive

DATABASE_URL: str = env.str("DATABASE_URL", "") or services.database_url(VAR_DIR)
REDIS_URL: str = env.str("REDIS_URL", "") or services.redis_url(VAR_DIR)


DATABASE_FORM = "write postgresql://USER:PASSWORD@HOST/NAME"


def _parsed(url: str) -> dict[str, Any]:
    """Django's form of a PostgreSQL address."""
    try:
        parsed = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not an address: {DATABASE_FORM}.") from error
    if parsed.get("ENGINE") != "django.db.backends.postgresql" or not parsed.get("NAME"):
        raise ImproperlyConfigured(f"DATABASE_URL must name a PostgreSQL database: {DATABASE_FORM}.")
    return parsed


if not re.match(r"(redis|rediss|unix)://", REDIS_URL):
    raise ImproperlyConfigured("REDIS_URL must be the address of a Redis or Valkey: redis://HOST:6379/0.")

DATABASES: dict[str, Any] = {
    "default": {
        **_parsed(DATABASE_URL),
        "ATOMIC_REQUESTS": False,
        # A pooled connection is tried before it is handed out.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            # psycopg's own pool; a waiting reader gets an error sooner than a hung page.
            "pool": False if TESTING else {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8), "timeout": 5},
            "server_side_binding": True,
        },
    }
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Bytes as fetched, compressed, named by their hash.
    "archive": {
        "BACKEND": "articles.archive.FolderStorage",
        "OPTIONS": {"location": str(VAR_DIR / "archive"), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ---------------------------------------------------------------- Celery

# Celery's name for a Unix socket is another than redis-py's.
CELERY_BROKER_URL = re.sub(r"^unix://(.*)\?db=", r"redis+socket://\1?virtual_host=", REDIS_URL)
if TESTING:  # a unit test has no worker: its messages stay in memory
    CELERY_BROKER_URL = "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 1)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The visibility time-out must exceed every task's time limit; kombu scans for abandoned messages only
# every interval x throttle seconds, so both are short.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "unacked_restore_interval": 5,
    "unacked_restore_limit": 1000,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
# A page must not hang because the broker is away: the row waits, and the sweep finds it.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 800_000
# The schedule is a constant of the code: nothing to keep in a file, nothing to be found damaged.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    # Takes up rows whose message was lost and rows that a dead worker held.
    "sweep": {"task": "talent.tasks.sweep", "schedule": env.float("SWEEP_SECONDS", 10.0), "options": {"expires": 30}},
    # Every night at this hour (UTC) each quote is looked up in its stored text again.
    "verify": {"task": "talent.tasks.verify", "schedule": crontab(hour="3", minute="17"), "options": {"expires": 3600}},
    # Proves that a worker takes tasks and finishes them.
    "probe": {"task": "config.probe", "schedule": 10.0, "options": {"expires": 10}},
}

# ---------------------------------------------------------------- intake

# A page larger than this is refused before it is parsed.
MAX_DOCUMENT_BYTES: int = env.int("MAX_DOCUMENT_BYTES", 10_000_000)
# A stage that failed for a passing reason is tried this often; then it waits for an operator.
MAX_ATTEMPTS: int = env.int("MAX_ATTEMPTS", 5)
# A row taken by a worker is free again after this many seconds.
LEASE_SECONDS: int = env.int("LEASE_SECONDS", 300)
# For tests against a server on this machine: private addresses and any port are let through.
FETCH_ALLOW_PRIVATE: bool = env.bool("FETCH_ALLOW_PRIVATE", False)
FETCH_TIMEOUT_SECONDS: float = env.float("FETCH_TIMEOUT_SECONDS", 20.0)
USER_AGENT: str = env.str("USER_AGENT", "TalentLedger/0.1 (+https://example.org/about; open-source research index)")
# "rules", "llm" or "both".
EXTRACTOR: str = env.str("EXTRACTOR", "rules")
LLM_BASE_URL: str = env.str("LLM_BASE_URL", "")
LLM_MODEL: str = env.str("LLM_MODEL", "")
LLM_API_KEY: str = env.str("LLM_API_KEY", "")
LLM_TIMEOUT_SECONDS: float = env.float("LLM_TIMEOUT_SECONDS", 60.0)
LLM_MAX_CHARACTERS: int = env.int("LLM_MAX_CHARACTERS", 6_000)
# US dollars for a million tokens, for the costs shown with each article.
LLM_PROMPT_PRICE: Decimal = env.decimal("LLM_PROMPT_PRICE", Decimal(0))
LLM_COMPLETION_PRICE: Decimal = env.decimal("LLM_COMPLETION_PRICE", Decimal(0))
# What counts as published: "all" (with its status shown), "reviewed", or a certainty such as "0.8".
PUBLISH: str = env.str("PUBLISH", "all")
if PUBLISH not in ("all", "reviewed") and not re.fullmatch(r"0?\.\d+|[01](\.0+)?", PUBLISH):
    raise ImproperlyConfigured('PUBLISH must be "all", "reviewed", or a certainty between 0 and 1, such as "0.8".')

# ---------------------------------------------------------------- mail

# Answers to those who asked for a correction. Without a host they are printed, for an operator to read.
EMAIL_HOST: str = env.str("EMAIL_HOST", "")
EMAIL_PORT: int = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER: str = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL: str = env.str("MAIL_FROM", "corrections@localhost")

# ---------------------------------------------------------------- language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---------------------------------------------------------------- static files and security

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", "") or VAR_DIR / "static")

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000

# ---------------------------------------------------------------- API

REST_FRAMEWORK = {
    # Reading needs no credentials; no cookie is looked at.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["talent.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["talent.api.filtering.NounFilters"],
    "DEFAULT_PAGINATION_CLASS": "talent.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "talent.api.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Talent Ledger API",
    "DESCRIPTION": "Companies, people, moves, compensation reports and hiring signals, each with its quote.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "Status": "talent.models.Status",
        "MoveKind": "talent.models.MoveKind",
        "CompensationKind": "talent.models.CompensationKind",
        "Component": "talent.models.Component",
        "Metric": "talent.models.Metric",
        "ClaimKind": "talent.models.ClaimKind",
        "ClaimOrigin": "talent.models.ClaimOrigin",
        "Review": "talent.models.Review",
        "EvidenceState": "talent.models.EvidenceState",
        "AttributionKind": "talent.models.AttributionKind",
        "AliasKind": "talent.models.AliasKind",
        "ArticleState": "articles.models.Article.State",
    },
}

# ---------------------------------------------------------------- logs

LOG_FORMAT: str = env.str("LOG_FORMAT", "json" if PRODUCTION else "console")
LOG_LEVEL: str = env.str("LOG_LEVEL", "INFO")
LOGGING = logs.configured(form=LOG_FORMAT, level=LOG_LEVEL)
# A task's log lines carry the id of the request that asked for it.
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# ---------------------------------------------------------------- one machine (`make run`) and the web server

BIND: str = env.str("BIND", "127.0.0.1")
PORT: str = env.str("PORT", "8000")
WEB_CONCURRENCY: int = env.int("WEB_CONCURRENCY", 2)
WEB_THREADS: int = env.int("WEB_THREADS", 4)
