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
DROPS = tuple(Path(p) for p in environment.value("HAIDANG_DROPS", str(HOME / "drops")).split(os.pathsep) if p)
SMTP = environment.value("HAIDANG_SMTP")
MAIL_FROM = environment.value("HAIDANG_MAIL_FROM", "hai-dang@localhost")
ADDRESS = environment.value("HAIDANG_ADDRESS").rstrip("/")

SECRET_KEY = environment.secret_key(HOME)
SEAL_KEY = environment.value("HAIDANG_SEAL_KEY")
DEBUG = environment.flag("HAIDANG_DEBUG")
ALLOWED_HOSTS = environment.words("HAIDANG_HOSTS", "127.0.0.1,localhost,testserver")
ROOT_URLCONF = "haidang.site.urls"
ASGI_APPLICATION = "haidang.site.asgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "haidang.access",
    "haidang.intake",
    "haidang.indicators",
    "haidang.watch",
    "haidang.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
            ]
        },
    }
]
DATABASES = {"default": environment.database(environment.value("HAIDANG_DATABASE"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
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
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # The chart library writes its tooltips as HTML with style attributes; style elements stay shut.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
