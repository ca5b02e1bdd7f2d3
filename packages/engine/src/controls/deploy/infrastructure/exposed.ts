/** Rules whose finding itself says that the resource faces the internet: what they find carries `opensTo`. */

const EXPOSED: ReadonlySet<string> = new Set(
  [
    'all-ports-open-to-internet',
    'azure-nsg-open-to-internet',
    'azure-storage-public',
    'bucket-acl-public',
    'cluster-api-public',
    'database-port-open-to-internet',
    'database-public',
    'distribution-old-tls',
    'distribution-plain-http',
    'firewall-open-to-internet',
    'gcp-bucket-public',
    'gcp-database-public',
    'instance-public-address',
    'rdp-open-to-internet',
    'redshift-public',
    'resource-policy-public',
    'role-assumed-by-anyone',
    'ssh-open-to-internet',
  ].map((name) => `deploy/${name}`),
);

/** False says nothing: other rules may be about exposed resources too. */
export const isExposed = (ruleId: string): boolean => EXPOSED.has(ruleId);
