/** Nothing keeps a bucket from being made public. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { lacks, openAt } from '../resource/hit.ts';
import { ofType, relatedBy } from '../resource/select.ts';
import { attributeOf, truthOf } from '../resource/values.ts';

export const bucketPublicAccessNotBlocked = check<TerraformModule>({
  rule: {
    id: 'deploy/bucket-public-access-not-blocked',
    name: 'Public access to the bucket is not blocked',
    help: {
      why: 'One wrong ACL or policy later, the bucket is public.',
      fix: 'Add an aws_s3_bucket_public_access_block for the bucket with all four settings true.',
      references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-284', 'CIS-AWS-2.1.5'],
    aliases: ['CKV2_AWS_6', 'AVD-AWS-0094'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}' },
      {
        line: 1,
        text: 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket              = "other"\n  block_public_acls   = true\n  block_public_policy = true\n}',
      },
      {
        line: 1,
        text: 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.a.id\n}',
      },
    ],
    passes: [
      'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket                  = aws_s3_bucket.a.id\n  block_public_acls       = true\n  block_public_policy     = true\n}',
      'resource "aws_s3_bucket" "a" {\n  bucket = "x"\n}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket              = "x"\n  block_public_acls   = true\n  block_public_policy = true\n}',
      'resource "aws_s3_bucket" "a" {\n  count = 2\n}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket              = aws_s3_bucket.a[count.index].id\n  block_public_acls   = true\n  block_public_policy = true\n}',
    ],
  },
  *find(module) {
    const blocks = relatedBy(ofType(module, 'aws_s3_bucket_public_access_block'), 'bucket', 'bucket');
    for (const bucket of ofType(module, 'aws_s3_bucket')) {
      const message = `Nothing keeps bucket ${bucket.name} from being made public`;
      const related = blocks(bucket);
      const values = related.flatMap(({ block }) => DECISIVE.map((name) => attributeOf(block, name)));
      const unknown = values.find((value) => truthOf(value) === 'unknown');
      if (values.some((value) => truthOf(value) === false || value === undefined) || related.length === 0) yield lacks(bucket, message);
      else if (unknown !== undefined) yield openAt(bucket, unknown, 'its public access block', message);
    }
  },
});

/** The two that stop new openings; the other two make old ones void. */
const DECISIVE = ['block_public_acls', 'block_public_policy'] as const;
