#!/usr/bin/env bash
# Measures the window beside the yardstick (examples/empty_window.rs): first frame, processor time with a running timer
# and at rest, private memory. Both under the same Xvfb with software OpenGL, one after the other, in one run.
#
#   bash benches/window.sh [SESSIONS]     100000 where none is said
#
# With SPEED_BUILT set it builds nothing; SPEED_PROGRAM is the program, target/release/truerate where none is said;
# SPEED_DISPLAY the number of the X display, 87 where none is said.
#
# Needs Xvfb, openbox and xdotool. Prints a table and asserts nothing: docs/speed.md has targets and latest figures.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sessions=${1:-100000}
runs=7
seconds=20
[ -n "${SPEED_BUILT:-}" ] || cargo build --quiet --release --bins --example empty_window
yardstick=$PWD/target/release/examples/empty_window

. benches/stage.sh

"$truerate" --dir "$scratch/book" sample --sessions "$sessions" 2>/dev/null

# What all its threads ran, in nanoseconds: ticks of the clock miss what is shorter than one. Not as %d, which some awks
# end at two seconds.
ran() { awk '{ sum += $1 } END { printf "%.0f", sum }' /proc/"$pid"/task/*/schedstat; }
# Per cent of a core over some seconds.
share() {
  local from
  from=$(ran)
  sleep "$seconds"
  echo "$(($(ran) - from)) $seconds" | awk '{ printf "%.2f", $1 / 1e7 / $2 }'
}
press() { xdotool key --clearmodifiers "$1"; sleep 0.4; }

begin() {
  case $1 in
    empty) start "empty window" "$yardstick" ;;
    book) start TrueRate "$truerate" --dir "$scratch/book" ;;
  esac
}
first_frames empty book

begin empty; sleep 3
empty_share=$(share)
empty_private=$(private 1)
stop

begin book; sleep 6
xdotool search --onlyvisible --name '^TrueRate$' windowfocus --sync windowsize 1280 800 mousemove 640 790; sleep 1
idle_share=$(share)
private_sessions=$(private 1)
press s; sleep 2
declare -A running
for tab in 1:Sessions 2:Platforms 3:Payouts 4:Rates; do
  press "alt+${tab%%:*}"; sleep 2
  running[${tab#*:}]=$(share)
done
our_private=$(private 1)
press x
stop

row() { printf '%-44s %10s %10s   %s\n' "$@"; }
row "$sessions sessions" 'empty' 'TrueRate' 'target'
row 'first frame, ms (middle of '"$runs"')' "$(first_frame empty)" "$(first_frame book)" '≤ 1.3 × empty'
row 'at rest, % of a core' '' "$idle_share" 'no repaint'
for tab in Sessions Platforms Payouts Rates; do
  case $tab in Rates) more=2.0 ;; *) more=1.0 ;; esac
  row "running timer on $tab, % of a core" "$empty_share" "${running[$tab]}" "≤ empty + $more"
done
row 'private memory, MB' "$empty_private" "$private_sessions" '≤ empty + 60'
row 'private memory after all tabs, MB' '' "$our_private" ''
