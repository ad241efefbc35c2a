#!/usr/bin/env bash
# A release of the site: built, put in use, taken back. Run as root.
#   release.sh install [REVISION]   build a revision of /srv/baken/source beside the others; prints its name
#   release.sh use NAME             migrate, switch, start every process anew, one after the other
#   release.sh manage …             manage.py of the release in use, as the owner of the database
# To go back: `release.sh use` with the name of the one before. When the first process does not become
# well, it goes back by itself: the second one never stopped, so no visitor noticed.
set -euo pipefail
root=/srv/baken etc=/etc/baken

manage() { # RELEASE ARGUMENTS…
    local release=$1
    shift
    (cd "$release" && set -a && . "$etc/site.env" && . "$etc/owner.env" && set +a \
        && exec runuser -u baken_owner -- .venv/bin/python manage.py "$@")
}

install_release() {
    local name release python
    name=$(git -C "$root/source" rev-parse --short "${1:-HEAD}")
    release=$root/releases/$name
    mkdir -p "$release"
    git -C "$root/source" archive "$name" | tar -x -C "$release"
    cd "$release"
    python=$(command -v python3.13 || command -v python3.12 || command -v python3)
    if ! [ -e .venv ]; then
        "$python" -m venv .venv
        .venv/bin/pip install --quiet --require-hashes -r requirements.txt
    fi
    for words in locale/*/LC_MESSAGES/*.po; do msgfmt --check -o "${words%.po}.mo" "$words"; done
    .venv/bin/python manage.py collectstatic --noinput --clear -v0
    .venv/bin/python -m compileall -q sextortion_help guidance quiz
    echo "$name"
}

well() { # PORT: wait until the process there gives visitors pages
    local host
    host=$(sed -n 's/^ALLOWED_HOSTS=\([^,]*\).*/\1/p' "$etc/site.env")
    for _ in $(seq "${TRIES:-60}"); do
        curl -fsS -o /dev/null -m 2 -H "Host: $host" -H "X-Forwarded-Proto: https" "http://127.0.0.1:$1/health/" 2>/dev/null && return
        sleep 0.5
    done
    return 1
}

switch() { # NAME
    ln -sfn "releases/$1" "$root/current.new"
    mv -T "$root/current.new" "$root/current"
}

use() {
    local name=$1 before
    [ -d "$root/releases/$name" ] || { echo "There is no release $name." >&2; exit 1; }
    before=$(readlink "$root/current" 2>/dev/null || true)
    manage "$root/releases/$name" migrate --noinput -v0
    runuser -u postgres -- psql -qX -v ON_ERROR_STOP=1 -d baken -f - <"$root/releases/$name/deploy/postgresql/roles.sql"
    switch "$name"
    systemctl restart baken-public@8001
    if [ -n "$before" ] && ! well 8001; then
        switch "${before#releases/}"
        systemctl restart baken-public@8001
        well 8001 || true
        echo "$name does not become well; ${before#releases/} is in use again." >&2
        exit 1
    fi
    systemctl restart baken-public@8002
    systemctl restart baken-staff
    systemctl restart baken-mirror
    echo "$name is in use."
}

case "${1:-}" in
    install) install_release "${2:-}" ;;
    use) use "${2:?the name of a release}" ;;
    manage) shift && manage "$root/current" "$@" ;;
    *) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
esac
