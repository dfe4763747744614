import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { checkFiling, type Filed, type FilingRefusal, mayFile } from './filing.rules.ts';
import { endEarlierProducts, insertFiling, isAdmitted, nextVersion } from './filing.store.ts';
import { productBody, schemeMembers, tariffBody } from './scheme.rows.ts';

export type FilingWish = { schemeId: string; product: Filed; dry: boolean };
export type FileRefusal = FilingRefusal | { code: 'insurance.scheme_not_found' };
type Done = { productId: string | null; version: number };

/**
 * File a product, or the next version of one: from its first day on it is sold instead of the one before, which stays as it
 * was for everybody who bought it. Dry: say what is wrong, file nothing.
 */
export const fileProductVersion = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { schemeId, product, dry }: FilingWish,
): Promise<Result<Done, FileRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Done, FileRefusal>> => {
    const scheme = await tx
      .selectFrom('insurance.scheme')
      .select(['market', 'members'])
      .where('id', '=', schemeId)
      .executeTakeFirst();
    if (!scheme) return refuse({ code: 'insurance.scheme_not_found' });
    const pool = schemeMembers.parse(scheme.members).map((m) => m.insurer);
    const admitted = await admittedTo(tx, schemeId, viewer.orgId);
    const may = mayFile({ orgId: viewer.orgId, pool, market: scheme.market, admitted });
    if (!may.ok) return may;
    const checked = checkFiling(product, addDays(dayOf(deps.now()), 1));
    if (!checked.ok) return checked;
    const own = scheme.market === 'open' ? viewer.orgId : null;
    const { tariff, to, ...body } = product;
    // In an open market codes are an insurer's own: two may both sell 'basic'. A next version brings its mark along.
    const mark = own ? `_${own.slice(-8)}` : '';
    const code = body.code.endsWith(mark) ? body.code : body.code + mark;
    const from = body.from as Day;
    const version = await nextVersion(tx, { schemeId, code });
    if (dry) return accept({ productId: null, version });
    await endEarlierProducts(tx, { schemeId, code, version, from });
    const ids = { product: deps.newId(), tariff: deps.newId() };
    await insertFiling(tx, {
      ids,
      schemeId,
      insurerOrgId: own,
      version,
      body: productBody.parse({ ...body, code }),
      tariff: tariffBody.parse(tariff),
      from,
      to: to as Day | null,
      source: viewer.displayName,
    });
    return accept({ productId: ids.product, version });
  });

const admittedTo = (tx: Tx<InsuranceTables>, schemeId: string, orgId: OrgId | null): Promise<boolean> =>
  orgId === null ? Promise.resolve(false) : isAdmitted(tx, { schemeId, orgId });
