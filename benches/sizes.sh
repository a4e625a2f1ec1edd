#!/usr/bin/env bash
# How the window grows with its book: 10,000, 100,000 and 1,000,000 sessions, each beside an empty book of the same run. First
# frame, processor time until the whole history is read, private memory at rest, bytes on the disk a session.
#
#   bash benches/sizes.sh [SESSIONS…]
#
# With SPEED_BUILT set it builds nothing; SPEED_PROGRAM is the program, target/release/truerate where none is said;
# SPEED_DISPLAY the number of the X display, 87 where none is said.
#
# Needs Xvfb, openbox and xdotool. Prints a table and asserts nothing: docs/speed.md has targets and latest figures.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(10000 100000 1000000)
runs=5
display=:${SPEED_DISPLAY:-87}
scratch=$(mktemp -d)
started=()
cleanup() {
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do kill "${started[at]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT

[ -n "${SPEED_BUILT:-}" ] || cargo build --quiet --release --bins
truerate=${SPEED_PROGRAM:-$PWD/target/release/truerate}

export DISPLAY=$display LIBGL_ALWAYS_SOFTWARE=1 XDG_RUNTIME_DIR=$scratch/runtime XDG_SESSION_TYPE=x11
unset WAYLAND_DISPLAY
mkdir -m 700 "$XDG_RUNTIME_DIR"
Xvfb "$display" -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & started+=($!)
for _ in $(seq 50); do xdotool getmouselocation >/dev/null 2>&1 && break; sleep 0.1; done
openbox >/dev/null 2>&1 & started+=($!)
sleep 1

millis() { local now=$EPOCHREALTIME; echo $((${now/./} / 1000)); }
middle() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
# What all its threads ran so far, those that ended included, in milliseconds.
ran() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / tick) }' "/proc/$pid/stat"; }
private() { awk '/^Private/ { sum += $2 } END { printf "%.0f", sum / 1024 }' "/proc/$pid/smaps_rollup"; }

# Opens a book and waits until its window is shown, which is after its first frame. Sets `pid` and `took`.
start() {
  local begun
  begun=$(millis)
  "$truerate" --dir "$1" >/dev/null 2>&1 & pid=$!
  until xdotool search --onlyvisible --name '^TrueRate$' >/dev/null 2>&1; do
    kill -0 "$pid" 2>/dev/null || { echo 'TrueRate ended' >&2; exit 1; }
  done
  took=$(($(millis) - begun))
}
stop() { kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; }
first_frame() {
  for _ in $(seq "$runs"); do start "$1"; stop; echo "$took"; done | middle
}
# Until it does nothing for two seconds. Sets `worked`, in milliseconds, and `at_rest`, in MB.
settle() {
  local before
  start "$1"
  worked=$(ran)
  while
    before=$worked
    sleep 2
    worked=$(ran)
    ((worked > before + 20))
  do :; done
  at_rest=$(private)
  stop
}

row() { printf '%10s %16s %16s %14s %14s\n' "$@"; }
row sessions 'first frame, ms' 'work to open, ms' 'private, MB' 'bytes a session'
frame=$(first_frame "$scratch/empty")
settle "$scratch/empty"
row empty "$frame" "$worked" "$at_rest" ''
for size in "${sizes[@]}"; do
  "$truerate" --dir "$scratch/$size" sample --sessions "$size" 2>/dev/null
  bytes=$(find "$scratch/$size" -type f -printf '%s\n' | awk -v size="$size" '{ sum += $1 } END { printf "%.0f", sum / size }')
  frame=$(first_frame "$scratch/$size")
  settle "$scratch/$size"
  row "$size" "$frame" "$worked" "$at_rest" "$bytes"
  rm -rf "${scratch:?}/$size"
done
