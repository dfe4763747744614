import type { SecretData } from '../../../kernel/secret-data.ts';
import type { Calendar } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceSettings } from '../pack.ts';
import type { ClaimClockRule } from './claim-clock.rules.ts';

/** What claims work with beside the module's means: sealed data, the city's working days and the law's clocks. */
export type ClaimDeps = InsuranceDeps & {
  secret: SecretData;
  calendar: Calendar;
  clocks: readonly ClaimClockRule[];
  publicUrl?: string | null; // with it a text leads straight to the claim code's door
};

/** The law's clocks as the city counts them. */
export const statutoryClocks = ({ clocks }: Pick<InsuranceSettings, 'clocks'>): readonly ClaimClockRule[] =>
  clocks.map(({ clause, ...clock }) => ({ ...clock, basis: 'statutory', title: clause, upTo: null }));
