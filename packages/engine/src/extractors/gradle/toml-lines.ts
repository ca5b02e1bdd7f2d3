/** Where each key of a table stands, which the TOML parser does not say. */

const HEADER = /^\[\s*"?([\w-]+)"?\s*\]$/;
const KEY = /^(?:"([^"]*)"|'([^']*)'|([\w-]+))(?:\s*\.\s*[^=]*)?\s*=/;

/** Looks only for the start of a line: a key that is written in another way stands where its table begins. */
export const linesOfKeys = (text: string): ((table: string, key: string) => number) => {
  const lines = new Map<string, number>();
  let table = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.slice(0, 1_000).trim();
    const header = HEADER.exec(line.replace(/\s*#[^"']*$/, ''))?.[1];
    if (header !== undefined) {
      table = header;
      lines.set(`${table}\0`, index + 1);
      continue;
    }
    const match = KEY.exec(line);
    const key = match?.[1] ?? match?.[2] ?? match?.[3];
    if (key !== undefined && !lines.has(`${table}\0${key}`)) lines.set(`${table}\0${key}`, index + 1);
  }
  return (wanted, key) => lines.get(`${wanted}\0${key}`) ?? lines.get(`${wanted}\0`) ?? 1;
};
