import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  brokerInput,
  databaseAnswer,
  journalAnswer,
  journalQuery,
  reconcileAnswer,
  reconcileQuery,
} from '../../../../contract/insurance-books.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { actAs } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { status } from '../status.ts';
import { appointBroker } from './pool.store.ts';
import { journal, reconcileAt, underwritingDatabase } from './reconcile.views.ts';

const tags = ['insurance'];
const WATCHERS = ['broker', 'city_regulator', 'district_regulator'];

/** Registers against books at any instant, the entries behind a balance, and the broker's live database. */
export const booksRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    const at = (given: string | undefined) => (given ? new Date(given) : deps.now());
    app.get(
      '/insurance/reconciliation',
      {
        config: { access: [...INSURERS, ...WATCHERS] },
        schema: {
          summary: 'Policies, bank and books against each other at an instant, to the fen',
          tags,
          querystring: reconcileQuery,
          response: { 200: reconcileAnswer },
        },
      },
      async (request) => {
        const until = at(request.query.at);
        const report = await deps.scoped(viewerOf(request), (tx) => reconcileAt(tx, until));
        return { at: until.toISOString(), ...report };
      },
    );
    app.get(
      '/insurance/entries',
      {
        config: { access: INSURERS },
        schema: {
          summary: 'The entries behind a balance, newest first',
          tags,
          querystring: journalQuery,
          response: { 200: journalAnswer },
        },
      },
      (request) => {
        const { at: until, ...ask } = request.query;
        return deps.scoped(viewerOf(request), (tx) => journal(tx, { ...ask, until: at(until) }));
      },
    );
    app.get(
      '/insurance/database',
      {
        config: { access: WATCHERS },
        schema: {
          summary: 'Underwriting and claims by insurer and product, live, across insurers',
          tags,
          response: { 200: databaseAnswer },
        },
      },
      async (request) => ({
        items: await deps.scoped(viewerOf(request), (tx) => underwritingDatabase(tx, deps.now())),
      }),
    );
    app.post(
      '/insurance/schemes/:id/broker',
      {
        config: { access: ['city_regulator'] },
        schema: {
          summary: 'Record the broker that keeps a scheme’s database from today on',
          tags,
          params: z.object({ id: z.uuid() }),
          body: brokerInput,
          response: { 201: z.object({ schemeId: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const [schemeId, brokerOrgId] = [request.params.id, request.body.brokerOrgId as OrgId];
        const scheme = await deps.db
          .selectFrom('insurance.scheme')
          .select('id')
          .where('id', '=', schemeId)
          .executeTakeFirst();
        if (!scheme) return problem(reply, status, { code: 'insurance.scheme_not_found' });
        const org = await deps.db
          .selectFrom('identity.org_card')
          .select('kinds')
          .where('id', '=', brokerOrgId)
          .executeTakeFirst();
        if (!org?.kinds.includes('broker')) return problem(reply, status, { code: 'insurance.not_a_broker' });
        const by = viewerOf(request).accountId;
        await deps.db.transaction().execute(async (tx) => {
          await actAs(tx, by);
          await appointBroker(tx, { id: deps.newId(), schemeId, brokerOrgId, from: dayOf(deps.now()), by });
        });
        return reply.code(201).send({ schemeId });
      },
    );
  };
