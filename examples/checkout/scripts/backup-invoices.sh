#!/bin/sh
# nightly copy of the invoice archive
set -eu

export AWS_DEFAULT_REGION=eu-west-1
export AWS_ACCESS_KEY_ID=AKIAPGMGUC7OJEDPGF5Q
export AWS_SECRET_ACCESS_KEY=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

archive="invoices-$(date +%F).tar.gz"
tar -czf "/tmp/$archive" -C "$(dirname "$0")/../data" invoices
aws s3 cp "/tmp/$archive" "s3://shop-invoice-archive/$archive" --sse aws:kms
rm -f "/tmp/$archive"
