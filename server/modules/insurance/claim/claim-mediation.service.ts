import type { Tx } from '../../../kernel/db.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { type Message, type Notice, notify, send } from '../../../kernel/notify.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceTables } from '../tables.ts';
import { claimEvent } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { addStep, findClaim } from './claim.store.ts';
import { USES } from './claim-parts.views.ts';
import { openParty } from './claim-party.store.ts';

export type MediationRefusal = { code: 'insurance.claim_not_found' } | { code: 'insurance.mediation_not_found' };

type Mediated = Result<{ id: string }, MediationRefusal>;

/**
 * The broker, or an official, takes a dispute up. It moves no money and decides nothing: it is heard and kept, and
 * everybody it is about hears of it.
 */
export const openMediation = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, subject }: { claimId: string; subject: string },
): Promise<Mediated> =>
  deps.scoped(viewer, async (tx): Promise<Mediated> => {
    const claim = await findClaim(tx, claimId);
    if (!claim) return refuse({ code: 'insurance.claim_not_found' });
    const id = deps.newId();
    const at = deps.now();
    const { accountId: actor } = viewer;
    await tx
      .insertInto('insurance.claim_mediation')
      .values({
        id,
        claim_id: claimId,
        at,
        actor,
        subject: deps.secret.seal(USES.mediation, subject),
        outcome: null,
        ended_at: null,
      })
      .execute();
    await addStep(tx, { claimId, at, actor, name: 'open_mediation', before: {}, after: { mediationId: id } });
    await claimEvent(tx, deps, { claim, by: 'open_mediation' });
    return accept({ id });
  });

/** What the mediation came to, once. */
export const endMediation = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, id, outcome }: { claimId: string; id: string; outcome: string },
): Promise<Mediated> =>
  deps.scoped(viewer, async (tx): Promise<Mediated> => {
    const claim = await findClaim(tx, claimId);
    if (!claim) return refuse({ code: 'insurance.claim_not_found' });
    const at = deps.now();
    const { numUpdatedRows } = await tx
      .updateTable('insurance.claim_mediation')
      .set({ outcome: deps.secret.seal(USES.mediation, outcome), ended_at: at })
      .where('claim_id', '=', claimId)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) return refuse({ code: 'insurance.mediation_not_found' });
    const after = { mediationId: id };
    await addStep(tx, { claimId, at, actor: viewer.accountId, name: 'end_mediation', before: {}, after });
    await claimEvent(tx, deps, { claim, by: 'end_mediation' });
    return accept({ id });
  });

/** The organisations of the claim: insurers with their followers, broker, use unit. */
const ORGANISATIONS = ['handler', 'approver', 'broker', 'use_unit_head', 'safety_director'];
const OFFICIALS = ['district_regulator'];

const TOLD: Readonly<Record<string, 'opened' | 'ended'>> = { open_mediation: 'opened', end_mediation: 'ended' };

/**
 * Everybody the dispute is about hears of it, each once: organisations and the district in the product, victims on their
 * phones. Nothing is said of the dispute itself. Runs as the owner when the claim's own news arrives.
 */
export async function tellOfMediation(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { eventId, claimId, by }: { eventId: string; claimId: string; by: string },
): Promise<void> {
  const what = TOLD[by];
  const claim = what && (await findClaim(tx, claimId));
  if (!what || !claim) return;
  const at = deps.now();
  const { number, place } = claim;
  const notice = (roles: readonly string[], audience: { areaCodes: string[]; orgIds: string[] }): Notice => ({
    id: derivedId('insurance.mediation', eventId, roles[0] ?? ''),
    at,
    to: { roles, audience },
    code: `insurance.notice.mediation_${what}`,
    params: { number, address: place.address },
    link: `/claims/${claim.id}`,
  });
  await notify(tx, [
    notice(ORGANISATIONS, { areaCodes: [], orgIds: [...claim.orgIds] }),
    notice(OFFICIALS, { areaCodes: [...claim.areaCodes], orgIds: [] }),
  ]);
  const parties = await tx.selectFrom('insurance.claim_party').selectAll().where('claim_id', '=', claim.id).execute();
  const messages = parties.flatMap((party): Message[] => {
    const to = openParty(deps.secret, party).phone;
    if (!to) return [];
    const code = `insurance.text.mediation_${what}`;
    return [
      { id: derivedId(code, eventId, party.id), channel: 'sms', to, code, params: { number }, subject: claim.id, at },
    ];
  });
  await send(tx, deps.secret, messages);
}
