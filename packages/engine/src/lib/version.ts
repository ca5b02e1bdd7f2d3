/** The version of Breakwater that findings, reports and evidence name; a test holds it to package.json. */
export const VERSION = '0.1.0';
