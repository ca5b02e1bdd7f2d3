/** A CDN distribution accepts outdated TLS. */
import type { TerraformBlock, TerraformModule, TerraformResource } from '../../../../extractors/facts.ts';
import { check, type Hit } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, nestedOf, textOf, truthOf } from '../resource/values.ts';

export const distributionOldTls = check<TerraformModule>({
  rule: {
    id: 'deploy/distribution-old-tls',
    name: 'CloudFront accepts TLS below 1.2',
    help: {
      why: 'Connections can be pushed down to a protocol whose protection is broken.',
      fix: 'Name a certificate and set minimum_protocol_version = "TLSv1.2_2021".',
      references: [
        'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
      ],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-327'],
    aliases: ['CKV_AWS_174', 'AVD-AWS-0013'],
  },
  examples: {
    fails: [
      {
        line: 3,
        text: 'resource "aws_cloudfront_distribution" "a" {\n  viewer_certificate {\n    minimum_protocol_version = "TLSv1_2016"\n  }\n}',
      },
      {
        line: 3,
        text: 'resource "aws_cloudfront_distribution" "a" {\n  viewer_certificate {\n    cloudfront_default_certificate = true\n  }\n}',
      },
      { line: 2, text: 'resource "aws_cloudfront_distribution" "a" {\n  viewer_certificate {\n    acm_certificate_arn = "x"\n  }\n}' },
    ],
    passes: [
      'resource "aws_cloudfront_distribution" "a" {\n  viewer_certificate {\n    acm_certificate_arn      = "x"\n    minimum_protocol_version = "TLSv1.2_2021"\n  }\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_cloudfront_distribution')) {
      for (const certificate of nestedOf(resource.block, 'viewer_certificate')) yield* judge(resource, certificate);
    }
  },
});

function* judge(resource: TerraformResource, certificate: TerraformBlock): Generator<Hit> {
  const message = `Browsers may talk to ${resource.name} over TLS that is broken (below 1.2)`;
  const version = attributeOf(certificate, 'minimum_protocol_version');
  const standard = attributeOf(certificate, 'cloudfront_default_certificate');
  const word = textOf(version);
  if (standard !== undefined && truthOf(standard) === true)
    yield hitAt(resource, standard.region, message); // it then allows TLS 1.0 whatever is set
  else if (version === undefined) yield lacks(resource, message, certificate);
  else if (word === undefined) yield openAt(resource, version, 'minimum_protocol_version', message);
  else if (!/^TLSv1\.[23]/.test(word)) yield hitAt(resource, version.region, message);
}
