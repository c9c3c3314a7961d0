"""Settings, all from the environment (docs/reference/settings.md lists every name, its type and its default).

A missing or malformed value stops the start with one clear line; nothing is guessed in production. Where DATABASE_URL
is absent the embedded PostgreSQL is meant (config/embedded.py), for one machine only: the demo and the tests.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import embedded
from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

env = environ.Env()

# The demo and the tests say so themselves; anything else is production and must bring its own secrets.
MODE = env.str("GATEHOUSE_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"GATEHOUSE_MODE must be production, demo or test, not {MODE!r}.")
PRODUCTION = MODE == "production"
DEBUG = False

SECRET_KEY = env.str("SECRET_KEY") if PRODUCTION else env.str("SECRET_KEY", default=f"only-for-{MODE}-" + "x" * 50)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS") if PRODUCTION else ["localhost", "127.0.0.1", "testserver"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "records.apps.RecordsConfig",
    "people.apps.PeopleConfig",
    "products.apps.ProductsConfig",
    "metrics.apps.MetricsConfig",
    "roadmaps.apps.RoadmapsConfig",
    "governance.apps.GovernanceConfig",
    "portfolio.apps.PortfolioConfig",
    "config.apps.GatehouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "simple_history",
    "csp",
    "django_structlog",
    "django_celery_beat",
]

MIDDLEWARE = [
    "config.wire.WireMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "metrics.middleware.MachineMiddleware",
    "people.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.PersonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "records.middleware.ActMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "people.frame.frame",
            ],
            "builtins": [
                "people.templatetags.gatehouse",
                "people.templatetags.pages",
                "django.templatetags.i18n",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Database ---------------------------------------------------------------------------------------------------------
# Migrations run as the owner (DATABASE_OWNER_URL); everything else as a role that cannot change the trail.
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", default=embedded.APP_ROLE)
_url = env.str("DATABASE_URL", default="") or embedded.database_url(BASE_DIR)
DATABASES = {"default": environ.Env.db_url_config(_url)}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (postgresql://user:password@host/name).")
# A socket folder comes as ?host=…: moved where Django's dbshell and tests look for it as well.
DATABASES["default"]["HOST"] = DATABASES["default"].get("OPTIONS", {}).pop("host", DATABASES["default"]["HOST"])
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
# Who meets a lock that is not given back hears so (503) instead of holding a thread for ever; and a name means a table of ours.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=30s -c search_path=public,pg_temp")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis is the courier and the cache where it is given; without it the outbox and the database do (decisions: jobs).
REDIS_URL = env.str("REDIS_URL", default="")
CACHE_URL = env.str("CACHE_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    # Room for every limit that counts: a fuller cache would throw entries away, and with them who guessed how often.
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "records_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Celery has its own word for a Redis behind a unix socket.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)

# People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.backend.PersonBackend"]
ACCOUNT_ADAPTER = "people.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that strangers type
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# How long somebody who gave password or second factor may act in a way that binds, before being asked again.
CONFIRM_IDENTITY_MINUTES = env.int("CONFIRM_IDENTITY_MINUTES", default=10)
ACCOUNT_FORMS = {
    "login": "people.forms.account.SignInForm",
    "reset_password": "people.forms.account.ForgottenPasswordForm",
    "reset_password_from_key": "people.forms.account.ChoosePasswordForm",
    "change_password": "people.forms.account.ChangePasswordForm",
    "reauthenticate": "people.forms.account.ConfirmPasswordForm",
}
MFA_ADAPTER = "people.accounts.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "people.forms.second_factor.SignInCodeForm",
    "reauthenticate": "people.forms.second_factor.ConfirmCodeForm",
}
# "required": who sits on a board or administers must have a second factor; "optional": it is left to everybody.
SECOND_FACTOR = env.str("SECOND_FACTOR", default="required")
if SECOND_FACTOR not in {"required", "optional"}:
    raise ImproperlyConfigured(f"SECOND_FACTOR must be required or optional, not {SECOND_FACTOR!r}.")
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"  # in the language of the page that was left
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.passwords.OwnWords"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The demonstration sends nothing: each of its mails is a file. A terminal full of mail would hide what it has to say.
EMAIL_CONFIG = (
    env.email("EMAIL_URL") if PRODUCTION else env.email("EMAIL_URL", default=f"filemail:///{BASE_DIR}/.local/mail")
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds of silence after which a mail server counts as down
# The address people reach the site by, for links in mail.
SITE_URL = env.str("SITE_URL") if PRODUCTION else env.str("SITE_URL", default="http://localhost:8000")
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="gatehouse@localhost")

# Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = env.str("TIME_ZONE", default="America/Toronto")
# The business clock: an ISO instant makes the process live from that moment on (records/clock.py).
BUSINESS_CLOCK = env.str("BUSINESS_CLOCK", default="")

# Files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "collected"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# Evidence: looked through by ClamAV, or by nobody where an installation says so itself (trust.md S-12).
SCANNER = env.str("SCANNER") if PRODUCTION else env.str("SCANNER", default="none")
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
if SCANNER not in {"clamav", "none"}:
    raise ImproperlyConfigured(f"SCANNER must be clamav or none, not {SCANNER!r}.")
if SCANNER == "clamav" and not CLAMAV_ADDRESS:
    raise ImproperlyConfigured("CLAMAV_ADDRESS must be set where SCANNER is clamav: a socket's path, or host:port.")
EVIDENCE_MAX_MB = env.int("EVIDENCE_MAX_MB", default=25)
EVIDENCE_DAILY_MB = env.int("EVIDENCE_DAILY_MB", default=250)
# The organisation's certificate: what agreements and approved years are sealed with (docs/how-to/renew-the-certificate.md).
# The demonstration makes its own (records/seals/authority.py).
_own = f"{BASE_DIR}/.local/seal" if MODE == "demo" else ""
PDF_SECONDS = env.int("PDF_SECONDS", default=30)
PDF_MEMORY_MB = env.int("PDF_MEMORY_MB", default=1024)
SEAL_KEY = env.str("SEAL_KEY", default=_own and f"{_own}/key.pem")
SEAL_CERTIFICATE = env.str("SEAL_CERTIFICATE", default=_own and f"{_own}/certificate.pem")
SEAL_CHAIN = env.str("SEAL_CHAIN", default=_own and f"{_own}/chain.pem")
SEAL_KEY_PASSWORD = env.str("SEAL_KEY_PASSWORD", default="")
TIMESTAMP_URL = env.str("TIMESTAMP_URL", default="")
TIMESTAMP_TIMEOUT = env.int("TIMESTAMP_TIMEOUT", default=10)
# The files of one form together; what is longer is dropped while it comes in, so it fills neither memory nor disk.
UPLOAD_MOST_BYTES = max(EVIDENCE_MAX_MB, 10) * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "records.evidence.uploads.NoMoreThanWeKeep",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Wire -------------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Who guesses is counted by their own address: all of an organisation has the proxy's, and would be shut out with them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=1) if BEHIND_PROXY else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SILENCED_SYSTEM_CHECKS: list[str] = []
SENTRY_DSN = env.str("SENTRY_DSN", default="")

LOGGING = logging_config(env.str("LOG_LEVEL", default="WARNING" if MODE == "test" else "INFO"))
