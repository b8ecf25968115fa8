# The same steps as `make setup`, then one process on one port; data lives in the volume /var/lamplight.
# The tests come along because /privacy shows them to whoever asks.
FROM python:3.13-slim AS build
WORKDIR /srv/lamplight
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
COPY Makefile pyproject.toml requirements.txt requirements-build.txt README.md LICENSE ./
COPY app ./app
RUN make setup

FROM python:3.13-slim
WORKDIR /srv/lamplight
RUN useradd --system --home /var/lamplight --create-home lamplight
COPY --from=build /srv/lamplight /srv/lamplight
COPY alembic.ini Caddyfile ./
COPY migrations ./migrations
COPY templates ./templates
COPY static ./static
COPY tests ./tests
USER lamplight
ENV LAMPLIGHT_VAR=/var/lamplight PYTHONDONTWRITEBYTECODE=1
VOLUME /var/lamplight
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:8000/health', headers={'Host': '127.0.0.1'}))"]
CMD [".venv/bin/lamplight", "serve", "--host", "0.0.0.0", "--port", "8000"]
