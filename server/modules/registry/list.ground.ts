import { type RawBuilder, sql } from 'kysely';
import { OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import type { Scope, Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RegistryDeps } from './deps.ts';
import type { IndustryBook } from './industry.rules.ts';

/** On what a list of elevators is asked for: whose it is, the day, the city's industries, and which elevators are insured. */
export type Ground = {
  scope: Scope;
  today: string;
  industries: IndustryBook;
  insured: RawBuilder<unknown> | null;
};

/** Whose list it is, and on which day. Only officials see every policy: for others it cannot be said who is not insured. */
export function groundOf({ city, now, insured }: RegistryDeps, { scope, role }: Viewer): Ground {
  const today = dayOf(now());
  const seesCover = OFFICIALS.some((one) => one === role);
  return { scope, today, industries: city.industries, insured: (seesCover && insured?.(today)) || null };
}

/** In use, and covered by no policy; nobody where it cannot be said. */
export const isUninsured = ({ insured, today }: Pick<Ground, 'insured' | 'today'>): RawBuilder<boolean> =>
  insured
    ? sql`(e.state = 'in_use' and (e.in_use_on is null or e.in_use_on <= ${today}::date) and not exists (select from (${insured}) i where i.elevator_id = e.id))`
    : sql`false`;
