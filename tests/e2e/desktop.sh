#!/usr/bin/env bash
# A notification reaches a real notification daemon (dunst, on a bus and a display of its own), and its button starts
# what it should. Called with the program that sends; everything is waited for by what it leaves, never by time.
set -euo pipefail

for tool in dbus-run-session dbus-send dunst dunstctl notify-send Xvfb; do
  command -v "$tool" >/dev/null || { echo "SKIP: $tool is not installed"; exit 77; }
done

if [ -z "${DESKTOP_TEST_DIR-}" ]; then
  DESKTOP_TEST_DIR=$(mktemp -d)
  export DESKTOP_TEST_DIR
  trap 'rm -rf "$DESKTOP_TEST_DIR"' EXIT
  # Whoever runs this has a desktop of their own, perhaps: nothing may come up there.
  unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XDG_SESSION_TYPE
  status=0
  dbus-run-session -- "$0" "$@" || status=$?
  exit "$status"
fi

send=$1
dir=$DESKTOP_TEST_DIR
export HOME=$dir/no-home XDG_RUNTIME_DIR=$dir
unset XDG_CONFIG_HOME

fail() {
  echo "FAIL: $*"
  echo "--- dunst:"; cat "$dir/dunst.log" 2>/dev/null || true
  exit 1
}

# Generous: a loaded machine takes its time, a broken one is told from it by the test's own limit.
wait_until() {
  local what=$1
  shift
  for _ in $(seq 1200); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.05
  done
  fail "$what"
}

started=()
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT

Xvfb -displayfd 3 -screen 0 640x480x24 -nolisten tcp 3>"$dir/display" >"$dir/xvfb.log" 2>&1 &
started+=($!)
wait_until "no display" grep -q . "$dir/display"
DISPLAY=:$(cat "$dir/display")
export DISPLAY

# What arrives is written down by dunst itself, whole before it is seen.
cat >"$dir/arrived" <<EOF
#!/bin/sh
printf '%s|%s|%s|%s|%s' "\$DUNST_APP_NAME" "\$DUNST_URGENCY" "\$DUNST_CATEGORY" "\$DUNST_SUMMARY" "\$DUNST_BODY" >"$dir/receipt.new"
mv "$dir/receipt.new" "$dir/receipt"
EOF
cat >"$dir/opened" <<EOF
#!/bin/sh
printf '%s|' "\$@" >"$dir/open.new"
mv "$dir/open.new" "$dir/open"
EOF
chmod 700 "$dir/arrived" "$dir/opened"
cat >"$dir/dunstrc" <<EOF
[global]
    always_run_script = true
[urgency_normal]
    timeout = 0
[write_it_down]
    appname = *
    script = $dir/arrived
EOF

dunst -conf "$dir/dunstrc" >"$dir/dunst.log" 2>&1 &
started+=($!)
owned() { dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.Notifications | grep -q true; }
wait_until "dunst is not on the bus" owned

same() { [ "$(cat "$1")" = "$2" ] || fail "$1 is \"$(cat "$1")\", not \"$2\""; }

# As from cron: no locale, and no word about the bus but its socket in the usual place.
echo "plain"
socket=${DBUS_SESSION_BUS_ADDRESS#unix:path=}
ln -s "${socket%%,*}" "$dir/bus"
cron=()
[ ! -S "$dir/bus" ] || cron=(-u DBUS_SESSION_BUS_ADDRESS)
env "${cron[@]}" LC_ALL=C "$send" "2 check-ins are due" "Zoë & <b>others</b>"
wait_until "no plain notification came" test -e "$dir/receipt"
same "$dir/receipt" "entente|NORMAL|x-entente.reminder|2 check-ins are due|Zoë &amp; &lt;b&gt;others&lt;/b&gt;"
dunstctl close-all

echo "with its button"
rm "$dir/receipt"
"$send" "-1 commitment is due" 'a\nb' "$dir/opened" -e "it's here"
wait_until "no notification with a button came" test -e "$dir/receipt"
same "$dir/receipt" 'entente|NORMAL|x-entente.reminder|-1 commitment is due|a\nb'
[ ! -e "$dir/open" ] || fail "opened before the button was used"
dunstctl action 0
wait_until "the button opened nothing" test -e "$dir/open"
same "$dir/open" "-e|it's here|"

echo "with nobody to show it"
kill "${started[1]}"
wait "${started[1]}" || true
gone() { ! owned; }
wait_until "dunst is still on the bus" gone
if "$send" "x" "" 2>"$dir/why"; then fail "sent to nobody"; fi
grep -q '^desktop: ended with status 1: ' "$dir/why" || fail "no reason: $(cat "$dir/why")"
cat "$dir/why"
