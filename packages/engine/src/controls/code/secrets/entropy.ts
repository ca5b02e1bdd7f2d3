/** How surprising a string is. */

/** Shannon entropy in bits for each character (UTF-16 code unit); 0 for the empty string. */
export const entropy = (text: string): number => {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
};
