/** A shared file system is not encrypted. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const fileSystemUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/file-system-unencrypted',
    name: 'The file system is not encrypted',
    help: {
      why: 'Who gets at the storage or a backup reads all files.',
      fix: 'Set encrypted = true; this makes a new file system, so move the data.',
      references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/efs_file_system#encrypted'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-311'],
    aliases: ['CKV_AWS_42', 'AVD-AWS-0037'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_efs_file_system" "a" {\n  creation_token = "a"\n}' },
      { line: 2, text: 'resource "aws_efs_file_system" "a" {\n  encrypted = false\n}' },
    ],
    passes: ['resource "aws_efs_file_system" "a" {\n  encrypted = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_efs_file_system')) {
      yield* judgeSwitch(resource, {
        path: ['encrypted'],
        wanted: true,
        otherwise: false,
        message: `The files of ${resource.name} are kept unencrypted`,
      });
    }
  },
});
