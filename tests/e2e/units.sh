#!/bin/sh
# systemd's own judgement of the units: those shipped, and those that `entente remind --install` makes of them.
# Usage: ENTENTE_BINARY=... ENTENTE_SOURCE=... ENTENTE_PROMPTS=... units.sh
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work/run" "$work/home" "$work/bin" "$work/shipped"
export XDG_RUNTIME_DIR="$work/run" HOME="$work/home" PATH="$work/bin:$PATH"
export ENTENTE_DATA="$ENTENTE_SOURCE/data" ENTENTE_TOOL_LIMIT_MS=300000
unset XDG_CONFIG_HOME XDG_STATE_HOME ENTENTE_JOURNAL
failed=0

verify() {
  systemd-analyze --user verify "$@"
}

# sound UNIT...: without a word of complaint
sound() {
  if ! verify "$@" >"$work/why" 2>&1 || [ -s "$work/why" ]; then
    failed=$((failed + 1))
    echo "FAILED: $*: $(cat "$work/why")"
    cat "$@"
  fi
}

printf '[Service]\nType=oneshot\nExecStart=/bin/true\n' >"$work/probe.service"
if ! verify "$work/probe.service" 2>"$work/why"; then
  echo "systemd-analyze cannot verify here: $(cat "$work/why")"
  exit 77
fi

cp "$ENTENTE_SOURCE/data/entente-remind.timer" "$work/shipped"
sed "s|/usr/bin/entente|/bin/true|" "$ENTENTE_SOURCE/data/entente-remind.service" >"$work/shipped/entente-remind.service"
sound "$work/shipped/entente-remind.service" "$work/shipped/entente-remind.timer"

printf '#!/bin/sh\nexit 0\n' >"$work/bin/systemctl"
printf '#!/bin/sh\nexit 1\n' >"$work/bin/crontab"
chmod +x "$work/bin/systemctl" "$work/bin/crontab"
units=$work/home/.config/systemd/user
for place in "$work/plain" "$work/a b%c \$d" "$work/it's \"q\"\\"; do
  mkdir "$place"
  cp "$ENTENTE_BINARY" "$place/entente"
  XDG_DATA_HOME="$place" "$place/entente" --journal "$place/j.db" remind --install >/dev/null || failed=$((failed + 1))
  sound "$units/entente-remind.service" "$units/entente-remind.timer"
done
[ "$failed" -eq 0 ]
