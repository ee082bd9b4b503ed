# One image for web, worker, beat, vault and migrate; the command says which. Behind an office's own mirror:
#   docker build --build-arg BASE=mirror.example.org/python:3.12-slim-bookworm --build-arg PIP_INDEX_URL=… .
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS packages
ARG PIP_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/python -m pip install --require-hashes -r requirements.txt

FROM ${BASE}
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WUZIJUE_DATA=/data \
    STATIC_ROOT=/app/staticfiles
RUN groupadd --gid 10001 wuzijue \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin wuzijue \
    && useradd --uid 10002 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin vault \
    # A new named volume takes over the owner of the folder it is mounted on.
    && install -d -o wuzijue -g wuzijue /data /run/wuzijue \
    && install -d -o vault -g wuzijue -m 0750 /run/wuzijue-vault
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
RUN python -m compileall -q . && WUZIJUE_DATA=/tmp/build deploy/bin/collectstatic && rm -rf /tmp/build
USER 10001:10001
VOLUME ["/data", "/run/wuzijue", "/run/wuzijue-vault"]
CMD ["deploy/bin/web"]
