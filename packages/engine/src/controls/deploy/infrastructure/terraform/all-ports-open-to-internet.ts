/** Every port is open to the whole internet. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { openToAll } from '../resource/network.ts';

export const allPortsOpenToInternet = check<TerraformModule>({
  rule: {
    id: 'deploy/all-ports-open-to-internet',
    name: 'Every port is open to the internet',
    help: {
      why: 'Whatever listens, now or later, answers to anyone.',
      fix: 'Name the ports and the networks that need them.',
      references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-AWS-5.2'],
    aliases: ['CKV_AWS_277', 'CKV_AWS_24', 'CKV_AWS_25', 'AVD-AWS-0107'],
  },
  examples: {
    fails: [
      {
        line: 5,
        text: 'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 0\n    to_port     = 65535\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      },
      {
        line: 5,
        text: 'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 0\n    protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      },
      { line: 2, text: 'resource "aws_vpc_security_group_ingress_rule" "a" {\n  cidr_ipv6   = "::/0"\n  ip_protocol = "-1"\n}' },
    ],
    passes: [
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    self        = true\n  }\n}',
      'resource "aws_security_group" "a" {\n  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      'resource "aws_security_group_rule" "a" {\n  type              = "ingress"\n  protocol          = "-1"\n  from_port         = 0\n  to_port           = 0\n  cidr_blocks       = ["192.168.0.0/16"]\n}',
    ],
  },
  *find(module) {
    yield* openToAll(module, (group) => `Anyone on the internet can reach every port through ${group.name}`);
  },
});
