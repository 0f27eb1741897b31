"""The project's database under the settings that `startproject` gives."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.serving.plain"
# Installed applications insist on theirs.
_INSISTED = [each for each in MIDDLEWARE if each.startswith("allauth.")]  # noqa: F405
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *_INSISTED,
]
REST_FRAMEWORK = {}
