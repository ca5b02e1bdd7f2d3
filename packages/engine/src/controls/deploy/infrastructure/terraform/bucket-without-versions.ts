/** Overwritten objects of a bucket are gone. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch, lacks, openAt } from '../resource/hit.ts';
import { ofType, relatedBy } from '../resource/select.ts';
import { textOf, underPath } from '../resource/values.ts';

export const bucketWithoutVersions = check<TerraformModule>({
  rule: {
    id: 'deploy/bucket-without-versions',
    name: 'The bucket keeps no versions',
    help: {
      why: 'Objects that a defect or an attacker overwrites or deletes are lost.',
      fix: 'Add an aws_s3_bucket_versioning with status = "Enabled".',
      references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-693', 'CIS-AWS-2.1.3'],
    aliases: ['CKV_AWS_21', 'AVD-AWS-0090'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}' },
      { line: 3, text: 'resource "aws_s3_bucket" "a" {\n  versioning {\n    enabled = false\n  }\n}' },
      {
        line: 1,
        text: 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\nresource "aws_s3_bucket_versioning" "a" {\n  bucket = aws_s3_bucket.a.id\n  versioning_configuration {\n    status = "Suspended"\n  }\n}',
      },
    ],
    passes: [
      'resource "aws_s3_bucket" "a" {\n  versioning {\n    enabled = true\n  }\n}',
      'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\nresource "aws_s3_bucket_versioning" "a" {\n  bucket = aws_s3_bucket.a.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}',
    ],
  },
  *find(module) {
    const versionings = relatedBy(ofType(module, 'aws_s3_bucket_versioning'), 'bucket', 'bucket');
    for (const bucket of ofType(module, 'aws_s3_bucket')) {
      const message = `What is overwritten in bucket ${bucket.name} is lost: it keeps no versions`;
      const [versioning] = versionings(bucket);
      const status = versioning === undefined ? undefined : underPath(versioning.block, ['versioning_configuration', 'status']);
      const word = textOf(status);
      if (versioning === undefined)
        yield* judgeSwitch(bucket, { path: ['versioning', 'enabled'], wanted: true, otherwise: false, message });
      else if (status !== undefined && word === undefined) yield openAt(bucket, status, 'status', message);
      else if (word !== 'Enabled') yield lacks(bucket, message);
    }
  },
});
