import { z } from 'zod';
import { html } from '../../../kernel/html.ts';
import type { Routes } from '../../../kernel/http.ts';
import { say } from '../../../kernel/language.ts';
import { formPage, plainQuery, type Reading, readingOf, showPlain } from '../../../kernel/plain-form.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { findDocument, type Standing, type StoredDocument, standsOn } from './document.store.ts';

const CODE = /^[0-9A-F]{20}$/;

/** Where the QR code of a paper leads. */
export const verifyPath = (code: string): string => `/~/paper/${code}`;

/** The page a paper's QR leads to: whether it is ours, and whether it still holds. No names of people, no addresses. */
export const verifyPages =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      verifyPath(':code'),
      {
        config: { access: 'public', rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: { hide: true, params: z.object({ code: z.string().max(100) }), querystring: plainQuery },
      },
      async (request, reply) => {
        const code = request.params.code.toUpperCase();
        const reading = readingOf(request, reply, { path: verifyPath(encodeURIComponent(code)) });
        // As the owner: whoever holds the paper knows its code, and learns no more than the paper says.
        const found = CODE.test(code) ? await findDocument(deps.db, { code }) : undefined;
        if (!found) return showPlain(reply.code(404), unknownPaper(reading));
        const standing = await standsOn(deps.db, found.policyId, dayOf(deps.now()));
        return showPlain(reply, knownPaper({ found, standing }, reading));
      },
    );
  };

const unknownPaper = (reading: Reading): string => {
  const t = (what: string) => say(`insurance.verify.${what}`, reading.language);
  const body = html`<p class="fault" role="alert">${t('unknown')}</p>`;
  return formPage({ title: t('title'), body, foot: t('foot') }, reading);
};

function knownPaper({ found, standing }: { found: StoredDocument; standing: Standing }, reading: Reading): string {
  const t = (what: string, params = {}) => say(`insurance.verify.${what}`, reading.language, params);
  const { kind, number, on, from, to, members } = found.content;
  const lines: readonly (readonly [string, string])[] = [
    [t('paper'), say(`insurance.paper.title.${kind}`, reading.language)],
    [t('number'), number],
    [t('made_on'), on],
    [t('lead'), members[0]?.name ?? ''],
    [t('term'), t('from_to', { from, to })],
    ...(standing.endedOn ? [[t('ended_on'), standing.endedOn] as const] : []),
    [t('hash'), found.hash],
  ];
  const body = html`<p class="${standing.is === 'in_force' ? 'sent' : 'fault'}" role="status">${t(standing.is)}</p>
    <dl>${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  return formPage({ title: t('title'), body, foot: t('foot') }, reading);
}
