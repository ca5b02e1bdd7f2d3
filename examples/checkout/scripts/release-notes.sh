#!/bin/sh
# usage: release-notes.sh FROM TO
set -eu

GITHUB_TOKEN=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

curl -fsS -H "Authorization: Bearer $GITHUB_TOKEN" \
  "https://api.github.com/repos/shop/checkout/compare/$1...$2" \
  | jq -r '.commits[].commit.message | split("\n")[0] | "- " + .'
