#!/usr/bin/env bash
# Put a backup into an empty database: restore.sh FILE.dump.age KEY DATABASE
#   KEY        the file with the private key (age)
#   DATABASE   as libpq reads it, as somebody who may act as baken_owner: "dbname=restored"
# The roles must be there (roles.sql). It refuses a database that has tables. Afterwards: roles.sql, then start the site.
set -euo pipefail
[ $# = 3 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
tables=$(psql --no-psqlrc -At -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" "$3")
[ "$tables" = 0 ] || { echo "The database has $tables tables; a backup is restored into an empty one." >&2; exit 1; }
age --decrypt --identity "$2" "$1" \
    | pg_restore --role=baken_owner --no-owner --no-privileges --single-transaction --exit-on-error --dbname "$3"
psql --no-psqlrc -At -c "SELECT 'restored up to version ' || coalesce(max(id), 0) FROM publishing_version" "$3"
