/** Messages of a queue or topic are kept in the clear. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch, lacks } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const queueUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/queue-unencrypted',
    name: 'Messages are not encrypted at rest',
    help: {
      why: 'Who gets at the storage reads what the services tell one another.',
      fix: 'SNS: set kms_master_key_id. SQS: leave sqs_managed_sse_enabled on or set kms_master_key_id.',
      references: [
        'https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html',
        'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
      ],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-311'],
    aliases: ['CKV_AWS_26', 'CKV_AWS_27', 'AVD-AWS-0095', 'AVD-AWS-0096'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_sns_topic" "a" {\n  name = "a"\n}' },
      { line: 2, text: 'resource "aws_sqs_queue" "a" {\n  sqs_managed_sse_enabled = false\n}' },
    ],
    passes: [
      'resource "aws_sns_topic" "a" {\n  kms_master_key_id = "alias/aws/sns"\n}',
      'resource "aws_sqs_queue" "a" {\n  name = "a"\n}',
      'resource "aws_sqs_queue" "a" {\n  kms_master_key_id       = aws_kms_key.a.id\n  sqs_managed_sse_enabled = false\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_sns_topic', 'aws_sqs_queue')) {
      const message = `Messages of ${resource.name} are kept unencrypted`;
      const key = attributeOf(resource.block, 'kms_master_key_id');
      if (key !== undefined && textOf(key) !== '') continue;
      if (resource.type === 'aws_sns_topic') yield lacks(resource, message);
      else yield* judgeSwitch(resource, { path: ['sqs_managed_sse_enabled'], wanted: true, otherwise: true, message }); // on by default since 2022
    }
  },
});
