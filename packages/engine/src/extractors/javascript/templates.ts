/** Templates of the application as text: does one of them load modules, the only way by which their compiled code could? */
import type { Reading } from '../reading.ts';

const TEMPLATE =
  /\.(?:ejs|eta|html?|xhtml|tpl|tmpl|template|dot|jst|njk|nunjucks|pug|jade|hbs|handlebars|mustache|swig|twig|liquid|haml|hamlet|vash|dust|ect|marko|txt|md)$/i;
const LOADS = /\b(?:mainModule|getBuiltinModule)\b|\b(?:require|import)\s*\(/;
const MAX_BYTES = 1024 * 1024;
const MOST = 20_000;

/** true also when there are more, or larger ones, than are read: what was not looked at is not closed. */
export const templatesLoad = async (reading: Pick<Reading, 'files' | 'readText' | 'signal'>): Promise<boolean> => {
  const templates = reading.files.filter((file) => TEMPLATE.test(file.uri));
  if (templates.length > MOST) return true;
  for (const { uri } of templates) {
    reading.signal.throwIfAborted();
    const text = await reading.readText(uri, MAX_BYTES).catch(() => undefined);
    if (text === undefined || LOADS.test(text)) return true;
  }
  return false;
};
