/** The cache keeps its data in the clear. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const cacheUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/cache-unencrypted',
    name: 'The cache is not encrypted at rest',
    help: {
      why: 'Who gets at a snapshot or swap file reads the cached data.',
      fix: 'Set at_rest_encryption_enabled = true.',
      references: ['https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-311'],
    aliases: ['CKV_AWS_29', 'AVD-AWS-0045'],
  },
  examples: {
    fails: [{ line: 1, text: 'resource "aws_elasticache_replication_group" "a" {\n  engine = "redis"\n}' }],
    passes: ['resource "aws_elasticache_replication_group" "a" {\n  at_rest_encryption_enabled = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_elasticache_replication_group')) {
      yield* judgeSwitch(resource, {
        path: ['at_rest_encryption_enabled'],
        wanted: true,
        otherwise: false,
        message: `The data of cache ${resource.name} is kept unencrypted`,
      });
    }
  },
});
