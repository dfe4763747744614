import { z } from 'zod';
import {
  insurerList,
  mandateEnd,
  mandateInput,
  mandateList,
  mandateMade,
  mandateQuery,
  partnerList,
  unitQuery,
} from '../../../../contract/insurance-intake.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { isDayKey, pageOf, readPlace } from '../../../kernel/page.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { inForce } from './mandate.rules.ts';
import { giveMandate, withdrawMandate } from './mandate.service.ts';
import { clientsOf, listBrokers, listMandates, partnersOf, unitsNamed } from './mandate.store.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const GIVERS = ['use_unit_head', 'safety_director'];
/** Who names a unit he has no elevators with: a record of its losses, the successor of a policy. */
const NAMERS = [...TAKERS, 'broker', 'underwriter', 'inspector', 'city_regulator', 'district_regulator'];

/** Mandates to take out cover (投保委托), to a maintenance unit or a broker. */
export const mandateRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/mandates',
      {
        config: { access: [...TAKERS, 'underwriter', 'broker'] },
        schema: {
          summary: 'Mandates to take out cover, page by page',
          tags,
          querystring: mandateQuery,
          response: { 200: mandateList },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { limit } = request.query;
        const after = readPlace(request.query.after, isDayKey);
        const rows = await deps.scoped(viewer, (tx) => listMandates(tx, { limit, after }));
        const today = dayOf(deps.now());
        return pageOf(rows, limit, {
          place: (m) => ({ key: m.to_on, id: m.id }),
          item: (m) => ({
            id: m.id,
            giverOrgId: m.giver_org_id,
            giver: m.giver,
            agentOrgId: m.agent_org_id,
            agent: m.agent,
            contractRef: m.contract_ref,
            from: m.from_on,
            to: m.to_on,
            endedOn: m.ended_on,
            inForce: inForce({ from: m.from_on as Day, to: m.to_on as Day, endedOn: m.ended_on as Day | null }, today),
            mine: sideOf(m, viewer.orgId),
          }),
        });
      },
    );
    app.get(
      '/insurance/partners',
      {
        config: { access: [...TAKERS, 'broker'] },
        schema: {
          summary: 'Whom one may mandate, or the use units one may act for',
          tags,
          response: { 200: partnerList },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const role = viewer.role === 'maintenance_manager' ? 'maintenance' : 'use';
        const { orgId } = viewer;
        if (orgId === null) return { items: [] };
        // As the owner: a broker sees of his clients' elevators no more than how many there are.
        if (viewer.role === 'broker') return { items: await clientsOf(deps.db, orgId, dayOf(deps.now())) };
        return {
          items: await deps.scoped(viewer, async (tx) => {
            const brokers = role === 'use' ? await listBrokers(tx) : [];
            return [...(await partnersOf(tx, orgId, role)), ...brokers.map((b) => ({ ...b, elevators: 0 }))];
          }),
        };
      },
    );
    app.get(
      '/insurance/units',
      {
        config: { access: NAMERS },
        schema: {
          summary: 'Organisations by a part of their name',
          tags,
          querystring: unitQuery,
          response: { 200: insurerList },
        },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => unitsNamed(tx, request.query.q)) }),
    );
    app.post(
      '/insurance/mandates',
      {
        config: { access: GIVERS },
        schema: {
          summary: 'Let one’s maintenance unit take out cover, by the maintenance contract',
          tags,
          body: mandateInput,
          response: { 201: mandateMade },
        },
      },
      async (request, reply) => {
        const { agentOrgId, contractRef, from, to, proof } = request.body;
        const wish = { agentOrgId: agentOrgId as OrgId, contractRef, from: from as Day, to: to as Day, proof };
        const done = await giveMandate(deps, viewerOf(request), wish);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/mandates/:id/end',
      {
        config: { access: GIVERS },
        schema: { summary: 'End a mandate one gave', tags, params: byId, body: mandateEnd },
      },
      async (request, reply) => {
        const done = await withdrawMandate(deps, viewerOf(request), {
          id: request.params.id,
          on: request.body.on as Day,
        });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };

const sideOf = (m: { giver_org_id: string; agent_org_id: string }, orgId: string | null) =>
  m.giver_org_id === orgId ? ('giver' as const) : m.agent_org_id === orgId ? ('agent' as const) : ('other' as const);
