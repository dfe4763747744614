import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { notify } from '../../../kernel/notify.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Calendar, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { type AdmissionRefusal, decideBy, mayAsk, mayDecide } from './admission.rules.ts';
import { findAdmission, findScheme, insertAdmission, standingOf } from './admission.store.ts';

export type AdmissionDeps = InsuranceDeps & { calendar: Calendar };
export type AskRefusal =
  | AdmissionRefusal
  | { code: 'insurance.scheme_not_found' }
  | { code: 'insurance.admission_not_found' }
  | { code: 'insurance.no_organisation' };

/** Working days of schemes filed before they named their own. */
const DAYS = 20;

type Answer = { criterion: string; answer: string };

/** An insurer asks to be admitted to an open market. The clock of the decision begins. */
export const askAdmission = (
  deps: AdmissionDeps,
  viewer: Viewer,
  { schemeId, answers }: { schemeId: string; answers: readonly Answer[] },
): Promise<Result<{ admissionId: string }, AskRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ admissionId: string }, AskRefusal>> => {
    const { orgId } = viewer;
    if (orgId === null) return refuse({ code: 'insurance.no_organisation' });
    const scheme = await findScheme(tx, schemeId);
    if (!scheme) return refuse({ code: 'insurance.scheme_not_found' });
    const standing = await standingOf(tx, schemeId, orgId);
    const { market, name, criteria } = scheme;
    const may = mayAsk({ market, scheme: name, criteria, answered: answers.map((a) => a.criterion), standing });
    if (!may.ok) return may;
    const at = deps.now();
    const by = decideBy(dayOf(at), scheme.days ?? DAYS, deps.calendar);
    const id = deps.newId();
    const isKept = await insertAdmission(tx, { id, schemeId, orgId, at, decideBy: by, answers, areaCodes: [] });
    if (!isKept) return refuse({ code: 'insurance.admission_open' });
    await tell(tx, deps, { code: 'asked', to: 'regulator', params: { scheme: scheme.name, by } });
    return accept({ admissionId: id });
  });

export type AdmissionWord = { id: string; admitted: boolean; criterion: string; reason: string };

/** The regulator decides by the published criteria; an appealed refusal is decided once more. */
export const decideAdmission = (
  deps: AdmissionDeps,
  viewer: Viewer,
  word: AdmissionWord,
): Promise<Result<null, AskRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, AskRefusal>> => {
    const row = await findAdmission(tx, word.id);
    const scheme = row && (await findScheme(tx, row.scheme_id));
    if (!row || !scheme) return refuse({ code: 'insurance.admission_not_found' });
    const appealed = row.appealed_at !== null && row.decided_at !== null && row.appealed_at > row.decided_at;
    const may = mayDecide({ decided: row.decided_at !== null, appealed }, word, scheme.criteria);
    if (!may.ok) return may;
    await tx
      .updateTable('insurance.admission')
      .set({
        decided_at: deps.now(),
        admitted: word.admitted,
        criterion: word.admitted ? '' : word.criterion,
        reason: word.reason,
        decided_by: viewer.accountId,
      })
      .where('id', '=', word.id)
      .execute();
    const code = word.admitted ? 'granted' : 'denied';
    await tell(tx, deps, { code, to: row.insurer_org_id, params: { scheme: scheme.name } });
    return accept(null);
  });

/** A refused insurer says why the decision is wrong; the regulator must look again. */
export const appealAdmission = (
  deps: AdmissionDeps,
  viewer: Viewer,
  { id, appeal }: { id: string; appeal: string },
): Promise<Result<null, AskRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, AskRefusal>> => {
    const row = await findAdmission(tx, id);
    if (!row || row.insurer_org_id !== viewer.orgId) return refuse({ code: 'insurance.admission_not_found' });
    if (row.admitted !== false || row.appealed_at !== null) return refuse({ code: 'insurance.admission_not_refused' });
    const at = deps.now();
    const scheme = await findScheme(tx, row.scheme_id);
    const by = decideBy(dayOf(at), scheme?.days ?? DAYS, deps.calendar); // the clock runs once more
    const change = { appeal, appealed_at: at, decide_by_on: by };
    await tx.updateTable('insurance.admission').set(change).where('id', '=', id).execute();
    await tell(tx, deps, { code: 'appealed', to: 'regulator', params: { scheme: scheme?.name ?? '', by } });
    return accept(null);
  });

type Telling = {
  code: 'asked' | 'appealed' | 'granted' | 'denied';
  to: 'regulator' | OrgId;
  params: Record<string, string>;
};

/** A clock runs for the regulator, and a decision ends the waiting of an insurer: both are told. */
const tell = (tx: Tx<InsuranceTables>, deps: AdmissionDeps, { code, to, params }: Telling): Promise<void> =>
  notify(tx, [
    {
      id: deps.newId(),
      at: deps.now(),
      to: {
        roles: [to === 'regulator' ? 'city_regulator' : 'underwriter'],
        audience: { areaCodes: [], orgIds: to === 'regulator' ? [] : [to] },
      },
      code: `insurance.notice.admission_${code}`,
      params,
      link: '/insurance/admissions',
    },
  ]);
