/** Text that is already HTML. */
export type Html = { readonly html: string };

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

type Part = string | number | Html | null | false | readonly (Html | null | false)[];

/** Write HTML: everything put in is escaped unless it was written by this function. Nothing is written for null and false. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.reduce((page, text, i) => page + textOf(parts[i - 1] ?? null) + text),
});

function textOf(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map((p) => textOf(p)).join('');
}
