/** A CDN distribution serves unencrypted HTTP. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, nestedOf, textOf } from '../resource/values.ts';

export const distributionPlainHttp = check<TerraformModule>({
  rule: {
    id: 'deploy/distribution-plain-http',
    name: 'CloudFront answers to plain HTTP',
    help: {
      why: 'Sessions and data can be read and changed on the way.',
      fix: 'Set viewer_protocol_policy = "redirect-to-https" in every cache behaviour.',
      references: ['https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-319'],
    aliases: ['CKV_AWS_34', 'AVD-AWS-0012'],
  },
  examples: {
    fails: [
      {
        line: 3,
        text: 'resource "aws_cloudfront_distribution" "a" {\n  default_cache_behavior {\n    viewer_protocol_policy = "allow-all"\n  }\n}',
      },
      {
        line: 6,
        text: 'resource "aws_cloudfront_distribution" "a" {\n  default_cache_behavior {\n    viewer_protocol_policy = "https-only"\n  }\n  ordered_cache_behavior {\n    viewer_protocol_policy = "allow-all"\n  }\n}',
      },
    ],
    passes: [
      'resource "aws_cloudfront_distribution" "a" {\n  default_cache_behavior {\n    viewer_protocol_policy = "redirect-to-https"\n  }\n}',
      'resource "aws_cloudfront_distribution" "a" {\n  default_cache_behavior {\n    viewer_protocol_policy = "https-only"\n  }\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_cloudfront_distribution')) {
      const message = `What browsers send to ${resource.name} can be read on the way: it answers to plain HTTP`;
      for (const behaviour of [
        ...nestedOf(resource.block, 'default_cache_behavior'),
        ...nestedOf(resource.block, 'ordered_cache_behavior'),
      ]) {
        const value = attributeOf(behaviour, 'viewer_protocol_policy');
        const word = textOf(value);
        if (value !== undefined && word === undefined) yield openAt(resource, value, 'viewer_protocol_policy', message);
        else if (value !== undefined && word === 'allow-all') yield hitAt(resource, value.region, message);
      }
    }
  },
});
