"""Gunicorn's configuration, for `make run` and the container alike; the address comes on the command line."""

from config import settings

wsgi_app = "config.wsgi:application"
worker_class = "gthread"
workers = settings.WEB_CONCURRENCY
threads = settings.WEB_THREADS
# The site is loaded once and shared by the workers; connections are opened by each of them at its first request.
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
# The control socket would lie in the home folder, which need not exist.
control_socket_disable = True
logconfig_dict = settings.LOGGING
