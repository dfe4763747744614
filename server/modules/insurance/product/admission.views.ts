import { z } from 'zod';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import { type AdmissionLine, admissionTerms } from './admission.store.ts';

const answers = z.array(z.object({ criterion: z.string(), answer: z.string() }));

/**
 * The register as a viewer reads it: what was decided is public, what waits is seen by the regulator and by who asked, and so
 * are the answers.
 */
export function admissionsFor(viewer: Viewer, rows: readonly AdmissionLine[], today: Day) {
  const isMine = (a: AdmissionLine) => a.insurer_org_id === viewer.orgId;
  const isRegulator = viewer.role === 'city_regulator' || viewer.scope.all;
  return rows
    .filter((a) => isRegulator || isMine(a) || a.decided_at !== null)
    .map((a) => {
      const { criteria } = admissionTerms.parse(a.admission);
      const nameOf = (id: string) => criteria.find((c) => c.id === id)?.name ?? id;
      const isAppealed = a.decided_at !== null && a.appealed_at !== null && a.appealed_at > a.decided_at;
      const waits = a.decided_at === null || isAppealed;
      const sees = isRegulator || isMine(a);
      return {
        id: a.id,
        schemeId: a.scheme_id,
        scheme: a.scheme,
        insurer: a.insurer,
        askedAt: a.asked_at.toISOString(),
        decideBy: a.decide_by_on,
        overdue: waits && a.decide_by_on < today,
        decidedAt: a.decided_at?.toISOString() ?? null,
        admitted: a.admitted,
        criterion: a.criterion === '' ? '' : nameOf(a.criterion),
        reason: a.reason,
        appeal: sees ? a.appeal : '',
        appealed: isAppealed,
        answers: sees ? answers.parse(a.answers).map((one) => ({ ...one, name: nameOf(one.criterion) })) : [],
        criteria,
        mine: isMine(a),
        can: {
          decide: viewer.role === 'city_regulator' && waits,
          appeal: viewer.role === 'underwriter' && isMine(a) && a.admitted === false && a.appealed_at === null,
        },
      };
    });
}
