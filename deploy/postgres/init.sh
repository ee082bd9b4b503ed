#!/bin/bash
# Database and roles: one role owns the schema and migrates it, the web and the worker only read and write rows.
# So neither of them can drop a table or lift the triggers that keep the audit trail append-only. The vault reads all
# and writes next to nothing; which tables each may do what with is said by "manage.py grant_roles" after migrating.
# Runs once, when the database container is new; on a server of your own, run it as a superuser.
set -euo pipefail
: "${DATABASE:=wuzijue}" "${ROLE_PREFIX:=wuzijue}" "${SECRETS:=/run/secrets}"

secret() { cat "$SECRETS/db_$1_password"; }

psql --set ON_ERROR_STOP=1 --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set database="$DATABASE" \
    --set migrate="${ROLE_PREFIX}_migrate" --set migrate_password="$(secret migrate)" \
    --set web="${ROLE_PREFIX}_web" --set web_password="$(secret web)" \
    --set worker="${ROLE_PREFIX}_worker" --set worker_password="$(secret worker)" \
    --set vault="${ROLE_PREFIX}_vault" --set vault_password="$(secret vault)" <<'SQL'
CREATE ROLE :"migrate" LOGIN PASSWORD :'migrate_password';
CREATE ROLE :"web" LOGIN PASSWORD :'web_password';
CREATE ROLE :"worker" LOGIN PASSWORD :'worker_password';
CREATE ROLE :"vault" LOGIN PASSWORD :'vault_password';
CREATE DATABASE :"database" OWNER :"migrate" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"web", :"worker", :"vault";
\connect :"database"
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"migrate";
GRANT USAGE ON SCHEMA public TO :"web", :"worker", :"vault";
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrate" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"web", :"worker";
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrate" IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO :"web", :"worker";
SQL
