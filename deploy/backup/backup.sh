#!/usr/bin/env bash
# Dump the database, encrypt it, keep some. Needs in its environment:
#   BACKUP_DATABASE    the database to dump, as libpq reads it: "dbname=baken host=/run/postgresql"
#   BACKUP_RECIPIENT   the public key (age) of who may read it; the private one is not on this machine
#   BACKUP_FOLDER      where to; copy it elsewhere, this machine may burn
# Kept: the last 14 days, 8 Sundays, 12 firsts of a month. Nothing is removed before a new one is whole.
set -euo pipefail
: "${BACKUP_DATABASE:?must be set}" "${BACKUP_RECIPIENT:?must be set}" "${BACKUP_FOLDER:?must be set}"
umask 077
today=$(date -u +%F)
mkdir -p "$BACKUP_FOLDER"/{daily,weekly,monthly}
part="$BACKUP_FOLDER/daily/.$today.part"
plain=$(mktemp -p /dev/shm)    # in memory: what is not encrypted touches no disk
trap 'rm -f "$part" "$plain"' EXIT
pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=30s "$BACKUP_DATABASE" >"$plain"
pg_restore --list "$plain" | grep -c "TABLE DATA public publishing_version" >/dev/null \
    || { echo "The dump has no versions: nothing was kept." >&2; exit 1; }
age --encrypt --recipient "$BACKUP_RECIPIENT" --output "$part" "$plain"
sync "$part"
mv "$part" "$BACKUP_FOLDER/daily/$today.dump.age"
if [ "$(date -u +%u)" = 7 ]; then cp -l -f "$BACKUP_FOLDER/daily/$today.dump.age" "$BACKUP_FOLDER/weekly/"; fi
if [ "$(date -u +%d)" = 01 ]; then cp -l -f "$BACKUP_FOLDER/daily/$today.dump.age" "$BACKUP_FOLDER/monthly/"; fi
keep() { find "$BACKUP_FOLDER/$1" -name '*.dump.age' | sort -r | tail -n "+$(($2 + 1))" | xargs -r rm --; }
keep daily 14
keep weekly 8
keep monthly 12
