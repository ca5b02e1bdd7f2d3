/** A database port is open to the whole internet. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { openPorts } from '../resource/network.ts';

export const databasePortOpenToInternet = check<TerraformModule>({
  rule: {
    id: 'deploy/database-port-open-to-internet',
    name: 'A database port is open to the internet',
    help: {
      why: 'Databases are not built to face strangers: a weak password or one flaw gives the data away.',
      fix: 'Name the networks that need it in place of 0.0.0.0/0, or go through a bastion, VPN or AWS Systems Manager.',
      references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-AWS-5.2'],
    aliases: ['AVD-AWS-0107'],
  },
  examples: {
    fails: [
      {
        line: 5,
        text: 'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 5432\n    to_port     = 5432\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      },
      {
        line: 5,
        text: 'resource "aws_security_group" "a" {\n  ingress {\n    from_port        = 5431\n    to_port          = 5433\n    ipv6_cidr_blocks = ["::/0"]\n  }\n}',
      },
      {
        line: 5,
        text: 'resource "aws_security_group_rule" "a" {\n  type        = "ingress"\n  from_port   = 5432\n  to_port     = 5432\n  cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]\n}',
      },
      {
        line: 2,
        text: 'resource "aws_vpc_security_group_ingress_rule" "a" {\n  cidr_ipv4   = "0.0.0.0/0"\n  ip_protocol = "tcp"\n  from_port   = 5432\n  to_port     = 5432\n}',
      },
    ],
    passes: [
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 80\n    to_port     = 80\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 5432\n    to_port     = 5432\n    cidr_blocks = ["10.0.0.0/8"]\n  }\n}',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 5432\n    to_port     = 5432\n    protocol    = "icmp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 5432\n    to_port     = 5432\n    security_groups = [aws_security_group.b.id]\n  }\n}',
      'resource "aws_security_group_rule" "a" {\n  type        = "egress"\n  from_port   = 5432\n  to_port     = 5432\n  cidr_blocks = ["0.0.0.0/0"]\n}',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 5432\n    to_port     = 5432\n    cidr_blocks = [aws_vpc.main.cidr_block]\n  }\n}',
    ],
  },
  *find(module) {
    yield* openPorts(module, PORTS, (group, port) => `Anyone on the internet can reach the database port ${port} through ${group.name}`);
  },
});

/** SQL Server, Oracle, MySQL, PostgreSQL, Redshift, Redis, Elasticsearch, MongoDB, Memcached, Cassandra, CouchDB, etcd. */
const PORTS = [5432, 1433, 1521, 3306, 5439, 6379, 9200, 27017, 11211, 9042, 5984, 2379];
