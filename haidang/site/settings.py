"""Settings of the machine, from the environment (`X` or `X_FILE`); every one is in docs/settings.md.

Meaning lives in packs, values of the province in the database.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from haidang.site import environment

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(environment.value("HAIDANG_HOME", str(ROOT / "var"))).resolve()
PACKS = tuple(Path(p) for p in environment.value("HAIDANG_PACKS", str(ROOT / "packs")).split(os.pathsep) if p)
PLACE = environment.value("HAIDANG_PLACE", "20")
FLOOR = environment.number("HAIDANG_FLOOR", 5)
HEARTBEAT = HOME / "worker.beat"
COLLECTOR_BEAT = HOME / "collector.beat"
UPLOAD_MB = environment.number("HAIDANG_UPLOAD_MB", 512)
HOOK_MB = environment.number("HAIDANG_HOOK_MB", 32)
NETWORKS = tuple(
    environment.words("HAIDANG_NETWORKS", "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7")
)
PROXIES = environment.networks("HAIDANG_PROXIES", "127.0.0.1/32,::1/128" if environment.flag("HAIDANG_HTTPS") else "")
ADMIN_PORT = environment.number("HAIDANG_ADMIN_PORT", 0)
ADMIN_NETWORKS = environment.networks("HAIDANG_ADMIN_NETWORKS")
LIMITS = environment.limits("HAIDANG_LIMITS")
SECURITY_CONTACT = environment.words("HAIDANG_SECURITY_CONTACT")
SECURITY_EXPIRES = environment.value("HAIDANG_SECURITY_EXPIRES")
DROPS = tuple(Path(p) for p in environment.value("HAIDANG_DROPS", str(HOME / "drops")).split(os.pathsep) if p)
SMTP = environment.value("HAIDANG_SMTP")
MAIL_FROM = environment.value("HAIDANG_MAIL_FROM", "hai-dang@localhost")
ADDRESS = environment.value("HAIDANG_ADDRESS").rstrip("/")

SECRET_KEY = environment.secret_key(HOME)
SEAL_KEY = environment.value("HAIDANG_SEAL_KEY")
TRACE_KEY = environment.value("HAIDANG_TRACE_KEY")
SYSLOG = environment.value("HAIDANG_SYSLOG")
SYSLOG_CA = environment.value("HAIDANG_SYSLOG_CA")
FULL_PERCENT = environment.number("HAIDANG_FULL_PERCENT", 85)
FULL_DATABASE_MB = environment.number("HAIDANG_FULL_DATABASE_MB", 0)
DEBUG = environment.flag("HAIDANG_DEBUG")
ALLOWED_HOSTS = environment.words("HAIDANG_HOSTS", "127.0.0.1,localhost,testserver")
environment.only_here("HAIDANG_DEBUG", DEBUG, ALLOWED_HOSTS)
ROOT_URLCONF = "haidang.site.urls"
ASGI_APPLICATION = "haidang.site.asgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "haidang.access",
    "haidang.intake",
    "haidang.indicators",
    "haidang.cases",
    "haidang.watch",
    "haidang.web",
]
MIDDLEWARE = [
    "haidang.site.tracing.Tracing",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "haidang.site.refusals.designed",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "haidang.web.threshold.Threshold",
    "haidang.web.seeing.ReadOnly",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haidang.web.seeing.banner",
            ]
        },
    }
]
DATABASES = {"default": environment.database(environment.value("HAIDANG_DATABASE"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# The lock is asked before a password is hashed: first in the list.
AUTHENTICATION_BACKENDS = [
    "haidang.access.identity.locks.backend.Lock",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

# Signing in (docs/identity.md): the flows are allauth's, every page and text is ours, nobody signs up.
ACCOUNT_ADAPTER = "haidang.access.identity.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGIN_TIMEOUT = 300
ACCOUNT_LOGOUT_REDIRECT_URL = "/login/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Failed passwords are counted by our locks; this one is what allauth's second step goes by, per account.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Secrets of factors are sealed, a passkey always proves its holder, recovery codes are shown once.
MFA_ADAPTER = "haidang.access.identity.factors.adapter.Adapter"
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Hải Đăng"
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_STORE_TOKENS = False
AXES_HANDLER = "haidang.access.identity.locks.backend.Handler"
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Its middleware would put its own page in place of ours.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# What breaks is written down with its traceback, where the process writes; the answer says nothing of it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Behind a proxy that speaks HTTPS: cookies only over it, and browsers remember.
HTTPS = environment.flag("HAIDANG_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if HTTPS:  # a cookie of this prefix is taken from this host alone, over HTTPS, for all of its paths
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
else:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "report-uri": "/csp-report",
        "report-to": "csp",
    }
}
