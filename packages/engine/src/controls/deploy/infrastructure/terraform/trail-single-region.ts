/** The audit trail does not see other regions. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const trailSingleRegion = check<TerraformModule>({
  rule: {
    id: 'deploy/trail-single-region',
    name: 'CloudTrail covers one region only',
    help: {
      why: 'What an attacker does in another region leaves no trace.',
      fix: 'Set is_multi_region_trail = true.',
      references: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-778', 'CIS-AWS-3.1'],
    aliases: ['CKV_AWS_67', 'AVD-AWS-0014'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_cloudtrail" "a" {\n  name = "a"\n}' },
      { line: 2, text: 'resource "aws_cloudtrail" "a" {\n  is_multi_region_trail = false\n}' },
    ],
    passes: ['resource "aws_cloudtrail" "a" {\n  is_multi_region_trail = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_cloudtrail')) {
      yield* judgeSwitch(resource, {
        path: ['is_multi_region_trail'],
        wanted: true,
        otherwise: false,
        message: `Trail ${resource.name} does not see what happens in other regions`,
      });
    }
  },
});
