/** Traffic to the cache is sent in the clear. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const cacheTrafficUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/cache-traffic-unencrypted',
    name: 'Traffic to the cache is not encrypted',
    help: {
      why: 'Who sits in the network reads sessions and other cached data.',
      fix: 'Set transit_encryption_enabled = true, and an auth_token.',
      references: ['https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-319'],
    aliases: ['CKV_AWS_30', 'AVD-AWS-0051'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_elasticache_replication_group" "a" {\n  engine = "redis"\n}' },
      { line: 2, text: 'resource "aws_elasticache_replication_group" "a" {\n  transit_encryption_enabled = false\n}' },
    ],
    passes: ['resource "aws_elasticache_replication_group" "a" {\n  transit_encryption_enabled = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_elasticache_replication_group')) {
      yield* judgeSwitch(resource, {
        path: ['transit_encryption_enabled'],
        wanted: true,
        otherwise: false,
        message: `What is sent to cache ${resource.name} can be read on the way`,
      });
    }
  },
});
