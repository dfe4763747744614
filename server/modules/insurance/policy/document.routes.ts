import { z } from 'zod';
import { elevatorCover, policyView } from '../../../../contract/insurance-policies.ts';
import { originOf, problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { status } from '../status.ts';
import { documentPdf } from './document.pdf.ts';
import { findDocument, type StoredDocument, standsOn } from './document.store.ts';
import { coverOf, viewPolicy } from './policy.views.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
/** Who sees what an elevator is covered by: everybody who sees the elevator's policies. */
const FILE_READERS = [...READERS, 'safety_officer', 'street_office', 'department', 'inspector'];

/** A policy whole, an elevator's cover, and papers to print. */
export const documentRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/policies/:id',
      {
        config: { access: READERS },
        schema: { summary: 'A policy with all that became of it', tags, params: byId, response: { 200: policyView } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) =>
          viewPolicy(tx, request.params.id, { today: dayOf(deps.now()), purseOf: deps.subsidisedPayers }),
        );
        return found ?? problem(reply, status, { code: 'insurance.policy_not_found' });
      },
    );
    app.get(
      '/insurance/elevators/:id/cover',
      {
        config: { access: FILE_READERS },
        schema: {
          summary: 'What an elevator is and was covered by',
          tags,
          params: byId,
          response: { 200: elevatorCover },
        },
      },
      async (request) => {
        const today = dayOf(deps.now());
        const id = request.params.id as ElevatorId;
        return { items: await deps.scoped(viewerOf(request), (tx) => coverOf(tx, id, today)) };
      },
    );
    app.get(
      '/insurance/documents/:id/pdf',
      {
        config: { access: READERS },
        schema: { summary: 'A policy, an endorsement or a receipt as PDF, as it was handed out', tags, params: byId },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => findDocument(tx, { id: request.params.id }));
        if (!found) return problem(reply, status, { code: 'insurance.document_not_found' });
        const verifyUrl = `${originOf(request)}/verify/insurance/${found.code}`;
        const pdf = await documentPdf({ ...found, verifyUrl }, languageOf(request));
        const name = encodeURIComponent(`${found.content.number}-${found.content.kind}-${found.content.no}.pdf`);
        return reply
          .header('content-disposition', `inline; filename*=UTF-8''${name}`)
          .type('application/pdf')
          .send(pdf);
      },
    );
  };

const byCode = z.object({ code: z.string().regex(/^[0-9A-Fa-f]{20}$/) });

/** The page a paper's QR leads to: whether it is ours, and whether it still holds. No names, no addresses. */
export const verifyPages =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/verify/insurance/:code',
      { config: { access: 'public', rateLimit: { max: 60, timeWindow: 60_000 } }, schema: { hide: true } },
      async (request, reply) => {
        const language = languageOf(request);
        const code = byCode.safeParse(request.params);
        // As the owner: whoever holds the paper knows its code, and learns no more than the paper says.
        const found = code.success ? await findDocument(deps.db, { code: code.data.code.toUpperCase() }) : undefined;
        const lines = found ? await linesOf(deps, found, language) : [say('insurance.verify.unknown', language)];
        return reply
          .code(found ? 200 : 404)
          .header('cache-control', 'no-store')
          .type('text/html; charset=utf-8')
          .send(page(say('insurance.verify.title', language), lines, language));
      },
    );
  };

async function linesOf(deps: InsuranceDeps, { policyId, content, hash }: StoredDocument, language: Language) {
  const stands = await standsOn(deps.db, policyId, dayOf(deps.now()));
  const kind = say(`insurance.paper.title.${content.kind}`, language);
  return [
    say('insurance.verify.known', language, { kind, number: content.number, on: content.on }),
    say('insurance.verify.term', language, { from: content.from, to: content.to }),
    say('insurance.verify.lead', language, { insurer: content.members[0]?.name ?? '' }),
    say(`insurance.verify.${stands}`, language),
    say('insurance.verify.hash', language, { hash }),
  ];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const page = (title: string, lines: readonly string[], language: Language): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title></head>
<body><main><h1>${escaped(title)}</h1>${lines.map((l) => `<p style="overflow-wrap:anywhere">${escaped(l)}</p>`).join('')}</main></body></html>`;
