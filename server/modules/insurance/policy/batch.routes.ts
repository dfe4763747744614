import { bindManyInput, boundMany, issuedMany, issueManyInput } from '../../../../contract/insurance-batches.ts';
import { MOST_AT_ONCE } from '../../../../contract/insurance-vocabulary.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { accept } from '../../../kernel/result.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { type OnceRefusal, once } from '../once.service.ts';
import { TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { bindAll } from './bind.service.ts';
import { toldSource } from './funding.routes.ts';
import { issueMany } from './issue.service.ts';
import type { PolicyRefusal } from './policy.service.ts';
import { quoteLabels } from './quote.views.ts';

const tags = ['insurance'];

/** Binding and issuing many at once, as the renewals of a city come. */
export const batchRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/policies/binding',
      {
        config: { access: [...TAKERS, 'broker', 'underwriter'] },
        schema: {
          summary: 'Turn many quotes into policies that wait for their money; each is bound or refused by itself',
          tags,
          headers: keyHeader,
          body: bindManyInput,
          response: { 200: boundMany },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const bindings = request.body.bindings.map((b) => ({ ...b, leadOrgId: b.leadOrgId as OrgId | null }));
        const keyed = { key: request.headers['idempotency-key'], act: 'bind many', body: request.body };
        const done = await once<Awaited<ReturnType<typeof bindAll>>, OnceRefusal>({ deps, viewer }, keyed, async (d) =>
          accept(await bindAll(d, viewer, bindings)),
        );
        if (!done.ok) return problem(reply, status, done.refusal);
        const language = languageOf(request);
        const ids = bindings.map((b) => b.quoteId);
        const labels = await deps.scoped(viewer, (tx) => quoteLabels(tx, ids));
        return {
          bound: done.value.filter((answer) => answer.ok).length,
          items: done.value.map((answer, i) => ({
            quoteId: bindings[i]?.quoteId ?? '',
            policyId: answer.ok ? answer.value.policyId : null,
            ...labelOf(labels.get(bindings[i]?.quoteId ?? '')),
            ...toldRefusal(answer.ok ? null : answer.refusal, language),
          })),
        };
      },
    );
    app.post(
      '/insurance/policies/issue',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Issue many policies whose money has arrived: those named, or all that are paid',
          tags,
          headers: keyHeader,
          body: issueManyInput,
          response: { 200: issuedMany },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { policyIds } = request.body;
        const keyed = { key: request.headers['idempotency-key'], act: 'issue many', body: request.body };
        const done = await once<Awaited<ReturnType<typeof issueMany>>, OnceRefusal>(
          { deps, viewer },
          keyed,
          async (d) => accept(await issueMany(d, viewer, { policyIds, most: MOST_AT_ONCE })),
        );
        if (!done.ok) return problem(reply, status, done.refusal);
        const { left, items } = done.value;
        const language = languageOf(request);
        return {
          issued: items.filter((item) => item.refusal === null).length,
          left,
          items: items.map(({ policyId, number, holder, refusal }) => ({
            policyId,
            number,
            holder,
            issued: refusal === null,
            ...toldRefusal(refusal, language),
          })),
        };
      },
    );
  };

type Label = { number: string; holder: string; place: string; elevators: number };
const labelOf = (label?: Label) => ({
  quote: label?.number ?? null,
  holder: label?.holder ?? '',
  place: label?.place ?? '',
  elevators: label?.elevators ?? 0,
});

function toldRefusal(refusal: PolicyRefusal | null, language: Language) {
  const told = refusal && toldSource(refusal, language);
  return { refusal: told, why: told && say(told.code, language, told) };
}
