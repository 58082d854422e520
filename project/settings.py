"""The settings of the site; what differs between installations comes from project.env."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from project import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("DONGYI_VAR", str(BASE_DIR / "var")))

DEBUG = env.flag("DONGYI_DEBUG")
SECRET_KEY = env.secret_key(VAR)
ALLOWED_HOSTS = env.words("DONGYI_HOSTS", ",".join(env.THIS_MACHINE))
HTTPS = env.https(ALLOWED_HOSTS)
# Proxies whose X-Forwarded-For and -Proto are believed: addresses, networks, or unix for a socket.
TRUSTED_PROXIES = env.words("DONGYI_PROXIES")
CSRF_TRUSTED_ORIGINS = env.words("DONGYI_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "viewflow",
    "viewflow.workflow",
    "proposals",
    "docs_templates",
    "workflows",
    "project.web",
]

MIDDLEWARE = [
    "project.web.intake.proxies.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "project.web.intake.no_store.NoStoreMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "project.web.pages.site.too_often.TooOftenMiddleware",
    "project.web.pages.site.busy.BusyMiddleware",
    "project.web.intake.text.ReadingMiddleware",
    "project.web.access.policy.PolicyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
ASGI_APPLICATION = "project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "project.web.frame.chrome",
            ]
        },
    }
]

DATABASES = {"default": env.database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People: no registration, no superuser duties, guarded log-in (GB/T 22239 access control).
AUTH_USER_MODEL = "proposals.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# guardian knows no day: rights on one case are read by workflows.access alone, so its backend is not hooked in.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "project.web.access.door.Door"
# Failures within the pause's time, over all addresses of an account and over all accounts of an address.
SIGN_IN_FAILURES_OF_ACCOUNT = env.number("DONGYI_SIGN_IN_FAILURES_OF_ACCOUNT", 20)
SIGN_IN_FAILURES_FROM_ADDRESS = env.number("DONGYI_SIGN_IN_FAILURES_FROM_ADDRESS", 50)
SIGN_IN_ADDRESS_KNOWN_DAYS = env.number("DONGYI_SIGN_IN_ADDRESS_KNOWN_DAYS", 90)
# How often a person, or the address of a stranger, may ask within a minute, and do so to change something: a page of
# lines sends itself for a preview with every field that is left.
REQUESTS_A_MINUTE = env.number("DONGYI_REQUESTS_A_MINUTE", 600)
POSTS_A_MINUTE = env.number("DONGYI_POSTS_A_MINUTE", 120)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "site/locked_out.html"
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "worklist"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if HTTPS:  # the prefix binds a cookie to this host and to HTTPS; a demonstration over plain HTTP cannot have it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "project.web.pages.site.failures.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DATE_FORMAT = "Y年n月j日"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Paper: the archive is content-addressed and stands outside the web root; fonts are prepared once.
ARCHIVE_ROOT = Path(env.text("DONGYI_ARCHIVE", str(VAR / "archive")))
FONTS_ROOT = Path(env.text("DONGYI_FONTS", str(VAR / "fonts")))
# A page of lines has some forty fields a row; how many rows there may be is read by project.web.intake.readers.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
UPLOAD_LIMIT = 50 * 1024 * 1024
# What one person may have examined on one day, and what scans for viruses (the file is the command's last word).
UPLOADS_A_DAY = env.number("DONGYI_UPLOADS_A_DAY", 300)
UPLOAD_BYTES_A_DAY = env.number("DONGYI_UPLOAD_MEGABYTES_A_DAY", 2000) * 1024 * 1024
SCANNER = env.text("DONGYI_SCANNER", "clamdscan --fdpass --no-summary")
FILE_UPLOAD_HANDLERS = [
    "project.web.intake.upload_limit.WithinLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
