import { createHash } from 'node:crypto';
import type { Tx } from '../../../kernel/db.ts';
import { fileName, type MediaType, mediaTypeOf, SNIFF_BYTES } from '../../../kernel/media.rules.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimToActOn } from './claim.service.ts';
import { addStep, findClaim } from './claim.store.ts';
import type { ActRefusal } from './claim-act.rules.ts';
import { USES } from './claim-parts.views.ts';

/** A photograph from a phone or a scanned page. */
export const MOST_PAPER_BYTES = 8_000_000;
const KINDS: readonly MediaType[] = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
const MOST_PAPERS = 60;
/** Of them from the public door: whoever holds a code leaves room for the desk. */
const MOST_FROM_CLAIMANTS = 30;

const CLAIMANT = 'claimant';

export type PaperRefusal =
  | { code: 'insurance.paper_too_large'; limit: string }
  | { code: 'insurance.paper_missing' }
  | { code: 'insurance.paper_kind' }
  | { code: 'insurance.paper_too_many'; most: number };

export type Paper = { claimId: string; partyId: string | null; kind: string; name: string; bytes: Buffer; by: string };

/** Keep a paper of a claim as cipher text. The same bytes twice are one paper. */
export async function keepPaper(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  paper: Paper,
): Promise<Result<{ id: string }, PaperRefusal>> {
  const { bytes, claimId } = paper;
  if (bytes.length === 0) return refuse({ code: 'insurance.paper_missing' });
  if (bytes.length > MOST_PAPER_BYTES)
    return refuse({ code: 'insurance.paper_too_large', limit: `${MOST_PAPER_BYTES / 1_000_000} MB` });
  const mediaType = mediaTypeOf(bytes.subarray(0, SNIFF_BYTES));
  if (!mediaType || !KINDS.includes(mediaType)) return refuse({ code: 'insurance.paper_kind' });
  const hash = createHash('sha256').update(bytes).digest('hex');
  const rows = await tx
    .selectFrom('insurance.claim_paper')
    .select(['id', 'hash', 'actor'])
    .where('claim_id', '=', claimId)
    .execute();
  const same = rows.find((r) => r.hash === hash);
  if (same) return accept({ id: same.id });
  const most = paper.by === CLAIMANT ? MOST_FROM_CLAIMANTS : MOST_PAPERS;
  const there = paper.by === CLAIMANT ? rows.filter((r) => r.actor === CLAIMANT) : rows;
  if (there.length >= most) return refuse({ code: 'insurance.paper_too_many', most });
  const id = deps.newId();
  await tx
    .insertInto('insurance.claim_paper')
    .values({
      id,
      claim_id: claimId,
      party_id: paper.partyId,
      kind: paper.kind,
      name: deps.secret.seal(USES.paperName, fileName(paper.name)),
      media_type: mediaType,
      size_bytes: bytes.length,
      hash,
      content: deps.secret.seal(USES.paperContent, bytes.toString('base64')),
      at: deps.now(),
      actor: paper.by,
    })
    .execute();
  const after = { paperId: id, kind: paper.kind };
  await addStep(tx, { claimId, at: deps.now(), actor: paper.by, name: 'add_paper', before: {}, after });
  return accept({ id });
}

/** A paper that came over the desk or by the surveyor's phone. */
export const addPaper = (
  deps: ClaimDeps,
  viewer: Viewer,
  paper: Omit<Paper, 'by'>,
): Promise<Result<{ id: string }, ActRefusal | PaperRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, ActRefusal | PaperRefusal>> => {
    const claim = await claimToActOn(tx, viewer, { id: paper.claimId, role: 'paper' });
    return claim.ok ? keepPaper(tx, deps, { ...paper, by: viewer.accountId }) : claim;
  });

export type OpenPaper = { name: string; mediaType: string; bytes: Buffer };

/** The plain paper, for the lead insurer's own people. */
export const openPaper = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, id }: { claimId: string; id: string },
): Promise<Result<OpenPaper, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<OpenPaper, ActRefusal>> => {
    const claim = await findClaim(tx, claimId);
    const row = await tx
      .selectFrom('insurance.claim_paper')
      .selectAll()
      .where('claim_id', '=', claimId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!claim || !row) return refuse({ code: 'insurance.claim_not_found' });
    if (viewer.orgId !== claim.leadOrgId) return refuse({ code: 'insurance.not_the_lead' });
    return accept({
      name: deps.secret.open(USES.paperName, row.name),
      mediaType: row.media_type,
      bytes: Buffer.from(deps.secret.open(USES.paperContent, row.content), 'base64'),
    });
  });
