/** A Google Cloud bucket is open to everyone. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, itemsOf, textOf } from '../resource/values.ts';

export const gcpBucketPublic = check<TerraformModule>({
  rule: {
    id: 'deploy/gcp-bucket-public',
    name: 'The GCP bucket is public',
    help: {
      why: 'Anyone can read, or with the wrong role write, what lies in it.',
      fix: 'Name the accounts in member, and set public_access_prevention = "enforced" on the bucket.',
      references: ['https://cloud.google.com/storage/docs/public-access-prevention'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-732', 'CIS-GCP-5.1'],
    aliases: ['CKV_GCP_28', 'AVD-GCP-0001'],
  },
  examples: {
    fails: [
      { line: 3, text: 'resource "google_storage_bucket_iam_member" "a" {\n  bucket = "a"\n  member = "allUsers"\n}' },
      {
        line: 2,
        text: 'resource "google_storage_bucket_iam_binding" "a" {\n  members = ["user:a@example.org", "allAuthenticatedUsers"]\n}',
      },
      { line: 2, text: 'resource "google_storage_bucket_access_control" "a" {\n  entity = "allUsers"\n}' },
    ],
    passes: [
      'resource "google_storage_bucket_iam_member" "a" {\n  member = "user:a@example.org"\n}',
      'resource "google_storage_bucket_iam_binding" "a" {\n  members = ["group:a@example.org"]\n}',
      'resource "google_storage_bucket_iam_member" "a" {\n  member = "serviceAccount:${google_service_account.a.email}"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, ...TYPES)) {
      const message = `Anyone can use the bucket behind ${resource.name}`;
      for (const value of ['member', 'members', 'entity'].flatMap((name) => itemsOf(attributeOf(resource.block, name)))) {
        if (EVERYONE.test(textOf(value) ?? '')) yield hitAt(resource, value.region, message);
        else if (value.kind === 'reference' && /^(var|local|each)\./.test(value.to)) yield openAt(resource, value, 'the member', message);
      }
    }
  },
});

const TYPES = [
  'google_storage_bucket_iam_member',
  'google_storage_bucket_iam_binding',
  'google_storage_bucket_access_control',
  'google_storage_default_object_access_control',
];
const EVERYONE = /^all(Authenticated)?Users$/i;
