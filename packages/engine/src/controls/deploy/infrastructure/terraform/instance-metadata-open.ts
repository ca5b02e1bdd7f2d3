/** Credentials of a server can be fetched with a plain request. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { nestedOf, textOf, underPath } from '../resource/values.ts';

export const instanceMetadataOpen = check<TerraformModule>({
  rule: {
    id: 'deploy/instance-metadata-open',
    name: 'The old metadata service is allowed',
    help: {
      why: 'A request that the application can be tricked into (SSRF) brings back the credentials of the server.',
      fix: 'Set metadata_options { http_tokens = "required" }.',
      references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-918', 'CIS-AWS-5.6'],
    aliases: ['CKV_AWS_79', 'AVD-AWS-0028', 'AVD-AWS-0130'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_instance" "a" {\n  ami = "ami-1"\n}' },
      { line: 3, text: 'resource "aws_launch_template" "a" {\n  metadata_options {\n    http_tokens = "optional"\n  }\n}' },
    ],
    passes: [
      'resource "aws_instance" "a" {\n  metadata_options {\n    http_tokens = "required"\n  }\n}',
      'resource "aws_instance" "a" {\n  metadata_options {\n    http_endpoint = "disabled"\n  }\n}',
      'resource "aws_instance" "a" {\n  launch_template {\n    id = "lt-1"\n  }\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_instance', 'aws_launch_template', 'aws_launch_configuration')) {
      const { block } = resource;
      const message = `A request forged through the application brings back the credentials of ${resource.name}`;
      if (textOf(underPath(block, ['metadata_options', 'http_endpoint'])) === 'disabled') continue;
      const tokens = underPath(block, ['metadata_options', 'http_tokens']);
      const word = textOf(tokens);
      if (tokens === undefined) yield* nestedOf(block, 'launch_template').length > 0 ? [] : [lacks(resource, message)];
      else if (word === undefined) yield openAt(resource, tokens, 'http_tokens', message);
      else if (word !== 'required') yield hitAt(resource, tokens.region, message);
    }
  },
});
