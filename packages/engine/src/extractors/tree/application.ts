/** What the application is called: breakwater.yaml, else package.json, else the folder. */
import { basename } from 'node:path';
import type { Application } from '@breakwater/model';
import { z } from 'zod';
import type { Reading } from '../reading.ts';

const manifest = z.object({ name: z.string().optional(), version: z.string().optional() });

export const readApplication = async (reading: Reading): Promise<Application> => {
  const declared = await readManifest(reading);
  const name =
    reading.config.application?.name ??
    declared.name ??
    (reading.kind === 'sbom' ? reading.files[0]?.uri : undefined) ??
    basename(reading.root);
  return { name, ...(declared.version !== undefined && { version: declared.version }) };
};

const readManifest = async (reading: Reading): Promise<z.infer<typeof manifest>> => {
  if (!reading.files.some((file) => file.uri === 'package.json')) return {};
  try {
    return manifest.parse(JSON.parse(await reading.readText('package.json', 1024 * 1024)));
  } catch {
    return {}; // the dependencies control names a broken package.json; here it only gives a title
  }
};
