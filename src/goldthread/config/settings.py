"""Django's settings. Every default is safe in production; docs/how-to/run-it.md lists them."""

from typing import Any

from csp.constants import NONE, SELF

from goldthread.config import accounts
from goldthread.config.environment import LOOPBACK, read_environment
from goldthread.config.static import static_settings
from goldthread.records.postgres import Address

ENVIRONMENT = read_environment()


def _database(address: Address) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": address.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, "application_name": "goldthread"},
    }


DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

# The site only ever uses "default", which may read and write rows but owns nothing.
# "owner" is for `goldthread migrate` alone.
DATABASES = {"default": _database(ENVIRONMENT.app), "owner": _database(ENVIRONMENT.owner)}
DATABASE_ROUTERS = ["goldthread.records.routing.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # Before allauth, so that our templates stand in place of its own.
    "goldthread.web",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "ninja",
    "goldthread.records",
]
# History rows are written by triggers; nothing of a request is put into every statement.
PGHISTORY_MIDDLEWARE_METHODS: tuple[str, ...] = ()

# How people sign in is settled in accounts.py.
globals().update({name: said for name, said in vars(accounts).items() if name.isupper()})
globals().update(accounts.for_site(https=ENVIRONMENT.https, mail=ENVIRONMENT.mail))
# One-click sign-in as invented people; read_environment refuses it anywhere but on this machine.
DEMO = ENVIRONMENT.demo
# A server then makes no comparison before somebody asks for it (web/warm.py).
COLD = ENVIRONMENT.cold

# Public pages have no session and do not touch the database; `signed_in_pages` adds both to the
# pages of people who sign in.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "goldthread.web.work.doors.signed_in_pages",
    "allauth.account.middleware.AccountMiddleware",
]

# Uploads stay in memory: a plan is never written to the disk, not even for a moment.
FILE_UPLOAD_HANDLERS = ["goldthread.web.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 160 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 40

ROOT_URLCONF = "goldthread.config.urls"
WSGI_APPLICATION = "goldthread.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "goldthread.web.layout.layout",
                "goldthread.web.work.layout.layout",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

_STATIC = static_settings(ENVIRONMENT.home)
STATIC_URL = "/static/"
STATIC_ROOT = _STATIC.root
STORAGES = {"staticfiles": {"BACKEND": _STATIC.backend}}
WHITENOISE_USE_FINDERS = not _STATIC.collected
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Set GOLDTHREAD_HTTPS=1 behind a proxy that ends TLS and sets X-Forwarded-Proto.
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = ENVIRONMENT.https
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https
if ENVIRONMENT.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The proxy's health check speaks plain HTTP on the loopback.
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    ALLOWED_HOSTS += [host for host in LOOPBACK if host not in ALLOWED_HOSTS]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that was not found is not news; Django logs each as a warning.
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
