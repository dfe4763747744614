import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import { isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { type AdmissionAsk, type AdmissionLine, admissionTerms, listAdmissions } from './admission.store.ts';

const answers = z.array(z.object({ criterion: z.string(), answer: z.string() }));

type Asked = Pick<AdmissionAsk, 'limit'> & { state?: AdmissionAsk['state']; after?: string | undefined };

/**
 * A page of the register as a viewer reads it: what was decided is public, what waits is seen by the regulator and by who asked,
 * and so are the answers.
 */
export async function viewAdmissions(
  db: Db<InsuranceTables>,
  viewer: Viewer,
  { asked, today }: { asked: Asked; today: Day },
) {
  const isRegulator = viewer.role === 'city_regulator' || viewer.scope.all;
  const rows = await listAdmissions(db, {
    state: asked.state,
    after: readPlace(asked.after, isInstantKey),
    limit: asked.limit,
    waitingOf: isRegulator ? 'all' : viewer.orgId,
  });
  return pageOf(rows, asked.limit, {
    place: (a) => ({ key: a.asked_at.toISOString(), id: a.id }),
    item: (a) => admissionFor(viewer, a, { isRegulator, today }),
  });
}

function admissionFor(viewer: Viewer, a: AdmissionLine, { isRegulator, today }: { isRegulator: boolean; today: Day }) {
  const isMine = a.insurer_org_id === viewer.orgId;
  const { criteria } = admissionTerms.parse(a.admission);
  const nameOf = (id: string) => criteria.find((c) => c.id === id)?.name ?? id;
  const isAppealed = a.decided_at !== null && a.appealed_at !== null && a.appealed_at > a.decided_at;
  const waits = a.decided_at === null || isAppealed;
  const sees = isRegulator || isMine;
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
    mine: isMine,
    can: {
      decide: viewer.role === 'city_regulator' && waits,
      appeal: viewer.role === 'underwriter' && isMine && a.admitted === false && a.appealed_at === null,
    },
  };
}
