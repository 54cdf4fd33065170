#!/bin/sh
# make upgrade: to the newest release, step by step. Stops at the first step that fails and says the way back.
set -u
BIN=${BIN:-.venv/bin}
MAKE=${MAKE:-make}
before=$(git rev-parse HEAD) || exit 1
saved=""
pulled=""
upgraded=""

step() {
    echo "== $*"
    "$@" || failed "$*"
}

failed() {
    echo "upgrade: '$1' failed; nothing after it was done" >&2
    if [ -n "$upgraded" ]; then
        echo "the way back: stop the service, then: git checkout --detach $before && $MAKE setup && $BIN/beleidsradar db restore $saved" >&2
    elif [ -n "$pulled" ]; then
        echo "the way back: git checkout --detach $before && $MAKE setup" >&2
    else
        echo "nothing was changed; the release that ran still stands" >&2
    fi
    exit 1
}

echo "== $BIN/beleidsradar db backup"
said=$("$BIN/beleidsradar" db backup) || failed "$BIN/beleidsradar db backup"
echo "$said"
saved=${said%%: *}

step git pull --ff-only
[ "$(git rev-parse HEAD)" = "$before" ] || pulled=yes
step $MAKE setup
upgraded=yes
step "$BIN/beleidsradar" db upgrade --without-backup
step "$BIN/beleidsradar" check
# A report: what today's packs make of last week's papers. It writes nothing and tells nobody.
until=$(date +%Y-%m-%d)
since=$(date -d '7 days ago' +%Y-%m-%d 2>/dev/null || date -v-7d +%Y-%m-%d)
step "$BIN/beleidsradar" replay --since "$since" --until "$until"

echo "upgraded from $before; the backup of before is $saved"
echo "restart the service to run it: systemctl restart beleidsradar"
