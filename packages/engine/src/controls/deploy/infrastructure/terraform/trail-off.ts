/** The audit trail is switched off. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const trailOff = check<TerraformModule>({
  rule: {
    id: 'deploy/trail-off',
    name: 'CloudTrail is off',
    help: {
      why: 'Nothing of what happens in the account is recorded.',
      fix: 'Set enable_logging = true.',
      references: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-778', 'CIS-AWS-3.1'],
    aliases: ['CKV_AWS_251'],
  },
  examples: {
    fails: [{ line: 2, text: 'resource "aws_cloudtrail" "a" {\n  enable_logging = false\n}' }],
    passes: ['resource "aws_cloudtrail" "a" {\n  name = "a"\n}', 'resource "aws_cloudtrail" "a" {\n  enable_logging = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_cloudtrail')) {
      yield* judgeSwitch(resource, {
        path: ['enable_logging'],
        wanted: true,
        otherwise: true,
        message: `Trail ${resource.name} records nothing`,
      });
    }
  },
});
