/** A tag of the registry can be moved to another image. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const repositoryTagsMutable = check<TerraformModule>({
  rule: {
    id: 'deploy/repository-tags-mutable',
    name: 'Image tags can be overwritten',
    help: {
      why: 'Who may push can put other software under a tag that is already deployed.',
      fix: 'Set image_tag_mutability = "IMMUTABLE".',
      references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-345'],
    aliases: ['CKV_AWS_51', 'AVD-AWS-0031'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_ecr_repository" "a" {\n  name = "a"\n}' },
      { line: 2, text: 'resource "aws_ecr_repository" "a" {\n  image_tag_mutability = "MUTABLE"\n}' },
    ],
    passes: [
      'resource "aws_ecr_repository" "a" {\n  image_tag_mutability = "IMMUTABLE"\n}',
      'resource "aws_ecr_repository" "a" {\n  image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"\n}',
    ],
  },
  *find(module) {
    for (const repository of ofType(module, 'aws_ecr_repository')) {
      const value = attributeOf(repository.block, 'image_tag_mutability');
      const message = `A tag in ${repository.name} can be moved to another image`;
      const word = textOf(value);
      if (value === undefined) yield lacks(repository, message);
      else if (word === undefined) yield openAt(repository, value, 'image_tag_mutability', message);
      else if (!word.startsWith('IMMUTABLE')) yield hitAt(repository, value.region, message);
    }
  },
});
