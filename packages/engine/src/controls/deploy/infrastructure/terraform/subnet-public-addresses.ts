/** Whatever starts in the subnet gets a public address. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const subnetPublicAddresses = check<TerraformModule>({
  rule: {
    id: 'deploy/subnet-public-addresses',
    name: 'The subnet gives out public addresses',
    help: {
      why: 'A server that was meant to be internal is on the internet by default.',
      fix: 'Set map_public_ip_on_launch = false; give addresses to the few that need one.',
      references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/subnet#map_public_ip_on_launch'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1188'],
    aliases: ['CKV_AWS_130', 'AVD-AWS-0164'],
  },
  examples: {
    fails: [{ line: 2, text: 'resource "aws_subnet" "a" {\n  map_public_ip_on_launch = true\n}' }],
    passes: [
      'resource "aws_subnet" "a" {\n  map_public_ip_on_launch = false\n}',
      'resource "aws_subnet" "a" {\n  cidr_block = "10.0.0.0/24"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_subnet', 'aws_default_subnet')) {
      yield* judgeSwitch(resource, {
        path: ['map_public_ip_on_launch'],
        wanted: false,
        otherwise: false,
        message: `Whatever starts in subnet ${resource.name} gets a public address`,
      });
    }
  },
});
