# A small image that runs lading as an ordinary user:  docker run --rm -v "$PWD:/project:ro" lading scan
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/lading && /opt/lading/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.12-slim
RUN apt-get update -q \
 && apt-get install -yq --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 lading
COPY --from=build /opt/lading /opt/lading
USER lading
WORKDIR /project
ENTRYPOINT ["/opt/lading/bin/python", "-Im", "scanner"]
CMD ["scan"]
