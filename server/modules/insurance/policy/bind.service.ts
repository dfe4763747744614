import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { choosing, keepChoice } from './comparison.store.ts';
import { settleFunding } from './funding.service.ts';
import type { InstalmentTerms } from './instalment.rules.ts';
import { partsFor, planParts } from './instalment.service.ts';
import type { AgencyRefusal, Mandate } from './mandate.rules.ts';
import { agenciesToday } from './mandate.service.ts';
import { takeNumbers } from './number.store.ts';
import { mayBind, membersOf } from './policy.rules.ts';
import type { PolicyRefusal } from './policy.service.ts';
import {
  type CoverAlready,
  coverAlready,
  findQuotes,
  insertPolicies,
  insertPolicyLines,
  type Member,
  markBound,
  type NewPolicy,
  quotesSharing,
  type StoredQuote,
} from './policy.store.ts';

export type Binding = {
  number: string | null; // the insurer's own; null: the next of those it allotted
  leadOrgId: OrgId | null; // null: the pool's lead, or the insurer whose product it is
  doubleCoverDisclosed: boolean;
  instalments?: boolean; // in the parts the filed contract allows
};
export type QuoteBinding = Binding & { quoteId: string };
type Bound = Result<{ policyId: string }, PolicyRefusal>;

/**
 * Turn a quote into a policy that waits for its money. The number is the insurer's own. Cover of the same kind that
 * the elevators already have must be disclosed (保险法 56).
 */
export async function bind(deps: InsuranceDeps, viewer: Viewer, binding: QuoteBinding): Promise<Bound> {
  const [done] = await bindAll(deps, viewer, [binding]);
  invariant(done, 'who asks is answered');
  return done;
}

/**
 * The same for many, as the renewals of a city come: each is bound or refused by itself, in the order asked, and a refusal costs the
 * others nothing. What they need to know is asked once for all of them. Quotes that name an elevator twice are bound one
 * after the other, so that the later one meets the cover of the earlier.
 */
export async function bindAll(
  deps: InsuranceDeps,
  viewer: Viewer,
  bindings: readonly QuoteBinding[],
): Promise<readonly Bound[]> {
  const ids = bindings.map((b) => b.quoteId);
  const sharing = ids.length > 1 ? await deps.scoped(viewer, (tx) => quotesSharing(tx, ids)) : new Set<string>();
  const isLater = (id: string, i: number) => sharing.has(id) || ids.indexOf(id) < i;
  const firsts = bindings.filter((b, i) => !isLater(b.quoteId, i));
  const together = await bindSet(deps, { viewer, bindings: firsts, after: false });
  const answers: Bound[] = [];
  let at = 0;
  for (const [i, binding] of bindings.entries()) {
    const [done] = isLater(binding.quoteId, i)
      ? await bindSet(deps, { viewer, bindings: [binding], after: true })
      : [together[at++]];
    invariant(done, 'every binding is answered');
    answers.push(done);
  }
  return answers;
}

/** A quote that nothing speaks against, on its way to be a policy. */
type Ready = { quote: StoredQuote; binding: QuoteBinding; members: readonly Member[]; terms: InstalmentTerms | null };
type Batch = { viewer: Viewer; bindings: readonly QuoteBinding[]; after: boolean }; // `after`: others of the batch were bound before

const bindSet = (deps: InsuranceDeps, batch: Batch): Promise<readonly Bound[]> =>
  deps.scoped(batch.viewer, async (tx): Promise<readonly Bound[]> => {
    const answers = new Map<string, Bound>();
    const judged = await judgeAll(deps, tx, batch);
    const willing = judged.flatMap(([, done]) => (done.ok ? [done.value] : []));
    const unfunded = await settleFunding(
      deps,
      tx,
      willing.map((r) => r.quote),
    );
    for (const [quoteId, done] of judged) if (!done.ok) answers.set(quoteId, done);
    for (const [quoteId, refusal] of unfunded) answers.set(quoteId, refuse(refusal));
    const ready = willing.filter((r) => !unfunded.has(r.quote.id));
    for (const [quoteId, policy] of await makePolicies(deps, tx, ready)) answers.set(quoteId, policy);
    return batch.bindings.map((b) => answers.get(b.quoteId) ?? refuse({ code: 'insurance.quote_not_found' }));
  });

type Judged = readonly [quoteId: string, done: Result<Ready, PolicyRefusal>];

/** Says of each quote whether it may become a policy now, from what is asked once for all. */
async function judgeAll(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { viewer, bindings, after }: Batch,
): Promise<readonly Judged[]> {
  const ids = bindings.map((b) => b.quoteId);
  const quotes = await findQuotes(tx, ids); // held until the end: nobody else binds them meanwhile
  const undisclosed = bindings.flatMap((b) => (b.doubleCoverDisclosed ? [] : (quotes.get(b.quoteId) ?? [])));
  // As the owner: cover counts that another took out for these elevators, whether or not this person sees that policy.
  const covered = await coverAlready(deps.db, undisclosed);
  const coveredHere = after ? await coverAlready(tx, undisclosed) : covered; // and what this very act has bound
  const actFor = await agenciesToday(deps, tx, viewer);
  const mayChoose = choosing(tx);
  const judged: Judged[] = [];
  for (const binding of bindings) {
    const quote = quotes.get(binding.quoteId);
    const already = covered.get(binding.quoteId) ?? coveredHere.get(binding.quoteId);
    const done: Result<Ready, PolicyRefusal> = quote
      ? await judge(deps, tx, { viewer, binding, quote, already, agency: actFor(quote.holderOrgId), mayChoose })
      : refuse({ code: 'insurance.quote_not_found' });
    judged.push([binding.quoteId, done]);
  }
  return judged;
}

type Judging = {
  viewer: Viewer;
  binding: QuoteBinding;
  quote: StoredQuote;
  already: CoverAlready | undefined;
  agency: Result<Mandate | null, AgencyRefusal>;
  mayChoose: ReturnType<typeof choosing>;
};

async function judge(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { viewer, binding, quote, already, agency, mayChoose }: Judging,
): Promise<Result<Ready, PolicyRefusal>> {
  const may = mayBind(quote, deps.now());
  if (!may.ok) return may;
  if (!agency.ok) return agency;
  if (viewer.role === 'broker' && agency.value === null)
    return refuse({ code: 'insurance.no_mandate', agent: viewer.orgId ?? '' });
  const compared = await mayChoose(quote);
  if (!compared.ok) return compared;
  if (already) return refuse({ code: 'insurance.double_cover', ...already });
  const parts = await partsFor(tx, { ...quote, wanted: binding.instalments ?? false });
  if (!parts.ok) return parts;
  const { pool, soldBy } = quote;
  const members = membersOf({ pool, soldBy, chosen: binding.leadOrgId ?? quote.leadOrgId });
  return members.ok ? accept({ quote, binding, members: members.value, terms: parts.value }) : members;
}

/** Write the policies with their lines; those without a number, or with one that was used before, are refused. */
async function makePolicies(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  ready: readonly Ready[],
): Promise<ReadonlyMap<string, Bound>> {
  const made = ready.map((r) => ({ ...r, id: deps.newId(), leadOrgId: r.members[0]?.insurer as OrgId }));
  const unnumbered = made.filter((m) => m.binding.number === null);
  const taken = await takeNumbers(
    tx,
    unnumbered.map((m) => ({ insurer: m.leadOrgId, policyId: m.id })),
  );
  const numbered = made.flatMap((m): (Ready & NewPolicy)[] => {
    const number = m.binding.number ?? taken.get(m.id);
    return number === undefined ? [] : [{ ...m, number }];
  });
  const inserted = await insertPolicies(tx, numbered);
  const bound = numbered.filter((m) => inserted.has(m.id));
  await insertPolicyLines(
    tx,
    bound.map((m) => m.id),
  );
  for (const { id, terms } of bound) if (terms) await planParts(deps, tx, { policyId: id, terms });
  await markBound(
    tx,
    bound.map((m) => m.quote.id),
  );
  for (const { quote } of bound) await keepChoice(tx, { quote, at: deps.now() });
  const numbers = new Map(numbered.map((m) => [m.id, m.number]));
  return new Map(
    made.map((m): [string, Bound] => {
      const number = numbers.get(m.id);
      if (inserted.has(m.id)) return [m.quote.id, accept({ policyId: m.id })];
      return [
        m.quote.id,
        refuse(
          number === undefined ? { code: 'insurance.number_missing' } : { code: 'insurance.number_taken', number },
        ),
      ];
    }),
  );
}
