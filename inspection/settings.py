"""Settings of the whole product: one file, driven by the environment, working with no environment at all.

Two modes. *Embedded* (the default): SQLite, jobs run by a child process of the web server, everything below
one data directory. *Production* (``WUZIJUE_MODE=production``): PostgreSQL, Redis, secrets from files; the
numbered checks in ``inspection.checks`` refuse to start a half-configured one.
"""

import hashlib
import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

PRODUCTION = env.str("WUZIJUE_MODE", default="embedded") == "production"
DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("WUZIJUE_DATA", default=str(BASE_DIR / "var"))).resolve()


def _secret(name: str) -> str:
    """A value that may lie in a file (``NAME_FILE``); an editor's last newline is no part of it."""
    return env.str(name, default="").strip()


def _embedded_secret() -> str:
    """The embedded mode's own key: made once, kept beside the data it protects."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


SECRET_KEY = _secret("SECRET_KEY") or ("" if PRODUCTION else _embedded_secret())
# Survey slips are matched by a keyed digest; a key of its own lets it be destroyed without ending sessions.
SURVEY_KEY = _secret("SURVEY_KEY") or (
    "" if PRODUCTION else hashlib.sha256(b"survey:" + SECRET_KEY.encode()).hexdigest()
)
# Clues about persons are encrypted with it; it lies apart from the database, so that a dump alone opens none.
CLUE_KEY = _secret("CLUE_KEY") or (
    "" if PRODUCTION else hashlib.sha256(b"clue:" + SECRET_KEY.encode()).hexdigest()
)
# One private key for each running survey: whoever holds it *and* a copy of the waiting answers could pair them.
SURVEY_KEYS_DIR = Path(env.str("SURVEY_KEYS_DIR", default=str(DATA_DIR / "keys")))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "core",
    "villages",
    "prep",
    "surveys",
    "ledgers",
    "findings",
    "reports",
    "rectification",
    "archives",
    "inspection",
]

MIDDLEWARE = [
    "core.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.NoStoreMiddleware",
    "core.middleware.ReadableAddressMiddleware",
    "core.middleware.ServiceErrorMiddleware",
    "villages.middleware.FirstPasswordMiddleware",
]

ROOT_URLCONF = "inspection.urls"
WSGI_APPLICATION = "inspection.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "inspection.context.shell",
            ],
            "builtins": ["core.templatetags.ui"],
        },
    }
]


# --- database ---------------------------------------------------------------------------------------------
_DATABASE_URL = _secret("DATABASE_URL")
if _DATABASE_URL:
    DATABASES = {"default": environ.Env.db_url_config(_DATABASE_URL)}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "wuzijue.sqlite3"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time: take the write lock when a transaction begins, and wait for it instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"].update(
        CONN_MAX_AGE=60,
        CONN_HEALTH_CHECKS=True,
        OPTIONS={
            "options": (
                "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
            )
        },
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- background jobs --------------------------------------------------------------------------------------
REDIS_URL = _secret("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
# Redelivery is the table's duty. Late acknowledgement would make the broker run jobs twice.
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
# Work by the clock, as task and seconds: rung by beat, or done by the embedded runner where there is no broker.
PERIODIC = {
    "surveys.tasks.mix": env.float("SURVEY_MIX_SECONDS", default=600.0),
    "surveys.tasks.forget": 3600.0,
    "core.tasks.drop_uploads": 3600.0,
}
CELERY_BEAT_SCHEDULE = {
    "reap-jobs": {"task": "core.reap_jobs", "schedule": env.float("JOB_REAP_SECONDS", default=15.0)},
    **{name: {"task": name, "schedule": seconds} for name, seconds in PERIODIC.items()},
}
# Without a broker the web processes look after a job runner; off where run_jobs is started by other means.
JOB_EMBEDDED = env.bool("JOB_EMBEDDED", default=True)
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", default=60.0)
JOB_HEARTBEAT_SECONDS = env.float("JOB_HEARTBEAT_SECONDS", default=20.0)
JOB_BACKOFF_SECONDS = [float(x) for x in env.list("JOB_BACKOFF_SECONDS", default=["30", "120", "600"])]
JOB_EXTRA_MODULES = env.list("JOB_EXTRA_MODULES", default=[])

# --- the vault --------------------------------------------------------------------------------------------
# The local socket on which the process that opens sealed parts is asked; without one, web processes start their own.
VAULT_SOCKET = env.str("VAULT_SOCKET", default="")
VAULT_EMBEDDED = env.bool("VAULT_EMBEDDED", default=not PRODUCTION)

# --- people and sessions ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "villages.User"
LOGIN_URL = "villages:login"
LOGIN_REDIRECT_URL = "inspection:desk"
LOGOUT_REDIRECT_URL = "villages:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

# --- language, time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
if not PRODUCTION:
    # Nobody collects files here; an empty folder keeps the static middleware from warning at each start.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
# Files sent in pieces: the largest piece (below every proxy's limit), how long a half-sent file waits for its sender,
# and how many bytes and files of one person may wait at a time.
UPLOAD_PIECE_BYTES = 4 * 1024 * 1024
UPLOAD_KEEP_HOURS = 72
UPLOAD_WAITING_BYTES = 2 * 1024 * 1024 * 1024
UPLOAD_WAITING_FILES = 100
# LibreOffice, which makes the PDFs; searched in the path when empty.
SOFFICE = ""

# --- what the browser may do --------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only this address's X-Real-IP is believed; empty means that no proxy stands in front.
TRUSTED_PROXY = env.str("TRUSTED_PROXY", default="")
HTTPS = env.bool("WUZIJUE_HTTPS", default=PRODUCTION)
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # The proxy's and the orchestrator's own probe speaks plain HTTP inside the network.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"level": "WARNING"}, "waitress.queue": {"level": "ERROR"}},
}
