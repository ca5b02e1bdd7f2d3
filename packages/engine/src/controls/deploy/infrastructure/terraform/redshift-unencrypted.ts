/** A data warehouse keeps its data in the clear. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const redshiftUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/redshift-unencrypted',
    name: 'The data warehouse is not encrypted',
    help: {
      why: 'Who gets at a disk or a snapshot reads all of it.',
      fix: 'Set encrypted = true and name a key with kms_key_id.',
      references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster#encrypted'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-311'],
    aliases: ['CKV_AWS_64', 'AVD-AWS-0084'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_redshift_cluster" "a" {\n  node_type = "ra3.xlplus"\n}' },
      { line: 2, text: 'resource "aws_redshift_cluster" "a" {\n  encrypted = false\n}' },
    ],
    passes: ['resource "aws_redshift_cluster" "a" {\n  encrypted = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_redshift_cluster')) {
      yield* judgeSwitch(resource, {
        path: ['encrypted'],
        wanted: true,
        otherwise: false,
        message: `The data of warehouse ${resource.name} is kept unencrypted`,
      });
    }
  },
});
