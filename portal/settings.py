"""Everything that can be configured, read from the environment (docs/OPERATIONS.md)."""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.unfold import UNFOLD  # noqa: F401  a setting

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
#: Embedded is what `make run` and the tests use: SQLite, files on disk, mail to the console.
EMBEDDED = env.bool("PORTAL_EMBEDDED", default=False) or "pytest" in sys.modules
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not EMBEDDED and not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set it to 50 or more random characters, or PORTAL_EMBEDDED=1 for a trial."
        )
    SECRET_KEY = "embedded-trial-only-not-for-production-0123456789abcdef"  # noqa: S105
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
SITE_URL = env.str("SITE_URL", default=f"http://{env.str('HOST', '127.0.0.1')}:{env.str('PORT', '8000')}").rstrip("/")
SECURE = SITE_URL.startswith("https:")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "portal.adminkit.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "django_fsm",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "simple_history",
    "portal",
    "portal.accounts",
    "portal.worktime",
    "portal.journal",
    "portal.numbering",
    "portal.files",
    "portal.links",
    "portal.notify",
    "portal.pdf",
    "portal.webkit",
    "portal.adminkit",
    "portal.exchange",
    "partners",
    "tickets",
    "kpi",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.adminkit.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.webkit.middleware.ProblemMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.webkit.context.brand",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases. The SQLite options were measured: with Django's defaults most writers meet 'database is locked'.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "portal.formats"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in (VAR_DIR / "assets",) if path.exists()]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or "pytest" in sys.modules
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = EMBEDDED
# A refused upload must be told in words by the form, so the parser takes a little more than files/ accepts.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="service@example.com")

#: Named channels besides mail (docs/OPERATIONS.md). The word SECRET keeps Django's error pages from printing it.
SECRET_NOTIFY_URLS = env.str("NOTIFY_URLS", default="")
#: Nobody is disturbed in these hours of Asia/Shanghai unless it is urgent; empty for never.
QUIET_HOURS = env.str("QUIET_HOURS", default="22:00-07:00")
#: A channel that has not worked for so long is told to the administrators.
NOTIFY_ALARM_MINUTES = env.int("NOTIFY_ALARM_MINUTES", default=30)
#: Tests set it: a declared place without value is an error there, and a dash in earnest.
NOTIFY_STRICT = False

#: So many minutes after registration the portal dispatches by itself; None leaves it to the desk (workflow `dispatch`).
AUTO_DISPATCH_MINUTES = env.int("AUTO_DISPATCH_MINUTES", default=None)

# Rows in our own database, written in the transaction of the change; tests use the same and run them by hand.
TASKS = {"default": {"BACKEND": env.str("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend"), "QUEUES": []}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with every form, and Django refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),  # Unfold's Alpine needs eval; the admin sends its own policy
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    },
}

#: What a brand sets to make the portal its own.
BRAND = {
    "name": env.str("BRAND_NAME", default="") or _("After-sales Service Portal"),
    "short_name": env.str("BRAND_SHORT_NAME", default="") or _("Service Portal"),
    "logo": env.str("BRAND_LOGO", default="portal/logo.svg"),
    "primary": env.str("BRAND_PRIMARY", default="#1f5fbf"),
    "hotline": env.str("BRAND_HOTLINE", default="400-800-1234"),
}

#: Programs in front of the web program whose X-Forwarded-For is believed; "" is a Unix socket.
TRUSTED_PROXIES = frozenset(env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"])) | {""}
#: Who fills the navigation of our own pages.
PAGE_NAVIGATION = "portal.page_navigation.items"
CSRF_FAILURE_VIEW = "portal.webkit.views.csrf_failure"
#: How many requests one address may send by the public form in an hour (K03).
REQUESTS_AN_HOUR = env.int("REQUESTS_AN_HOUR", default=30)

#: Exports of more rows are made in the background (F09); so many of one organisation may be under way (O05).
EXPORT_AT_ONCE = env.int("EXPORT_AT_ONCE", default=5000)
EXPORTS_AN_ORGANISATION = env.int("EXPORTS_AN_ORGANISATION", default=6)

IMPORT_EXPORT_USE_TRANSACTIONS = True
SIMPLE_HISTORY_FILEFIELD_TO_CHARFIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        # The level stands on the handler too: the task worker turns its own loggers up to INFO, a line or two a task.
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": env.str("LOG_LEVEL", default="WARNING"),
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
