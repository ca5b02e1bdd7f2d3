/** Images are not scanned when they arrive. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const repositoryUnscanned = check<TerraformModule>({
  rule: {
    id: 'deploy/repository-unscanned',
    name: 'Pushed images are not scanned',
    help: {
      why: 'Known flaws in images stay unseen until something else finds them.',
      fix: 'Set image_scanning_configuration { scan_on_push = true }.',
      references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html'],
    },
    severity: 'low',
    confidence: 'medium',
    taxa: ['CWE-1395'],
    aliases: ['CKV_AWS_163', 'AVD-AWS-0030'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_ecr_repository" "a" {\n  name = "a"\n}' },
      { line: 3, text: 'resource "aws_ecr_repository" "a" {\n  image_scanning_configuration {\n    scan_on_push = false\n  }\n}' },
    ],
    passes: ['resource "aws_ecr_repository" "a" {\n  image_scanning_configuration {\n    scan_on_push = true\n  }\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_ecr_repository')) {
      yield* judgeSwitch(resource, {
        path: ['image_scanning_configuration', 'scan_on_push'],
        wanted: true,
        otherwise: false,
        message: `Images pushed to ${resource.name} are not scanned`,
      });
    }
  },
});
