import { z } from 'zod';
import { householdInputSchema, householdSchema } from '../../../contract/identity-accounts.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import { askForBuilding, type HouseholdDeps, listHouseholds, settleHousehold } from './household.service.ts';
import { refusalStatus } from './status.ts';

const tags = ['owners'];
const byId = z.object({ id: z.uuid() });
const offices = ['street_office', 'district_regulator', 'city_regulator'];

/** 业主: owners ask for their building, the street confirms. */
export const householdRoutes =
  (deps: HouseholdDeps): Routes =>
  async (app) => {
    app.get(
      '/households',
      {
        schema: { summary: 'Owners and their buildings', tags, response: { 200: z.array(householdSchema) } },
        config: { access: ['owner', ...offices] },
      },
      async (request) => {
        const rows = await deps.scoped(viewerOf(request), (tx) => listHouseholds(tx));
        return rows.map((h) => ({
          ...h,
          username: h.username ?? '',
          askedAt: h.askedAt.toISOString(),
          verifiedAt: h.verifiedAt?.toISOString() ?? null,
          endedAt: h.endedAt?.toISOString() ?? null,
        }));
      },
    );

    app.post(
      '/households',
      {
        schema: { summary: 'Ask to be known as an owner of a building', tags, body: householdInputSchema },
        config: { access: ['owner'] },
      },
      async (request, reply) => {
        const done = await askForBuilding(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    for (const [name, verified] of [
      ['verification', true],
      ['ending', false],
    ] as const) {
      app.post(
        `/households/:id/${name}`,
        {
          schema: { summary: verified ? 'Confirm an owner' : 'An owner is none any more', tags, params: byId },
          config: { access: offices },
        },
        async (request, reply) => {
          const done = await settleHousehold(deps, viewerOf(request), { id: request.params.id, verified });
          return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
        },
      );
    }
  };
