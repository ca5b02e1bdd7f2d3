/** Finds the programs of Go and Rust among the files of the target and reads what they were built from. */
import { BreakwaterError } from '@breakwater/model';
import { mapLimit } from '../../lib/async.ts';
import type { Format, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { brokenManifest } from '../dependencies/problems.ts';
import type { ManifestKind } from '../facts.ts';
import type { FoundFile, Reading, ReadProblem } from '../reading.ts';
import type { ByteSource, Image } from './executable/image.ts';
import { formatOf, openImages } from './executable/open.ts';
import { GO_BINARY, readGoBinary } from './go-binary.ts';
import { RUST_BINARY, readRustBinary } from './rust-binary.ts';

export interface Binary {
  readonly manifest: string;
  readonly kind: ManifestKind;
  readonly parsed: Parsed;
}

/** The smallest program of Go has a megabyte, of Rust some hundred kilobytes. */
const MIN_BYTES = 64 << 10;

/** Text, pictures, sound, fonts, archives: nothing that a system starts, and most of what is large in a repository. */
const NO_PROGRAM = new Set(
  (
    'c cc cpp cs css csv go h html ipynb java js json jsonl jsx kt less lock log map md mjs cjs php po py rb rs rst scss sh sql svg swift toml ts tsv tsx txt vue xml yaml yml ' +
    'avif bmp gif heic ico jpeg jpg pdf png psd tif tiff webp aac avi flac m4a mkv mov mp3 mp4 mpeg oga ogg ogv opus wav weba webm eot otf ttc ttf woff woff2 ' +
    '7z br bz2 class db ear gz jar lz4 npz onnx parquet pt rar safetensors sqlite tar tgz war whl xz zip zst'
  ).split(' '),
);

const isCandidate = ({ uri, bytes }: FoundFile): boolean => {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return bytes >= MIN_BYTES && (dot <= 0 || !NO_PROGRAM.has(name.slice(dot + 1).toLowerCase()));
};

interface Reader {
  readonly about: Pick<Format, 'kind' | 'remake'>;
  readonly read: (image: Image) => Promise<Parsed | undefined>;
}
const GO: Reader = { about: GO_BINARY, read: readGoBinary };
const RUST: Reader = { about: RUST_BINARY, read: readRustBinary };

/** The architectures of a universal file are one program: what any of them holds, once. */
const joined = (parts: readonly Parsed[]): Parsed | undefined => {
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return first;
  const entries = new Map(parts.flatMap((part) => part.entries.map((entry) => [entry.place, entry] as const)));
  const left = new Map(parts.flatMap((part) => part.left.map((item) => [`${item.origin} ${item.name}`, item] as const)));
  return { ...first, entries: [...entries.values()], roots: parts.flatMap(({ roots }) => roots), left: [...left.values()] };
};

/** What one file gives; problems are said in the order of the files, not in that of the disk's answers. */
interface Outcome {
  readonly binaries: readonly Binary[];
  readonly problems: readonly ReadProblem[];
}
const NOTHING: Outcome = { binaries: [], problems: [] };

const readWith = async ({ about, read }: Reader, images: readonly Image[], uri: string): Promise<Outcome> => {
  try {
    const parts: Parsed[] = [];
    for (const image of images) {
      const part = await read(image);
      if (part !== undefined) parts.push(part);
    }
    const parsed = joined(parts);
    return parsed === undefined ? NOTHING : { binaries: [{ manifest: uri, kind: about.kind, parsed }], problems: [] };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return { binaries: [], problems: [brokenManifest(uri, error, about.remake)] };
  }
};

const readFile = async ({ uri, bytes: size }: FoundFile, reading: Reading): Promise<readonly Outcome[]> => {
  reading.signal.throwIfAborted();
  const bytes: ByteSource = { size, read: (offset, length) => reading.readRange(uri, offset, length) };
  try {
    if (formatOf(await bytes.read(0, 4)) === undefined) return [];
    const images = await openImages(bytes);
    return [await readWith(GO, images, uri), await readWith(RUST, images, uri)];
  } catch (error) {
    if (!(error instanceof BreakwaterError)) throw error;
    return [{ binaries: [], problems: [{ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true }] }];
  }
};

const LANES = 8;

/** In the order of the files. Nothing is started; of each file only headers and the parts in question are read. BW3010 for what is broken. */
export const readBinaries = async (reading: Reading): Promise<readonly Binary[]> => {
  const outcomes = (await mapLimit(reading.files.filter(isCandidate), LANES, (file) => readFile(file, reading))).flat();
  for (const problem of outcomes.flatMap(({ problems }) => problems)) reading.problem(problem);
  return outcomes.flatMap(({ binaries }) => binaries);
};
