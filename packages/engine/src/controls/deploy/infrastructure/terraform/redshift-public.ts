/** A data warehouse has a public address. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const redshiftPublic = check<TerraformModule>({
  rule: {
    id: 'deploy/redshift-public',
    name: 'The data warehouse has a public address',
    help: {
      why: 'The cluster answers to the whole internet; only its password and its security group stand before the data.',
      fix: 'Set publicly_accessible = false.',
      references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster#publicly_accessible'],
    },
    severity: 'high',
    confidence: 'medium',
    taxa: ['CWE-284'],
    aliases: ['CKV_AWS_87'],
  },
  examples: {
    fails: [{ line: 2, text: 'resource "aws_redshift_cluster" "a" {\n  publicly_accessible = true\n}' }],
    passes: [
      'resource "aws_redshift_cluster" "a" {\n  publicly_accessible = false\n}',
      'resource "aws_redshift_cluster" "a" {\n  node_type = "ra3.xlplus"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_redshift_cluster')) {
      yield* judgeSwitch(resource, {
        path: ['publicly_accessible'],
        wanted: false,
        otherwise: false,
        message: `Warehouse ${resource.name} has an address that the internet can reach`,
      });
    }
  },
});
