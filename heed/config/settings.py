"""Settings: every one from the environment, with a safe default for one machine."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import dj_database_url

from heed.core.records.explained import Explained

DATA = Path(os.environ.get("HEED_DATA") or "heed-data")
POLICY = Path(os.environ.get("HEED_POLICY", Path(__file__).parents[2] / "policy"))
DATABASE_URL = os.environ.get("HEED_DATABASE_URL", "")
LINKING_ENGINE = os.environ.get("HEED_ENGINE", "") or "duckdb"

DEBUG = False
ALLOWED_HOSTS = os.environ.get("HEED_HOSTS", "127.0.0.1,localhost").split(",")
ROOT_URLCONF = "heed.config.urls"
WSGI_APPLICATION = "heed.config.wsgi.application"
AUTH_USER_MODEL = "casework.Professional"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"


def _secret_key() -> str:
    """The installation's own secret, made once and kept beside its keys."""
    given = os.environ.get("HEED_SECRET_KEY")
    if given:
        return given
    file = DATA / "keys" / "session.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.parent.chmod(0o700)
        # Written beside it and then linked: whoever starts at the same moment never reads half a key.
        fresh = file.with_name(f"session.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "heed.casework",
    "heed.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "heed.web.middleware.NothingIsKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
]

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "heed.web.banner.emergencies",
            ]
        },
    }
]

if DATABASE_URL:
    if not DATABASE_URL.startswith(("postgres://", "postgresql://")):
        raise Explained(
            "HEED_DATABASE_URL does not name a PostgreSQL: write postgresql://user:password@host:5432/name, or leave "
            "it out to keep everything in SQLite under the data folder."
        )
    # Health checks: after the database was away, the next request opens a new connection instead of failing.
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "heed.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a saved record survives a power cut. NORMAL would lose acknowledged ones.
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-65536;",
            },
        }
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]

STATIC_URL = "/static/"
# No collected copy: WhiteNoise serves the files where the apps keep them.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Behind a proxy that ends TLS and sets X-Forwarded-Proto and X-Forwarded-For itself: cookies never travel in the clear.
HTTPS = os.environ.get("HEED_HTTPS", "0") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

# How long an invitation lasts, through which somebody chooses a password: a weekend.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "heed.web.views.refused.csrf_failure"
# Files are held in memory until they are sealed: never in the clear in a folder for temporary ones.
FILE_UPLOAD_HANDLERS = ["heed.web.uploads.Bounded"]
# A record may hold a million characters; a browser sends each as up to twelve bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"patterns": {"()": "heed.config.addresses.PatternsOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["patterns"]}},
    # Addresses that are not there are not written down: somebody may have typed a name into one.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
