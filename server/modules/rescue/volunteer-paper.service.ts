import { createHash } from 'node:crypto';
import { type MediaType, mediaTypeOf, SNIFF_BYTES } from '../../kernel/media.rules.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import type { RescueDeps } from './deps.ts';
import type { VolunteerRefusal } from './volunteer.rules.ts';
import { forceOfToken, PAPER } from './volunteer.store.ts';

/** A photograph from a phone or a scanned page. */
export const MOST_PAPER_BYTES = 8_000_000;
const KINDS: readonly MediaType[] = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
const MOST_PAPERS = 10;

/** Keep what shows the competence, as cipher text. The same bytes twice are one paper. */
export async function addVolunteerPaper(
  deps: RescueDeps,
  { token, bytes }: { token: string; bytes: Buffer },
): Promise<Result<null, VolunteerRefusal>> {
  const force = await forceOfToken(deps, token);
  if (!force) return refuse({ code: 'rescue.volunteer_code_unknown', field: 'code' });
  if (force.state !== 'waiting' && force.state !== 'approved')
    return refuse({ code: 'rescue.volunteers_stand_no_more' });
  const mediaType = mediaTypeOf(bytes.subarray(0, SNIFF_BYTES));
  if (bytes.length === 0 || bytes.length > MOST_PAPER_BYTES || !mediaType || !KINDS.includes(mediaType))
    return refuse({ code: 'rescue.volunteer_paper_kind', field: 'file', limit: `${MOST_PAPER_BYTES / 1_000_000} MB` });
  const hash = createHash('sha256').update(bytes).digest('hex');
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, `volunteer:${force.number}`);
    // One at a time: the force's row is held while its papers are counted.
    await tx.selectFrom('rescue.volunteer_force').select('id').where('id', '=', force.id).forUpdate().execute();
    const kept = await tx
      .selectFrom('rescue.volunteer_paper')
      .select('hash')
      .where('force_id', '=', force.id)
      .execute();
    if (kept.some((p) => p.hash === hash)) return accept(null);
    if (kept.length >= MOST_PAPERS)
      return refuse({ code: 'rescue.volunteer_papers' as const, field: 'file', most: MOST_PAPERS });
    await tx
      .insertInto('rescue.volunteer_paper')
      .values({
        id: deps.newId(),
        force_id: force.id,
        media_type: mediaType,
        size_bytes: bytes.length,
        hash,
        content: deps.secret.seal(PAPER, bytes.toString('base64')),
        at: deps.now(),
      })
      .execute();
    return accept(null);
  });
}

/** The plain paper, for those who decide. Undefined: no such paper, or not seen. */
export const openVolunteerPaper = (
  deps: RescueDeps,
  viewer: Viewer,
  { id, paperId }: { id: string; paperId: string },
): Promise<{ mediaType: string; bytes: Buffer } | undefined> =>
  deps.scoped(viewer, async (tx) => {
    const row = await tx
      .selectFrom('rescue.volunteer_paper')
      .select(['media_type', 'content'])
      .where('force_id', '=', id)
      .where('id', '=', paperId)
      .executeTakeFirst();
    return row && { mediaType: row.media_type, bytes: Buffer.from(deps.secret.open(PAPER, row.content), 'base64') };
  });
