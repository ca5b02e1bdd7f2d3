/** Every text file of the target, one at a time; binary files are no text, large texts are named as not looked at. */
import { open } from 'node:fs/promises';
import { BreakwaterError } from '@breakwater/model';
import type { SourceText } from '../facts.ts';
import type { FoundFile, Reading } from '../reading.ts';
import { isBinary } from './decode.ts';

/** Above this a text is data, not something people write; reading it would cost more than it tells. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

export async function* readTexts(reading: Reading): AsyncGenerator<SourceText> {
  let texts = 0;
  for (const file of reading.files) {
    reading.signal.throwIfAborted();
    const text = await textOf(reading, file);
    if (text === undefined) continue;
    texts += 1;
    if (texts % 200 === 0) reading.progress(`${texts} of ${reading.files.length} files`);
    yield { uri: file.uri, text };
  }
  reading.looked(`${texts.toLocaleString('en-US')} ${texts === 1 ? 'file' : 'files'}`);
}

const textOf = async (reading: Reading, file: FoundFile): Promise<string | undefined> => {
  if (file.bytes === 0) return undefined;
  try {
    if (file.bytes > MAX_TEXT_BYTES && (await startsBinary(file))) return undefined;
    const text = await reading.readText(file.uri, MAX_TEXT_BYTES);
    return text.slice(0, 8_000).includes('\0') ? undefined : text;
  } catch (error) {
    if (!(error instanceof BreakwaterError)) throw error;
    reading.problem({ code: error.code, uri: file.uri, message: error.message, hint: error.hint, incomplete: true });
    return undefined;
  }
};

const startsBinary = async (file: FoundFile & { readonly raw?: Buffer }): Promise<boolean> => {
  if (file.raw === undefined) return false;
  const handle = await open(file.raw, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(8_000), 0, 8_000, 0);
    return isBinary(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
};
