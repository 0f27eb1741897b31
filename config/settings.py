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
from urllib.parse import parse_qsl, urlsplit

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from environs import Env
from kombu import Queue

from config import logs, memory, services

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
# The site's own address, for what is written without a request: dumps, webhooks, e-mail.
SITE_URL: str = env.str("SITE_URL", f"http://127.0.0.1:{env.str('PORT', '8000')}").rstrip("/")
# Where people write who find a mistake or want a page taken back: an e-mail or web address.
CORRECTIONS_CONTACT: str = env.str("CORRECTIONS_CONTACT", "")
# No socket to the outside is opened; set by `make demo`.
OFFLINE: bool = env.bool("OFFLINE", False)

# ---------------------------------------------------------------- applications

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # The admin finds its classes with the addresses (config/urls.py): workers and commands need none of them.
    "django.contrib.admin.apps.SimpleAdminConfig",
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
    "config.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.policy.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Before anybody looks into what was posted.
    "talent.uploads.UploadLimit",
    "talent.history.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "talent.membership.gate.SecondFactorMiddleware",
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

DATABASE_POOL: int = env.int("DATABASE_POOL", 8)


def _database(url: str) -> dict[str, Any]:
    """A server with a pool of connections; what the address says of TLS (sslmode and the like) holds."""
    parsed = _parsed(url)
    return {
        **parsed,
        "ATOMIC_REQUESTS": False,
        # A pooled connection is tried before it is handed out.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **parsed.get("OPTIONS", {}),
            "connect_timeout": 5,
            # psycopg's own pool; a waiting reader gets an error sooner than a hung page. It gives a lost connection up
            # soon, so that the next reader tries anew: by itself it would wait longer from try to try, and keep readers
            # out for minutes after the database is back.
            "pool": False
            if TESTING
            else {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5, "reconnect_timeout": 3},
            "server_side_binding": True,
        },
    }


DATABASES: dict[str, Any] = {"default": _database(DATABASE_URL)}
# A streaming replica for whoever reads without signing in, while it is at most so far behind; see config/router.py.
REPLICA_URL: str = env.str("REPLICA_URL", "")
REPLICA_LAG_SECONDS: float = env.float("REPLICA_LAG_SECONDS", 5.0)
if REPLICA_URL:
    DATABASES["replica"] = {**_database(REPLICA_URL), "TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["config.router.ReplicaRouter"]
    MIDDLEWARE.insert(MIDDLEWARE.index("django.middleware.common.CommonMiddleware"), "config.router.ReplicaMiddleware")


def _archive(url: str) -> dict[str, Any]:
    """Where bytes as fetched are kept: a folder, or s3://BUCKET/PREFIX?endpoint=https://…&region=…"""
    parts = urlsplit(url)
    if not url or parts.scheme == "file":
        folder = parts.path or str(VAR_DIR / "archive")
        return {"BACKEND": "articles.archive.FolderStorage", "OPTIONS": {"location": folder, "base_url": None}}
    known = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.netloc or set(known) - {"endpoint", "region"}:
        raise ImproperlyConfigured(
            "ARCHIVE_URL must be s3://BUCKET/PREFIX?endpoint=https://…&region=… or file:///FOLDER."
        )
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/")}
    options |= {"endpoint_url": known["endpoint"]} if "endpoint" in known else {}
    options |= {"region_name": known["region"]} if "region" in known else {}
    return {"BACKEND": "articles.bucket.BucketStorage", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Bytes as fetched, compressed, named by their hash.
    "archive": _archive(env.str("ARCHIVE_URL", "")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ---------------------------------------------------------------- Celery

# Celery's name for a Unix socket is another than redis-py's.
CELERY_BROKER_URL = re.sub(r"^unix://(.*)\?db=", r"redis+socket://\1?virtual_host=", REDIS_URL)
# Messages may go through RabbitMQ instead; the proof that workers work stays in Redis.
if BROKER_URL := env.str("BROKER_URL", ""):
    if not re.match(r"(amqps?|rediss?)://", BROKER_URL):
        raise ImproperlyConfigured("BROKER_URL must be amqp://USER:PASSWORD@HOST:5672/VHOST or redis://HOST:6379/0.")
    CELERY_BROKER_URL = BROKER_URL
if TESTING:  # a unit test has no worker: its messages stay in memory
    CELERY_BROKER_URL = "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 1)
# So much all processes of a worker may take together; as it comes, what its control group says.
WORKER_MEMORY: int | None = env.int("WORKER_MEMORY_MB", 0) * 1_000_000 or memory.allowed()
# Where that leaves no room for a child, the worker does the work itself.
CELERY_WORKER_POOL = "solo" if WORKER_MEMORY and WORKER_MEMORY < memory.FOR_A_CHILD else "prefork"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
_PATIENCE = ("max_retries", "interval_start", "interval_step", "interval_max")
# The visibility time-out must exceed every task's time limit; kombu scans for abandoned messages only
# every interval x throttle seconds, so both are short.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "unacked_restore_interval": 5,
    "unacked_restore_limit": 1000,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    # A program that sends a message does not wait for a broker that is away; workers go on trying.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
if CELERY_BROKER_URL.startswith("amqp"):
    # RabbitMQ gives back by itself what a dead worker held, and says when it has a message safely.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "confirm_publish": True,
        "connect_timeout": 2,
        **{name: CELERY_BROKER_TRANSPORT_OPTIONS[name] for name in _PATIENCE},
    }
# A page must not hang because the broker is away: the row waits, and the sweep finds it.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
# Each worker has a queue of its own beside the common one: there it asks itself for a proof that it takes tasks.
CELERY_WORKER_DIRECT = True
# A worker that takes nothing for so long, although it has nothing in hand and the broker answers, ends itself.
WORKER_STUCK_SECONDS: float = env.float("WORKER_STUCK_SECONDS", 60.0)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
# In kilobytes, at its largest and with what it shares; behind the document that took more, a child makes room for a
# fresh one, which is there at once (config/memory.py).
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 230_000
# The schedule is a constant of the code: nothing to keep in a file, nothing to be found damaged.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    # Takes up rows whose message was lost and rows that a dead worker held.
    "sweep": {"task": "talent.tasks.sweep", "schedule": env.float("SWEEP_SECONDS", 10.0), "options": {"expires": 30}},
    # Every night at this hour (UTC) each quote is looked up in its stored text again.
    "verify": {"task": "talent.tasks.verify", "schedule": crontab(hour="3", minute="17"), "options": {"expires": 3600}},
    # Looks every so often whether the digest of the day before has gone out.
    "digest": {"task": "talent.tasks.digest", "schedule": crontab(minute="*/15"), "options": {"expires": 600}},
    # Counts moves anew, once a day and where PUBLISH has changed, and compares with what was counted as they came.
    "tally": {"task": "talent.tasks.tally", "schedule": crontab(minute="41"), "options": {"expires": 1800}},
    # Tells webhooks of what happened, and tries again what they did not take.
    "tell": {"task": "talent.tasks.tell", "schedule": 5.0, "options": {"expires": 5}},
    # Shows alerts what happened, and sends the letters that are due.
    "watch": {"task": "talent.tasks.watch", "schedule": 10.0, "options": {"expires": 10}},
    # Looks every so often whether tonight's dump is there.
    "dump": {"task": "talent.tasks.dump", "schedule": crontab(minute="23"), "options": {"expires": 1800}},
    # Proves that a worker takes tasks and finishes them.
    "probe": {"task": "config.probe", "schedule": 10.0, "options": {"expires": 10}},
}
# What the clock asks for has a queue of its own, which workers take from in turn with the common one: behind a long
# queue of work the sweep would come too late, and the proof that a worker works would never be given.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("clock")]
CELERY_TASK_ROUTES = {entry["task"]: {"queue": "clock"} for entry in CELERY_BEAT_SCHEDULE.values()}

# ---------------------------------------------------------------- intake

# A page larger than this is refused before it is parsed.
MAX_DOCUMENT_BYTES: int = env.int("MAX_DOCUMENT_BYTES", 10_000_000)
# So much may be sent to a form at once; a box of letters among it may be as large.
MAX_UPLOAD_BYTES: int = env.int("MAX_UPLOAD_BYTES", 200_000_000)
# A stage that failed for a passing reason is tried this often; then it waits for an operator.
MAX_ATTEMPTS: int = env.int("MAX_ATTEMPTS", 5)
# A row taken by a worker is free again after this many seconds.
LEASE_SECONDS: int = env.int("LEASE_SECONDS", 300)
# The first wait between two tries of one row; each later one is four times as long.
RETRY_SECONDS: int = env.int("RETRY_SECONDS", 30)
# A row that nothing has happened to for so long is enqueued once more by the sweep.
SWEEP_AFTER_SECONDS: float = env.float("SWEEP_AFTER_SECONDS", 30.0)
# So long a worker waits for a database that is gone, to give back what it had in hand.
DATABASE_PATIENCE_SECONDS: float = env.float("DATABASE_PATIENCE_SECONDS", 60.0)
# For tests against a server on this machine: private addresses and any port are let through.
FETCH_ALLOW_PRIVATE: bool = env.bool("FETCH_ALLOW_PRIVATE", False)
FETCH_TIMEOUT_SECONDS: float = env.float("FETCH_TIMEOUT_SECONDS", 20.0)
# How the owners of sites reach whoever runs this: an e-mail or web address, sent with every request.
FETCH_CONTACT: str = env.str("FETCH_CONTACT", CORRECTIONS_CONTACT)
_CONTACT = f"+{FETCH_CONTACT}; " if FETCH_CONTACT else ""
# Its first word, up to the slash, is the name that a robots.txt knows this program by.
USER_AGENT: str = env.str("USER_AGENT", f"TalentLedger/0.1 ({_CONTACT}open-source research index)")
# Seconds between two requests to one host; its robots.txt may ask for more, up to the second number.
FETCH_DELAY_SECONDS: float = env.float("FETCH_DELAY_SECONDS", 2.0)
FETCH_LONGEST_DELAY_SECONDS: float = env.float("FETCH_LONGEST_DELAY_SECONDS", 60.0)
# A feed is polled between these two intervals, by how often it brings something new.
POLL_SHORTEST_SECONDS: int = env.int("POLL_SHORTEST_SECONDS", 900)
POLL_LONGEST_SECONDS: int = env.int("POLL_LONGEST_SECONDS", 86_400)
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
# How much of an article readers see, here and in the API: "quotes" with sentences of context around them, or "all".
SHOW_TEXT: str = env.str("SHOW_TEXT", "quotes")
if SHOW_TEXT not in ("quotes", "all"):
    raise ImproperlyConfigured('SHOW_TEXT must be "quotes" or "all".')
QUOTE_SENTENCES: int = env.int("QUOTE_SENTENCES", 1)
if not 0 <= QUOTE_SENTENCES <= 5:
    raise ImproperlyConfigured("QUOTE_SENTENCES must be a number of sentences between 0 and 5.")

# ---------------------------------------------------------------- dumps

DUMPS_DIR = Path(env.str("DUMPS_DIR", "") or VAR_DIR / "dumps")
DUMPS_KEPT: int = env.int("DUMPS_KEPT", 7)

# ---------------------------------------------------------------- backups

BACKUP_DIR = Path(env.str("BACKUP_DIR", "") or VAR_DIR / "backups")
BACKUPS_KEPT: int = env.int("BACKUPS_KEPT", 7)
# When `manage.py backup --daily` writes a set (UTC).
BACKUP_AT: str = env.str("BACKUP_AT", "01:40")

# ---------------------------------------------------------------- mail

# Confirmations of addresses, alerts, answers to those who asked for a correction. Without a host they are written as
# files, for an operator to read.
EMAIL_HOST: str = env.str("EMAIL_HOST", "")
EMAIL_PORT: int = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER: str = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL: str = env.str("MAIL_FROM", "corrections@localhost")

# The daily digest goes to these addresses; without any, to every administrator's.
DIGEST_TO: list[str] = env.list("DIGEST_TO", [])

# ---------------------------------------------------------------- accounts

# Who may make an account: "open" to everybody, or "closed" to all but those whom an administrator enters. Where no
# server sends the mail that confirms an address, the open Internet finds it closed.
SIGN_UP: str = env.str("SIGN_UP", "") or ("open" if EMAIL_HOST or not PRODUCTION else "closed")
if SIGN_UP not in ("open", "closed"):
    raise ImproperlyConfigured('SIGN_UP must be "open" or "closed".')
# Whoever has a role (editors, administrators) signs in with a passkey, or with a code beside the password.
REQUIRE_SECOND_FACTOR: bool = env.bool("REQUIRE_SECOND_FACTOR", PRODUCTION)

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "talent.membership.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "talent.membership.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_SESSION_REMEMBER = True
# talent/signin.py counts instead, in the database, for all processes in one place.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "talent.membership.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "talent.membership.forms.CodeForm",
    "reauthenticate": "talent.membership.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# Nobody with an unconfirmed address gets in at all, but for those to whom an administrator gave a role.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Passkeys at http://localhost, on one's own machine; browsers know none for a bare number such as 127.0.0.1.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

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
LOGIN_REDIRECT_URL = "account"
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

# So many requests a minute one network may make to the API without a key; 0 for no limit.
API_REQUESTS_A_MINUTE: int = env.int("API_REQUESTS_A_MINUTE", 0 if TESTING else 600)
# How many texts one network may have compared with the ledger in a minute; 0 for any number.
TEXTS_A_MINUTE: int = env.int("TEXTS_A_MINUTE", 0 if TESTING else 20)
# How many lists one network may take as files in a minute; 0 for any number.
DOWNLOADS_A_MINUTE: int = env.int("DOWNLOADS_A_MINUTE", 0 if TESTING else 20)
# Streams of events, and lists being downloaded, that one process holds open at once; each keeps a thread.
EVENT_STREAMS: int = env.int("EVENT_STREAMS", 2)
DOWNLOADS_AT_ONCE: int = env.int("DOWNLOADS_AT_ONCE", 2)

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
# So many requests a minute may be made with one key to the API's writing calls.
API_KEY_REQUESTS_A_MINUTE: int = env.int("API_KEY_REQUESTS_A_MINUTE", 120)
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
# Who asks for /metrics from elsewhere than this machine shows this as a bearer token; without one they are refused.
METRICS_TOKEN: str = env.str("METRICS_TOKEN", "")
# Where traces are sent to (the base address of an OTLP collector over HTTP), under which name, and what share of them;
# and the Sentry that is told of failures. See config/tracing.py.
OTEL_EXPORTER_OTLP_ENDPOINT: str = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "")
OTEL_SERVICE_NAME: str = env.str("OTEL_SERVICE_NAME", "talent-ledger")
OTEL_TRACES_SAMPLER_ARG: float = env.float("OTEL_TRACES_SAMPLER_ARG", 1.0)
SENTRY_DSN: str = env.str("SENTRY_DSN", "")
# A task's log lines carry the id of the request that asked for it.
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# ---------------------------------------------------------------- one machine (`make run`) and the web server

BIND: str = env.str("BIND", "127.0.0.1")
PORT: str = env.str("PORT", "8000")
WEB_CONCURRENCY: int = env.int("WEB_CONCURRENCY", 2)
WEB_THREADS: int = env.int("WEB_THREADS", 4)
# Requests that wait for a free thread of one process; whoever comes beyond them is told at once to come back (503).
WEB_QUEUE: int = env.int("WEB_QUEUE", 8 * WEB_THREADS)
