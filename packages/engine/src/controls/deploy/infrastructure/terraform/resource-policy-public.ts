/** A resource policy lets anyone in. */
import type { TerraformModule, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import { check, type Hit } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { statementsOf, statementsOfDocument } from '../resource/policy.ts';
import { addressIn, dataOfType, ofType } from '../resource/select.ts';
import { attributeOf } from '../resource/values.ts';

export const resourcePolicyPublic = check<TerraformModule>({
  rule: {
    id: 'deploy/resource-policy-public',
    name: 'The resource is open to everyone by its policy',
    help: {
      why: 'Anyone, from any AWS account or none, may do what the statement allows.',
      fix: 'Name the accounts or roles as principals, or add a condition that limits them (aws:SourceArn, aws:PrincipalOrgID).',
      references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-732', 'CWE-284'],
    aliases: ['CKV_AWS_70', 'CKV_AWS_168', 'CKV_AWS_169', 'CKV_AWS_32'],
  },
  examples: {
    fails: [
      {
        line: 6,
        text: 'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = "*"\n      Action    = "s3:GetObject"\n    }]\n  })\n}',
      },
      {
        line: 6,
        text: 'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = { AWS = "*" }\n      Action    = "s3:GetObject"\n    }]\n  })\n}',
      },
      {
        line: 6,
        text: 'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = { AWS = ["arn:aws:iam::111122223333:root", "*"] }\n      Action    = "s3:GetObject"\n    }]\n  })\n}',
      },
      {
        line: 2,
        text: 'resource "aws_sqs_queue_policy" "a" {\n  policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "${aws_sqs_queue.q.arn}"}]}\nEOF\n}',
      },
      {
        line: 6,
        text: 'resource "aws_sns_topic_policy" "a" {\n  policy = data.aws_iam_policy_document.a.json\n}\ndata "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["sns:Publish"]\n    principals {\n      type        = "AWS"\n      identifiers = ["*"]\n    }\n  }\n}',
      },
    ],
    passes: [
      'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = { AWS = "arn:aws:iam::111122223333:root" }\n      Action    = "s3:GetObject"\n    }]\n  })\n}',
      'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = "*"\n      Action    = "s3:GetObject"\n      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } }\n    }]\n  })\n}',
      'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Deny"\n      Principal = "*"\n      Action    = "s3:GetObject"\n    }]\n  })\n}',
      'resource "aws_s3_bucket_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = { Service = "cloudfront.amazonaws.com" }\n      Action    = "s3:GetObject"\n    }]\n  })\n}',
      'data "aws_iam_policy_document" "unused" {\n  statement {\n    actions = ["sns:Publish"]\n    principals {\n      type        = "AWS"\n      identifiers = ["*"]\n    }\n  }\n}',
    ],
  },
  *find(module) {
    const documents = new Map(dataOfType(module, 'aws_iam_policy_document').map((document) => [document.address, document]));
    for (const resource of ofType(module, ...TYPES)) {
      const value = attributeOf(resource.block, 'policy');
      if (value !== undefined) yield* judge(resource, value, documents.get(addressIn(value) ?? ''));
    }
  },
});

/** `document` is what `value` refers to, when it stands in the same folder: the hit is there, the finding is the resource's. */
function* judge(resource: TerraformResource, value: TerraformValue, document: TerraformResource | undefined): Generator<Hit> {
  const message = `${resource.name} is open to everyone: its policy allows any principal`;
  const statements = document === undefined ? statementsOf(value) : statementsOfDocument(document);
  if (statements === undefined) yield openAt(resource, value, 'policy', message);
  for (const { allows, principals, conditional, region } of statements ?? []) {
    if (!allows || conditional || !principals.some((principal) => ANYONE.test(principal ?? ''))) continue;
    const hit = hitAt(resource, region, message);
    yield { ...hit, at: { ...hit.at, uri: (document ?? resource).uri } };
  }
}

/** The second: a role of any account. */
const ANYONE = /^\*$|^arn:[\w-]+:iam::\*:/;
const TYPES = [
  'aws_s3_bucket_policy',
  'aws_s3_bucket',
  'aws_sqs_queue_policy',
  'aws_sqs_queue',
  'aws_sns_topic_policy',
  'aws_sns_topic',
].concat([
  'aws_ecr_repository_policy',
  'aws_kms_key',
  'aws_kms_key_policy',
  'aws_secretsmanager_secret_policy',
  'aws_backup_vault_policy',
  'aws_efs_file_system_policy',
  'aws_glacier_vault_lock',
]);
