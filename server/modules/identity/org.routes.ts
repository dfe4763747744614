import { z } from 'zod';
import { divisionSchema, page } from '../../../contract/identity.ts';
import {
  licenceInputSchema,
  orgChangeSchema,
  orgInputSchema,
  orgItemSchema,
  orgQuerySchema,
  orgSchema,
} from '../../../contract/identity-orgs.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { dayOf } from '../../kernel/time.ts';
import { cursorParts, cursorText } from './cursor.ts';
import { validityOn } from './directory.rules.ts';
import { listDivisions } from './division.store.ts';
import {
  addLicence,
  changeOrg,
  closeOrgOn,
  createOrg,
  type DirectoryDeps,
  endLicenceOn,
  mayKeep,
} from './org.service.ts';
import { findOrg, listLicences } from './org.store.ts';
import { countPeople, listOrgs } from './org.views.ts';
import { refusalStatus } from './status.ts';

const tags = ['organisations'];
const byId = z.object({ id: z.uuid() });
const uuid = z.uuid();
/** Who keeps the directory of organisations. */
const keepers = ['administrator', 'city_regulator', 'district_regulator'];

/** Organisations and their licences. */
export const orgRoutes =
  (deps: DirectoryDeps): Routes =>
  async (app) => {
    app.get(
      '/orgs',
      {
        schema: {
          summary: 'Organisations by name',
          tags,
          querystring: orgQuerySchema,
          response: { 200: page(orgItemSchema) },
        },
        config: { access: 'signed_in' },
      },
      async (request) => {
        const { after, closed, ...filter } = request.query;
        const [nameKey, id] = cursorParts(after, 2) ?? [];
        const cursor = nameKey !== undefined && uuid.safeParse(id).success ? { nameKey, id: id ?? '' } : null;
        const rows = await deps.scoped(viewerOf(request), (tx) =>
          listOrgs(tx, { ...filter, closed: closed === '1', after: cursor }),
        );
        const items = rows.slice(0, filter.limit);
        const last = items.at(-1);
        const next = rows.length > filter.limit && last ? cursorText([last.nameKey, last.id]) : null;
        return { items: items.map((o) => ({ ...o, kinds: kindsIn(o.kinds) })), next };
      },
    );

    await app.register(oneOrgRoutes(deps));
    await app.register(orgActs(deps));
    await app.register(divisionRoutes(deps));
  };

const oneOrgRoutes =
  (deps: DirectoryDeps): Routes =>
  async (app) => {
    app.get(
      '/orgs/:id',
      {
        schema: { summary: 'One organisation', tags, params: byId, response: { 200: orgSchema } },
        config: { access: 'signed_in' },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const id = request.params.id as OrgId;
        const found = await deps.scoped(viewer, async (tx) => {
          const org = await findOrg(tx, id);
          return org && { org, licences: await listLicences(tx, id), peopleCount: await countPeople(tx, id) };
        });
        if (!found) return problem(reply, refusalStatus, { code: 'identity.not_found' });
        const { areaCodes, ...org } = found.org;
        const may = keepers.includes(viewer.role) && mayKeep(viewer, { id, areaCodes });
        const can = org.closedOn ? 'identity.org_closed' : may || 'kernel.forbidden';
        const today = dayOf(deps.now());
        const licences = found.licences.map((l) => ({ ...l, validity: validityOn(today, l) }));
        return reply.send(
          orgSchema.parse({ ...org, licences, peopleCount: found.peopleCount, can: { change: can, close: can } }),
        );
      },
    );
  };

const orgActs =
  (deps: DirectoryDeps): Routes =>
  async (app) => {
    app.post(
      '/orgs',
      { schema: { summary: 'Record an organisation', tags, body: orgInputSchema }, config: { access: keepers } },
      async (request, reply) => {
        const done = await createOrg(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.put(
      '/orgs/:id',
      {
        schema: { summary: 'Change what an organisation is', tags, params: byId, body: orgChangeSchema },
        config: { access: keepers },
      },
      async (request, reply) => {
        const change = { ...request.body, id: request.params.id as OrgId };
        const done = await changeOrg(deps, viewerOf(request), change);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );

    await app.register(licenceRoutes(deps));
  };

const licenceRoutes =
  (deps: DirectoryDeps): Routes =>
  async (app) => {
    app.post(
      '/orgs/:id/closing',
      { schema: { summary: 'Close an organisation; its row stays', tags, params: byId }, config: { access: keepers } },
      async (request, reply) => {
        const done = await closeOrgOn(deps, viewerOf(request), request.params.id as OrgId);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.post(
      '/orgs/:id/licences',
      {
        schema: { summary: 'Record a licence', tags, params: byId, body: licenceInputSchema },
        config: { access: keepers, fieldsOf: 'certificate' },
      },
      async (request, reply) => {
        const licence = { ...request.body, orgId: request.params.id as OrgId };
        const done = await addLicence(deps, viewerOf(request), licence);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.post(
      '/orgs/:id/licences/:licenceId/ending',
      {
        schema: { summary: 'A licence was withdrawn or replaced', tags, params: byId.extend({ licenceId: z.uuid() }) },
        config: { access: keepers },
      },
      async (request, reply) => {
        const of = { orgId: request.params.id as OrgId, id: request.params.licenceId };
        const done = await endLicenceOn(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

const divisionQuery = z.object({
  parent: z
    .string()
    .regex(/^\d{6,12}$/)
    .optional(), // its children; without it the city with its districts and streets
});

const divisionRoutes =
  (deps: DirectoryDeps): Routes =>
  async (app) => {
    app.get(
      '/divisions',
      {
        schema: {
          summary: 'Administrative divisions: the children of one, or city, districts and streets',
          tags: ['divisions'],
          querystring: divisionQuery,
          response: { 200: z.array(divisionSchema) },
        },
        config: { access: 'signed_in', grant: 'elevators:read' },
      },
      (request) => {
        const { parent } = request.query;
        const of = parent ? { parent } : { levels: ['city', 'district', 'street'] as const };
        return deps.scoped(viewerOf(request), (tx) => listDivisions(tx, of));
      },
    );
  };

const kindsIn = (kinds: readonly string[]) => orgItemSchema.shape.kinds.parse(kinds);
