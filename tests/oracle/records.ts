/** Every OSV record of a folder laid out as the bucket, read with nothing of the product: python's zipfile gives the text. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface PlainRecord {
  readonly id: string;
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  readonly affected?: readonly {
    readonly package?: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly { readonly type: string; readonly events: readonly Readonly<Record<string, string>>[] }[];
    readonly versions?: readonly string[];
  }[];
}

const PRINT =
  'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist():\n sys.stdout.write(z.read(n).decode().replace("\\n"," ")+"\\n")';

export const recordsIn = (folder: string, ecosystems: readonly string[]): readonly PlainRecord[] =>
  readdirSync(folder)
    .filter((name) => ecosystems.includes(name))
    .flatMap((name) => {
      const text = execFileSync('python3', ['-c', PRINT, join(folder, name, 'all.zip')], { maxBuffer: 1 << 30 }).toString();
      return text.split('\n').flatMap((line): PlainRecord[] => (line.trim() === '' ? [] : [JSON.parse(line)]));
    });
