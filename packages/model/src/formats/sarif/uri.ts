/** Paths as URI references and back. @see RFC 3986 */

/** Percent-encodes each segment; `:` too, since `a:b` alone would read as a scheme. A lone surrogate, which has no UTF-8 form, becomes U+FFFD. */
export const encodePath = (path: string): string =>
  path
    .replace(/[\uD800-\uDFFF]/gu, '\uFFFD')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

/** Decodes what is validly encoded and leaves the rest as it stands: other tools often do not encode. */
export const decodePath = (uri: string): string =>
  uri.replace(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });

/** An http(s) address that is valid as it stands; SARIF viewers refuse others. */
export const isWebUri = (text: string): boolean =>
  text.length <= 2048 &&
  /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?](?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/.test(
    text,
  );
