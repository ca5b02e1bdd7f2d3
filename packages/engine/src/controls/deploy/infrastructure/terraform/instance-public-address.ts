/** A server is given a public address. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { nestedOf } from '../resource/values.ts';

export const instancePublicAddress = check<TerraformModule>({
  rule: {
    id: 'deploy/instance-public-address',
    name: 'The server has a public address',
    help: {
      why: 'Each service on it is one security group rule away from the internet.',
      fix: 'Set associate_public_ip_address = false and put a load balancer before it.',
      references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#associate_public_ip_address'],
    },
    severity: 'medium',
    confidence: 'medium',
    taxa: ['CWE-284'],
    aliases: ['CKV_AWS_88', 'AVD-AWS-0009'],
  },
  examples: {
    fails: [
      { line: 3, text: 'resource "aws_launch_template" "a" {\n  network_interfaces {\n    associate_public_ip_address = true\n  }\n}' },
      { line: 2, text: 'resource "aws_instance" "a" {\n  associate_public_ip_address = true\n}' },
    ],
    passes: [
      'resource "aws_instance" "a" {\n  associate_public_ip_address = false\n}',
      'resource "aws_instance" "a" {\n  ami = "ami-1"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_instance', 'aws_launch_configuration', 'aws_launch_template')) {
      const message = `What starts as ${resource.name} has an address that the internet can reach`;
      const path = ['associate_public_ip_address'];
      for (const block of [resource.block, ...nestedOf(resource.block, 'network_interfaces')]) {
        yield* judgeSwitch(resource, { path, wanted: false, otherwise: false, message }, block);
      }
    }
  },
});
