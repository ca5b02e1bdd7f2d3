/** A public access block leaves a gap. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const bucketPublicAccessBlockPartial = check<TerraformModule>({
  rule: {
    id: 'deploy/bucket-public-access-block-partial',
    name: 'The public access block has a setting off',
    help: {
      why: 'The setting that is off is the way in: by ACL or by policy.',
      fix: 'Set block_public_acls, block_public_policy, ignore_public_acls and restrict_public_buckets to true.',
      references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-AWS-2.1.5'],
    aliases: ['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56', 'AVD-AWS-0086', 'AVD-AWS-0087', 'AVD-AWS-0091', 'AVD-AWS-0093'],
  },
  examples: {
    fails: [
      {
        line: 1,
        text: 'resource "aws_s3_bucket_public_access_block" "a" {\n  block_public_acls   = true\n  block_public_policy = true\n}',
      },
      {
        line: 4,
        text: 'resource "aws_s3_bucket_public_access_block" "a" {\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = false\n  restrict_public_buckets = true\n}',
      },
    ],
    passes: [
      'resource "aws_s3_bucket_public_access_block" "a" {\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}',
      'locals {\n  on = true\n}\nresource "aws_s3_account_public_access_block" "a" {\n  block_public_acls       = local.on\n  block_public_policy     = local.on\n  ignore_public_acls      = local.on\n  restrict_public_buckets = local.on\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_s3_bucket_public_access_block', 'aws_s3_account_public_access_block')) {
      for (const [setting, gap] of GAPS) {
        yield* judgeSwitch(resource, {
          path: [setting],
          wanted: true,
          otherwise: false,
          message: `Block ${resource.name} leaves a gap: ${gap}`,
        });
      }
    }
  },
});

const GAPS = [
  ['block_public_acls', 'new public ACLs are accepted'],
  ['block_public_policy', 'new public policies are accepted'],
  ['ignore_public_acls', 'public ACLs that exist still count'],
  ['restrict_public_buckets', 'public policies that exist still count'],
] as const;
