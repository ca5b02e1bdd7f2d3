/** Addresses that a standard's field for IRIs takes as they are. @see RFC 3986, RFC 3987 */

/** An absolute one without characters that only an encoded form may have. Conservative: what is refused is kept in our own field. */
const ADDRESS =
  /^[A-Za-z][A-Za-z0-9+.-]{0,30}:(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/;

/** `http://` and the like need a host that parsers agree on; a port is digits. */
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/(?:[A-Za-z0-9\-._~!$&'()*+,;=%:]*@)?[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#]|$)/i;

export const isAddress = (text: string): boolean =>
  text.length <= 8192 && ADDRESS.test(text) && (AUTHORITY.test(text) || /^(?:urn|pkg):[^/?#]/i.test(text));
