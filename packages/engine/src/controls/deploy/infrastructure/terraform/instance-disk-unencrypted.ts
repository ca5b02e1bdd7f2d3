/** Disks of a server are not encrypted by this configuration. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch, lacks } from '../resource/hit.ts';
import { encryptsByDefault, ofType } from '../resource/select.ts';
import { attributeOf, nestedOf } from '../resource/values.ts';

export const instanceDiskUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/instance-disk-unencrypted',
    name: 'Disks of the server are not encrypted',
    help: {
      why: 'Who gets at the disk or a copy of its snapshot reads all of it.',
      fix: 'Set encrypted = true in root_block_device and ebs_block_device, or turn on aws_ebs_encryption_by_default.',
      references: ['https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-311', 'CIS-AWS-2.2.1'],
    aliases: ['CKV_AWS_8', 'AVD-AWS-0008', 'AVD-AWS-0131'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_instance" "a" {\n  ami = "ami-1"\n}' },
      { line: 3, text: 'resource "aws_instance" "a" {\n  root_block_device {\n    encrypted = false\n  }\n}' },
      {
        line: 5,
        text: 'resource "aws_launch_configuration" "a" {\n  root_block_device {\n    encrypted = true\n  }\n  ebs_block_device {\n    device_name = "b"\n  }\n}',
      },
    ],
    passes: [
      'resource "aws_instance" "a" {\n  root_block_device {\n    encrypted = true\n  }\n}',
      'resource "aws_ebs_encryption_by_default" "on" {}\nresource "aws_instance" "a" {\n  ami = "ami-1"\n}',
      'resource "aws_instance" "a" {\n  root_block_device {\n    encrypted = true\n  }\n  ebs_block_device {\n    snapshot_id = "snap-1"\n  }\n}',
    ],
  },
  *find(module) {
    if (encryptsByDefault(module)) return;
    for (const resource of ofType(module, 'aws_instance', 'aws_launch_configuration')) {
      const message = `Disks of ${resource.name} are kept unencrypted`;
      const roots = nestedOf(resource.block, 'root_block_device');
      if (roots.length === 0) yield lacks(resource, message);
      for (const disk of [...roots, ...nestedOf(resource.block, 'ebs_block_device')]) {
        const copied = attributeOf(disk, 'snapshot_id') !== undefined;
        yield* judgeSwitch(resource, { path: ['encrypted'], wanted: true, otherwise: copied, message }, disk);
      }
    }
  },
});
