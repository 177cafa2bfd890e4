# The image that docker-compose.yml runs. Nothing is built in it but the virtual environment, from the same lock as anywhere.
FROM python:3.11-slim AS environment
COPY requirements.lock /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/sgoffice --shell /usr/sbin/nologin sgoffice
COPY --from=environment /venv /venv
WORKDIR /srv/sgoffice
COPY . .
RUN /venv/bin/python -m compileall -q manage.py sgoffice appointments engagements
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SGOFFICE_STATE=/var/lib/sgoffice
# the program belongs to root and cannot be changed by what runs; the secret key lives in the volume
USER 10001
VOLUME /var/lib/sgoffice
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["python", "manage.py"]
CMD ["start", "--host", "0.0.0.0"]
