/** The Kubernetes API of a cluster answers to everyone. */
import type { TerraformModule, TerraformResource } from '../../../../extractors/facts.ts';
import { check, type Hit } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { isWorld } from '../resource/network.ts';
import { ofType } from '../resource/select.ts';
import { itemsOf, textOf, truthOf, underPath } from '../resource/values.ts';

export const clusterApiPublic = check<TerraformModule>({
  rule: {
    id: 'deploy/cluster-api-public',
    name: 'The EKS endpoint is open to the internet',
    help: {
      why: 'Anyone can try credentials and the next flaw on the API that rules the whole cluster.',
      fix: 'Set endpoint_public_access = false, or list your networks in public_access_cidrs.',
      references: ['https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284'],
    aliases: ['CKV_AWS_38', 'CKV_AWS_39', 'AVD-AWS-0040', 'AVD-AWS-0041'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_eks_cluster" "a" {\n  vpc_config {\n    subnet_ids = []\n  }\n}' },
      {
        line: 4,
        text: 'resource "aws_eks_cluster" "a" {\n  vpc_config {\n    endpoint_public_access = true\n    public_access_cidrs    = ["0.0.0.0/0"]\n  }\n}',
      },
    ],
    passes: [
      'resource "aws_eks_cluster" "a" {\n  vpc_config {\n    endpoint_public_access = false\n  }\n}',
      'resource "aws_eks_cluster" "a" {\n  vpc_config {\n    public_access_cidrs = ["198.51.100.0/24"]\n  }\n}',
    ],
  },
  *find(module) {
    for (const cluster of ofType(module, 'aws_eks_cluster')) {
      const access = underPath(cluster.block, ['vpc_config', 'endpoint_public_access']);
      const message = `Anyone on the internet can reach the API of cluster ${cluster.name}`;
      if (truthOf(access) === false) continue;
      if (access !== undefined && truthOf(access) === 'unknown') yield openAt(cluster, access, 'endpoint_public_access', message);
      else yield* judgeSources(cluster, message);
    }
  },
});

/** Without a list, the whole world may come. */
function* judgeSources(cluster: TerraformResource, message: string): Generator<Hit> {
  const cidrs = underPath(cluster.block, ['vpc_config', 'public_access_cidrs']);
  const world = itemsOf(cidrs).find((item) => isWorld(textOf(item)));
  const unknown = itemsOf(cidrs).find((item) => item.kind !== 'literal');
  if (cidrs === undefined) yield lacks(cluster, message);
  else if (world !== undefined) yield hitAt(cluster, world.region, message);
  else if (unknown !== undefined) yield openAt(cluster, unknown, 'public_access_cidrs', message);
}
