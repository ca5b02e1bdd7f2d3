/** SPDX identifiers: letters, digits, `.` and `-` only (SPDX 2.3 §7.2), so that everything else is written as its number. */

export const DOCUMENT = 'SPDXRef-DOCUMENT';
export const SUBJECT = 'SPDXRef-Subject';

/** `node_modules/a` → `node.5f.modules.2f.a`: read from the left it means one text only. */
const encoded = (text: string): string => text.replace(/[^A-Za-z0-9-]/g, (unit) => `.${unit.charCodeAt(0).toString(16)}.`);

export const manifestId = (uri: string): string => `SPDXRef-Manifest-${encoded(uri)}`;

/** `.at.` is no number, so that a manifest's end is never taken for a place's beginning. */
export const packageId = (uri: string, place: string): string => `SPDXRef-Package-${encoded(uri)}.at.${encoded(place)}`;

export const licenceId = (words: string): string => `LicenseRef-${encoded(words)}`;
