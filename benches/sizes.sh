#!/usr/bin/env bash
# How the window grows with its book: 10,000, 100,000 and 1,000,000 sessions beside an empty book, started in turn. First frame
# (the middle of all starts), from there on how long until the whole history is read, processor time until it rests, private
# memory then, bytes on the disk a session.
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
runs=15

[ -n "${SPEED_BUILT:-}" ] || cargo build --quiet --release --bins

. benches/stage.sh

begin() { start TrueRate "$truerate" --dir "$scratch/$1"; }
# What all its threads ran so far, those that ended included, in milliseconds.
ran() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / tick) }' "/proc/$pid/stat"; }
# Whether the thread that reads older months is at work. No process is started for it: two cores are all there is.
reads() {
  local of name
  for of in "/proc/$pid/task"/*/comm; do
    { read -r name <"$of"; } 2>/dev/null && [ "$name" = truerate-reader ] && return
  done
  return 1
}
# Until it does nothing for two seconds. Sets `whole` and `worked`, in milliseconds, and `at_rest`, in MB.
settle() {
  local before begun
  begin "$1"
  begun=$(millis)
  for _ in $(seq 20); do reads && break; rest 0.01; done
  while reads; do rest 0.01; done
  whole=$(($(millis) - begun))
  # The sheet of a first start has a cursor that blinks.
  sleep 1
  xdotool search --onlyvisible --name '^TrueRate$' windowfocus --sync key Escape
  worked=$(ran)
  while
    before=$worked
    sleep 2
    worked=$(ran)
    ((worked > before + 20))
  do :; done
  at_rest=$(private 0)
  stop
}

declare -A bytes=([empty]='')
for size in "${sizes[@]}"; do
  "$truerate" --dir "$scratch/$size" sample --sessions "$size" 2>/dev/null
  # Before any start: that makes the backup of the day.
  bytes[$size]=$(find "$scratch/$size" -type f -printf '%s\n' | awk -v size="$size" '{ sum += $1 } END { printf "%.0f", sum / size }')
done
# What was written is on the disk before anything is measured.
sync
first_frames empty "${sizes[@]}"

row() { printf '%10s %16s %14s %16s %14s %16s\n' "$@"; }
row sessions 'first frame, ms' 'all read, ms' 'work to open, ms' 'private, MB' 'bytes a session'
for name in empty "${sizes[@]}"; do
  settle "$name"
  [ "$name" != empty ] || whole=''
  row "$name" "$(first_frame "$name")" "$whole" "$worked" "$at_rest" "${bytes[$name]}"
done
