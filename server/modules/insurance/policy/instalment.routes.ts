import { z } from 'zod';
import { noticeGiven } from '../../../../contract/insurance-instalments.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { Tasks } from '../../../kernel/jobs.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import { noticeUnpaid } from './instalment.service.ts';
import { remindOfInstalments } from './instalment-reminder.service.ts';

/** What follows an unpaid part of a premium. */
export const instalmentRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/policies/:id/instalment-notice',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Give notice that the contract ends unless the overdue premium comes; cover goes on meanwhile',
          tags: ['insurance'],
          params: z.object({ id: z.uuid() }),
          response: { 201: noticeGiven },
        },
      },
      async (request, reply) => {
        const done = await noticeUnpaid(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };

/** Every morning: parts that are due soon, past their day or past their grace; each is asked for by its notice. */
export const instalmentReminder = ({ db, now, newId }: Pick<InsuranceDeps, 'db' | 'now' | 'newId'>): Tasks => ({
  'insurance.instalment_reminder': {
    cron: '0 1 * * *', // 09:00 in the city
    run: async () => {
      await remindOfInstalments({ db, now, newId });
    },
  },
});
