import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';
import type { Product, SchemeFault } from './scheme.rules.ts';
import { checkScheme, type Scheme } from './scheme.rules.ts';

/** Who may file in a scheme: the lead of a tender's pool for it, any admitted insurer for itself in an open market. */
export type Filer = { orgId: string | null; pool: readonly string[]; market: Scheme['market']; admitted: boolean };

export type FilingRefusal =
  | { code: 'insurance.filing_not_yours' }
  | { code: 'insurance.filing_not_admitted' }
  | { code: 'insurance.filing_faults'; faults: readonly SchemeFault[] }
  | { code: 'insurance.filing_in_the_past'; earliest: Day }
  | { code: 'insurance.filing_class_missing'; classes: string };

export function mayFile({ orgId, pool, market, admitted }: Filer): Result<null, FilingRefusal> {
  if (orgId === null) return refuse({ code: 'insurance.filing_not_yours' });
  if (market === 'tender_pool')
    return pool[0] === orgId ? accept(null) : refuse({ code: 'insurance.filing_not_yours' });
  return admitted ? accept(null) : refuse({ code: 'insurance.filing_not_admitted' });
}

/** Every rating class has a base and every ownership class a split, or elevators of it could never be rated. */
const BASES = ['lift', 'escalator'];
const SPLITS = ['residential', 'public'];

/** May this text be filed? Every fault is named, not only the first. What was sold yesterday is not changed today. */
export function checkFiling(product: Product, today: Day, tomorrow: Day): Result<null, FilingRefusal> {
  const scheme = { products: [product] } as unknown as Scheme;
  const faults = checkScheme(scheme);
  if (faults.length > 0) return refuse({ code: 'insurance.filing_faults', faults });
  if (product.from <= today) return refuse({ code: 'insurance.filing_in_the_past', earliest: tomorrow });
  const missing = [
    ...BASES.filter((b) => product.tariff.bases[b] === undefined),
    ...SPLITS.filter((s) => product.tariff.splits[s] === undefined),
  ];
  return missing.length === 0
    ? accept(null)
    : refuse({ code: 'insurance.filing_class_missing', classes: missing.join('、') });
}
