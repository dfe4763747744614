import { invariant } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { letterPdf } from './claim-letter.pdf.ts';
import { findLetter, keepPrint, type Letter } from './claim-letter.store.ts';

/** A letter as PDF. The first print is made from the stored words and kept; every later one is that very file. */
export async function printLetter(
  deps: ClaimDeps,
  viewer: Viewer,
  which: { claimId: string; id: string },
): Promise<{ letter: Letter; pdf: Buffer } | undefined> {
  const found = await deps.scoped(viewer, (tx) => findLetter(tx, deps, which));
  if (!found) return undefined;
  if (found.pdf) return { letter: found.letter, pdf: found.pdf };
  const pdf = await letterPdf(found.letter, found.contentHash);
  return deps.scoped(viewer, async (tx) => {
    if (await keepPrint(tx, deps, { id: which.id, pdf })) return { letter: found.letter, pdf };
    const kept = await findLetter(tx, deps, which); // somebody printed it meanwhile
    invariant(kept?.pdf, 'the print that was kept is there');
    return { letter: kept.letter, pdf: kept.pdf };
  });
}
