#!/bin/sh
# usage: print-label.sh new|reprint ORDER
set -eu
printf 'LABEL %s %s\n' "$2" "$1"
