import type { z } from 'zod';
import type { codeList } from '../../../../contract/insurance-claims.ts';
import { keepAct } from '../../../kernel/audit.ts';
import type { Tx } from '../../../kernel/db.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { draftsOf, openCode } from './entrapment.store.ts';

type Code = z.infer<typeof codeList>['items'][number];

/** The codes of an incident or of a claim, for the hands that give them out. A code that was used is not shown again. */
export async function listCodes(tx: Tx<InsuranceTables>, deps: ClaimDeps, subject: string): Promise<Code[]> {
  const claims = await tx
    .selectFrom('insurance.claim')
    .select(['id', 'number'])
    .where((eb) => eb.or([eb('incident_id', '=', subject), eb('id', '=', subject)]))
    .execute();
  const drafts = await draftsOf(
    tx,
    claims.map((c) => c.id),
  );
  for (const { id } of claims) {
    await keepAct(tx, {
      action: 'unmask',
      object: 'insurance.entrapment_draft',
      rowId: id,
      after: { codes: drafts.length },
    });
  }
  return drafts.map((draft) => ({
    claimId: draft.claim_id,
    number: claims.find((c) => c.id === draft.claim_id)?.number ?? '',
    head: draft.head,
    due: draft.due,
    code: draft.state === 'waiting' ? openCode(deps.secret, draft) : '',
    filled: draft.state !== 'waiting',
    textedTo: draft.texted_to,
  }));
}
