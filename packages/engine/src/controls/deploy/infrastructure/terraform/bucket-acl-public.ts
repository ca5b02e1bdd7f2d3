/** A bucket is opened to everyone by its access control list. */

import type { TerraformBlock, TerraformModule, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import { check, type Hit } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { addressIn, ofType, relatedBy } from '../resource/select.ts';
import { attributeOf, nestedOf, textOf, truthOf } from '../resource/values.ts';

export const bucketAclPublic = check<TerraformModule>({
  rule: {
    id: 'deploy/bucket-acl-public',
    name: 'The bucket is public by its ACL',
    help: {
      why: 'Anyone can list or read what lies in it, or write to it.',
      fix: 'Take the ACL out, or set acl = "private", and block public access.',
      references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-732', 'CIS-AWS-2.1.5'],
    aliases: ['CKV_AWS_20', 'CKV_AWS_57', 'AVD-AWS-0092'],
  },
  examples: {
    fails: [
      { line: 2, text: 'resource "aws_s3_bucket" "a" {\n  acl = "public-read"\n}' },
      { line: 3, text: 'resource "aws_s3_bucket_acl" "a" {\n  bucket = "a"\n  acl    = "public-read-write"\n}' },
      { line: 2, text: 'resource "aws_s3_bucket" "a" {\n  acl = "authenticated-read"\n}' },
      {
        line: 5,
        text: 'resource "aws_s3_bucket_acl" "a" {\n  access_control_policy {\n    grant {\n      grantee {\n        uri = "http://acs.amazonaws.com/groups/global/AllUsers"\n      }\n    }\n  }\n}',
      },
    ],
    passes: [
      'resource "aws_s3_bucket" "a" {\n  acl = "private"\n}',
      'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}',
      'resource "aws_s3_bucket_acl" "a" {\n  acl = "log-delivery-write"\n}',
      'resource "aws_s3_bucket" "a" {\n  acl = "public-read"\n}\nresource "aws_s3_bucket_public_access_block" "a" {\n  bucket             = aws_s3_bucket.a.id\n  ignore_public_acls = true\n}',
    ],
  },
  *find(module) {
    const blocks = relatedBy(ofType(module, 'aws_s3_bucket_public_access_block'), 'bucket', 'bucket');
    const buckets = new Map(ofType(module, 'aws_s3_bucket').map((bucket) => [bucket.address, bucket]));
    for (const resource of ofType(module, 'aws_s3_bucket', 'aws_s3_bucket_acl')) {
      const bucket = buckets.get(addressIn(attributeOf(resource.block, 'bucket')) ?? '') ?? resource;
      if (blocks(bucket).some(({ block }) => truthOf(attributeOf(block, 'ignore_public_acls')) === true)) continue;
      for (const hit of judge(resource, bucket.name)) yield { ...hit, at: { ...hit.at, fullyQualifiedName: bucket.address } }; // the ACL is a part of the bucket
    }
  },
});

function* judge(resource: TerraformResource, name: string): Generator<Hit> {
  const acl = attributeOf(resource.block, 'acl');
  const word = textOf(acl);
  if (acl !== undefined && word === undefined) yield openAt(resource, acl, 'acl', `Bucket ${name} is open to everyone`);
  else if (acl !== undefined && word !== undefined && Object.hasOwn(PUBLIC, word))
    yield hitAt(resource, acl.region, `Bucket ${name} can be ${PUBLIC[word]}`);
  for (const uri of granteesOf(resource.block)) {
    if (EVERYONE.test(textOf(uri) ?? '')) yield hitAt(resource, uri.region, `Bucket ${name} is open to everyone by a grant`);
  }
}

const PUBLIC: Readonly<Record<string, string>> = {
  'public-read': 'read by anyone',
  'public-read-write': 'read and written by anyone',
  'authenticated-read': 'read by anyone with an AWS account',
};
const EVERYONE = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** Both forms: `grant` of the bucket, and `access_control_policy` of the ACL resource. */
const granteesOf = (block: TerraformBlock): readonly TerraformValue[] => {
  const grants = [...nestedOf(block, 'grant'), ...nestedOf(block, 'access_control_policy').flatMap((policy) => nestedOf(policy, 'grant'))];
  return grants.flatMap((grant) => [grant, ...nestedOf(grant, 'grantee')].flatMap((holder) => attributeOf(holder, 'uri') ?? []));
};
