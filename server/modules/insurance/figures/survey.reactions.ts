import { sql } from 'kysely';
import { z } from 'zod';
import type { Reactions } from '../../../kernel/module.ts';

/** What prevention says of a counted survey, as far as the forms need it. Its own reader stands in its module, which asks us. */
const surveyCounted = z.object({
  v: z.literal(1),
  audience: z.object({ areaCodes: z.array(z.string()), orgIds: z.array(z.string()) }),
  data: z.object({
    surveyId: z.uuid(),
    useOrgId: z.uuid(),
    insurerOrgId: z.uuid(),
    closedAt: z.iso.datetime(),
    valid: z.int().nonnegative(),
    satisfied: z.int().nonnegative(),
  }),
});

/** Real answers about an insurer's service are kept for the yearly forms, each survey once. */
export const surveyReactions: Reactions = {
  'prevention.survey_counted': async (tx, event) => {
    const { data, audience } = surveyCounted.parse(event);
    await sql`insert into insurance.survey_answer (survey_id, use_org_id, insurer_org_id, closed_at, valid, satisfied, area_codes, org_ids)
      values (${data.surveyId}, ${data.useOrgId}, ${data.insurerOrgId}, ${data.closedAt}, ${data.valid}, ${data.satisfied},
        ${audience.areaCodes}::text[], ${audience.orgIds}::uuid[])
      on conflict (survey_id) do nothing`.execute(tx);
  },
};
