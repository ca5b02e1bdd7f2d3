/** A disk is not encrypted by this configuration. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { encryptsByDefault, ofType } from '../resource/select.ts';

export const volumeUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/volume-unencrypted',
    name: 'A volume is not encrypted',
    help: {
      why: 'Who gets at the volume or a copy of its snapshot reads all of it.',
      fix: 'Set encrypted = true, or turn on aws_ebs_encryption_by_default for the account.',
      references: ['https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-311', 'CIS-AWS-2.2.1'],
    aliases: ['CKV_AWS_3', 'AVD-AWS-0026'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_ebs_volume" "a" {\n  size = 1\n}' },
      { line: 2, text: 'resource "aws_ebs_volume" "a" {\n  encrypted = false\n}' },
    ],
    passes: [
      'resource "aws_ebs_volume" "a" {\n  encrypted = true\n}',
      'resource "aws_ebs_encryption_by_default" "on" {\n  enabled = true\n}\nresource "aws_ebs_volume" "a" {\n  size = 1\n}',
    ],
  },
  *find(module) {
    if (encryptsByDefault(module)) return;
    for (const resource of ofType(module, 'aws_ebs_volume')) {
      yield* judgeSwitch(resource, {
        path: ['encrypted'],
        wanted: true,
        otherwise: false,
        message: `The disk ${resource.name} is kept unencrypted`,
      });
    }
  },
});
