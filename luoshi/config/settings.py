"""Django's settings, from the table of options."""

from __future__ import annotations

from pathlib import Path

from luoshi.config import databases
from luoshi.config.options import read_options
from luoshi.config.secret import secret_key

options = read_options()

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = Path(options["DATA"]).resolve()
KEYS_FOLDER = Path(options["KEYS"]).resolve()
OFFICE = options["OFFICE"]
SITE = options["SITE"]

SECRET_KEY = secret_key(KEYS_FOLDER)
DEBUG = options["DEBUG"]
ALLOWED_HOSTS = options["HOSTS"]
CSRF_TRUSTED_ORIGINS = options["ORIGINS"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "luoshi.ledger",
    "luoshi.org",
    "luoshi.intake",
    "luoshi.programme",
    "luoshi.delivery",
    "luoshi.portal",
    "luoshi.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luoshi.web.middleware.PolicyMiddleware",
    "luoshi.web.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_USER_MODEL = "org.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "luoshi.web.account.views.locked_out"
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:desk"
CSRF_FAILURE_VIEW = "luoshi.web.errors.csrf_failed"

ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"

DATABASES = {
    "default": databases.postgresql(options["DATABASE"])
    if options["DATABASE"]
    else databases.sqlite(DATA_FOLDER)
}
OWNER_DATABASE = options["OWNER_DATABASE"]
APPLICATION_ROLE = (
    databases.postgresql(options["APPLICATION_DATABASE"])["USER"]
    if options["APPLICATION_DATABASE"]
    else ""
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "luoshi.web.context.shell",
            ],
        },
    }
]

SESSION_COOKIE_AGE = options["IDLE_MINUTES"] * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options["HTTPS"]
SECURE_HSTS_SECONDS = 31_536_000 if options["HTTPS"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = options["HTTPS"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
