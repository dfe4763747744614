import { z } from 'zod';

/** Paying in parts: what a quote may be bound with, how a policy's parts stand, the notice after the grace. Amounts in fen. */

const day = z.iso.date();

export const noticeGiven = z.object({ endsOn: day }); // the last day of cover unless the premium comes
/** What the contract on file allows; null: the premium is paid at once. */
export const instalmentOffer = z
  .object({
    least: z.int(),
    parts: z.array(z.object({ weight: z.int(), afterDays: z.int() })),
    graceDays: z.int(),
    noticeDays: z.int(),
  })
  .nullable();
export const instalmentView = z
  .object({
    graceDays: z.int(),
    noticeDays: z.int(),
    items: z.array(
      z.object({
        no: z.int(),
        dueOn: day,
        payer: z.string(),
        amount: z.int(), // as it stands today, after what changed the policy
        unpaid: z.int(),
        stage: z.enum(['paid', 'not_due', 'reminded', 'grace', 'overdue']),
      }),
    ),
    notice: z.object({ sentOn: day, endsOn: day, unpaid: z.int() }).nullable(),
  })
  .nullable();
