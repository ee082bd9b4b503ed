#!/bin/sh
# Django's deploy check and our own numbered checks, against settings as production has them.
# Secrets are drawn for this one run and thrown away; no server is contacted.
set -eu
: "${PY:=.venv/bin/python}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
draw() { (umask 077; "$PY" -c 'import secrets; print(secrets.token_urlsafe(64), end="")' >"$dir/$1"); }
draw secret_key
draw survey_key
draw clue_key
mkdir "$dir/data"

WUZIJUE_MODE=production \
WUZIJUE_DATA="$dir/data" \
SECRET_KEY_FILE="$dir/secret_key" \
SURVEY_KEY_FILE="$dir/survey_key" \
CLUE_KEY_FILE="$dir/clue_key" \
DATABASE_URL="postgres://wuzijue:check-only-database@127.0.0.1:5432/wuzijue" \
REDIS_URL="redis://:check-only-broker@127.0.0.1:6379/0" \
ALLOWED_HOSTS=xuncha.example.org \
CSRF_TRUSTED_ORIGINS=https://xuncha.example.org \
TRUSTED_PROXY=unix \
VAULT_SOCKET=/run/wuzijue-vault/vault.sock \
"$PY" manage.py check --deploy --fail-level WARNING
