import { z } from 'zod';
import { page } from '../../../contract/identity.ts';
import {
  certificateInputSchema,
  personChangeSchema,
  personInputSchema,
  personItemSchema,
  personQuerySchema,
  unmaskedSchema,
  unmaskSchema,
} from '../../../contract/identity-people.ts';
import { DESK, OFFICIALS, USE_UNIT } from '../../../contract/identity-vocabulary.ts';
import type { Db } from '../../kernel/db.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { maskName, maskPhone } from '../../kernel/secret-data.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { maskNumber, phoneText, validityOn } from './directory.rules.ts';
import { orgCards } from './org.views.ts';
import {
  addCertificate,
  changePerson,
  createPerson,
  endCertificateOn,
  leavePerson,
  openName,
  openPhone,
  type PersonDeps,
  unmask,
} from './person.service.ts';
import { findPerson, listCertificates, listPeople, NUMBER, type Person } from './person.store.ts';
import { refusalStatus } from './status.ts';
import type { IdentityTables } from './tables.ts';

const tags = ['people'];
const byId = z.object({ id: z.uuid() });
/** Offices, and those who answer for their own people. */
const keepers = [
  'administrator',
  'city_regulator',
  'district_regulator',
  'use_unit_head',
  'safety_director',
  'maintenance_manager',
  'rescue_station',
];
/** Who may need to call somebody. */
const callers = [...OFFICIALS, ...DESK, ...USE_UNIT, 'maintenance_manager', 'rescue_station'];
/** Days ahead within which a certificate counts as ending soon. */
const SOON_DAYS = 60;

/** People and their certificates. Lists show names and phones masked. */
export const personRoutes =
  (deps: PersonDeps): Routes =>
  async (app) => {
    app.get(
      '/people',
      {
        schema: {
          summary: 'People; by name or phone only exactly',
          tags,
          querystring: personQuerySchema,
          response: { 200: page(personItemSchema) },
        },
        config: { access: 'signed_in' },
      },
      async (request) => {
        const { expiring, phone, ...filter } = request.query;
        const dialled = phone ? phoneText(phone) : undefined;
        if (dialled && !dialled.ok) return { items: [], next: null };
        const certificateEndsBy = expiring === '1' ? addDays(dayOf(deps.now()), SOON_DAYS) : undefined;
        return deps.scoped(viewerOf(request), async (tx) => {
          const rows = await listPeople(tx, deps.secret, { ...filter, phone: dialled?.value, certificateEndsBy });
          const people = rows.slice(0, filter.limit);
          const last = people.at(-1);
          return { items: await itemsOf(deps, tx, people), next: rows.length > filter.limit && last ? last.id : null };
        });
      },
    );

    app.get(
      '/people/:id',
      {
        schema: { summary: 'One person', tags, params: byId, response: { 200: personItemSchema } },
        config: { access: 'signed_in' },
      },
      async (request, reply) => {
        const item = await deps.scoped(viewerOf(request), async (tx) => {
          const person = await findPerson(tx, request.params.id as PersonId);
          return person && (await itemsOf(deps, tx, [person]))[0];
        });
        return item ? reply.send(item) : problem(reply, refusalStatus, { code: 'identity.not_found' });
      },
    );

    await app.register(unmaskRoutes(deps));
    await app.register(personActs(deps));
    await app.register(certificateActs(deps));
  };

const unmaskRoutes =
  (deps: PersonDeps): Routes =>
  async (app) => {
    app.post(
      '/people/:id/unmasking',
      {
        schema: {
          summary: 'Name and phone in full; who looked and why is kept',
          tags,
          params: byId,
          body: unmaskSchema,
          response: { 200: unmaskedSchema },
        },
        config: { access: callers, rateLimit: { max: 60, timeWindow: 60_000 } },
      },
      async (request, reply) => {
        const asked = { id: request.params.id as PersonId, reason: request.body.reason };
        const done = await unmask(deps, viewerOf(request), asked);
        reply.header('cache-control', 'no-store');
        return done.ok ? reply.send(done.value) : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

const personActs =
  (deps: PersonDeps): Routes =>
  async (app) => {
    app.post(
      '/people',
      { schema: { summary: 'Record a person', tags, body: personInputSchema }, config: { access: keepers } },
      async (request, reply) => {
        const input = { ...request.body, orgId: request.body.orgId as OrgId };
        const done = await createPerson(deps, viewerOf(request), input);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.patch(
      '/people/:id',
      {
        schema: { summary: 'Change name, phone or duties', tags, params: byId, body: personChangeSchema },
        config: { access: keepers },
      },
      async (request, reply) => {
        const change = { ...request.body, id: request.params.id as PersonId };
        const done = await changePerson(deps, viewerOf(request), change);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.post(
      '/people/:id/leaving',
      { schema: { summary: 'A person has left the organisation', tags, params: byId }, config: { access: keepers } },
      async (request, reply) => {
        const done = await leavePerson(deps, viewerOf(request), request.params.id as PersonId);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

const certificateActs =
  (deps: PersonDeps): Routes =>
  async (app) => {
    app.post(
      '/people/:id/certificates',
      {
        schema: { summary: 'Record a certificate', tags, params: byId, body: certificateInputSchema },
        config: { access: keepers, fieldsOf: 'certificate' },
      },
      async (request, reply) => {
        const certificate = { ...request.body, personId: request.params.id as PersonId };
        const done = await addCertificate(deps, viewerOf(request), certificate);
        return done.ok ? reply.code(201).send({ id: done.value }) : problem(reply, refusalStatus, done.refusal);
      },
    );

    app.post(
      '/people/:id/certificates/:certificateId/ending',
      {
        schema: {
          summary: 'A certificate was withdrawn or replaced',
          tags,
          params: byId.extend({ certificateId: z.uuid() }),
        },
        config: { access: keepers },
      },
      async (request, reply) => {
        const of = { personId: request.params.id as PersonId, id: request.params.certificateId };
        const done = await endCertificateOn(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send() : problem(reply, refusalStatus, done.refusal);
      },
    );
  };

async function itemsOf(deps: PersonDeps, db: Db<IdentityTables>, people: readonly Person[]) {
  const today = dayOf(deps.now());
  const certificates = await listCertificates(
    db,
    people.map((p) => p.id),
  );
  const orgs = await orgCards(
    db,
    people.flatMap((p) => p.orgId ?? []),
  );
  return people.map((p) => ({
    id: p.id,
    org: (p.orgId && orgs.get(p.orgId)) || null,
    name: maskName(openName(deps.secret, p)),
    phone: maskedPhone(openPhone(deps.secret, p)),
    duties: [...p.duties],
    leftOn: p.leftOn,
    certificates: certificates
      .filter((c) => c.personId === p.id)
      .map((c) =>
        personItemSchema.shape.certificates.element.parse({
          ...c,
          number: maskNumber(deps.secret.open(NUMBER, c.number)),
          validity: validityOn(today, c),
        }),
      ),
    version: p.version,
  }));
}

const maskedPhone = (phone: string): string => (phone === '' ? '' : maskPhone(phone));
