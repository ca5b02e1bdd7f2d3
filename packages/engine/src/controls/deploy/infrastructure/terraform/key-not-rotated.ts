/** An encryption key is never changed. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const keyNotRotated = check<TerraformModule>({
  rule: {
    id: 'deploy/key-not-rotated',
    name: 'The key is not rotated',
    help: {
      why: 'A key that leaks once opens everything that was ever encrypted with it.',
      fix: 'Set enable_key_rotation = true.',
      references: ['https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-320', 'CIS-AWS-3.8'],
    aliases: ['CKV_AWS_7', 'AVD-AWS-0065'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_kms_key" "a" {\n  description = "a"\n}' },
      { line: 2, text: 'resource "aws_kms_key" "a" {\n  enable_key_rotation = false\n}' },
    ],
    passes: [
      'resource "aws_kms_key" "a" {\n  enable_key_rotation = true\n}',
      'resource "aws_kms_key" "a" {\n  customer_master_key_spec = "RSA_2048"\n}',
      'resource "aws_kms_key" "a" {\n  key_usage = "SIGN_VERIFY"\n}',
    ],
  },
  *find(module) {
    for (const key of ofType(module, 'aws_kms_key')) {
      const spec = textOf(attributeOf(key.block, 'customer_master_key_spec') ?? attributeOf(key.block, 'key_spec')) ?? 'SYMMETRIC_DEFAULT';
      const usage = textOf(attributeOf(key.block, 'key_usage')) ?? 'ENCRYPT_DECRYPT';
      if (spec !== 'SYMMETRIC_DEFAULT' || usage !== 'ENCRYPT_DECRYPT') continue; // AWS rotates no other keys
      yield* judgeSwitch(key, {
        path: ['enable_key_rotation'],
        wanted: true,
        otherwise: false,
        message: `Key ${key.name} is never changed`,
      });
    }
  },
});
