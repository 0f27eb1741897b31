# The packages are installed in one stage, by hash, and the site runs in another, as a user that owns nothing but /data.
FROM python:3.13-slim-bookworm AS packages
WORKDIR /app
COPY bootstrap.lock requirements.lock pyproject.toml ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r bootstrap.lock \
 && /venv/bin/uv pip install --python /venv/bin/python --no-cache --compile-bytecode \
      --require-hashes -r pyproject.toml --extra s3 --extra otel --extra sentry -c requirements.lock \
 && /venv/bin/pip uninstall --yes uv

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings STATIC_ROOT=/app/staticfiles VAR_DIR=/data PORT=8000
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin ledger \
 && install -d -o ledger -g ledger -m 0750 /data /backups
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
RUN VAR_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 && rm -rf /tmp/build
USER ledger
# Only from here on: a key that is missing or weak is refused, cookies are secure, plain HTTP is redirected.
ENV PRODUCTION=1 LOG_FORMAT=json
VOLUME ["/data", "/backups"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "config.health", "web"]
CMD ["sh", "-c", "exec gunicorn -c python:config.gunicorn -b 0.0.0.0:$PORT"]
