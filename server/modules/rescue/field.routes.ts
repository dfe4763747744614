import { z } from 'zod';
import { FIELD } from '../../../contract/identity-vocabulary.ts';
import {
  dutyInput,
  jobList,
  jobReport,
  partnerInput,
  positionInput,
  progress,
  sosInput,
  sosTaken,
} from '../../../contract/rescue-acts.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { say } from '../../kernel/language.ts';
import { elevatorByCode, takeCall } from './call.service.ts';
import type { RescueDeps } from './deps.ts';
import { phaseOf } from './incident.rules.ts';
import { incidentOf } from './incident.store.ts';
import { keepPosition, setDuty, takeJobReport } from './job.service.ts';
import { jobsOf, rescuerOf } from './job.views.ts';
import { etaSeconds, scriptFor } from './script.rules.ts';
import { sosPath } from './sos.views.ts';
import { status } from './status.ts';

const tags = ['rescue'];
/** A whole estate may stand behind one address of its network, and all of it may be stuck at once. */
const MANY_AT_ONCE = { max: 1_200, timeWindow: 60_000 };
const byId = z.object({ id: z.uuid() });
const PHONE = { access: FIELD } as const;
const isForm = ({ headers }: { headers: { 'content-type'?: string | undefined } }): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
const noted = z.object({ version: z.int(), phase: z.string() });

/** What a rescuer's phone asks and tells. */
export const fieldRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/jobs',
      {
        config: PHONE,
        schema: { summary: "The rescuer's jobs: offered, in his plan, just done", tags, response: { 200: jobList } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const now = deps.now();
        const at = now.toISOString();
        const { personId } = viewer;
        if (!personId) return { items: [], onDuty: false, label: null, now: at };
        return deps.scoped(viewer, async (tx) => {
          const self = await rescuerOf(tx, personId, now);
          return {
            items: await jobsOf(tx, personId, now),
            onDuty: self?.onDuty ?? false,
            label: self?.label ?? null,
            now: at,
          };
        });
      },
    );

    app.post(
      '/rescue/jobs/:id/reports',
      {
        config: PHONE,
        schema: {
          summary: 'Report from the elevator; never refused, also late',
          tags,
          params: byId,
          body: jobReport,
          response: { 200: noted },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { personId } = viewer;
        if (!personId) return problem(reply, status, { code: 'rescue.not_a_rescuer' });
        const id = request.params.id as IncidentId;
        const done = await takeJobReport(deps, { id, viewer: { ...viewer, personId }, report: request.body });
        if (!done.ok) return problem(reply, status, done.refusal);
        return { version: done.value.incident.version, phase: phaseOf(done.value.incident) };
      },
    );

    await app.register(selfRoutes(deps));
  };

const selfRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/position',
      {
        config: PHONE,
        schema: { summary: 'Where the rescuer is', tags, body: positionInput, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const { personId } = viewerOf(request);
        const { at, lng, lat } = request.body;
        const when = new Date(Math.min(Date.parse(at), deps.now().getTime()));
        if (personId) await deps.db.transaction().execute((tx) => keepPosition(tx, { personId, at: when, lng, lat }));
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/rescue/duty',
      { config: PHONE, schema: { summary: 'On duty, or off', tags, body: dutyInput, response: { 204: z.null() } } },
      async (request, reply) => {
        const { personId } = viewerOf(request);
        const set = personId !== null && (await setDuty(deps, personId, request.body));
        return set ? reply.code(204).send(null) : problem(reply, status, { code: 'rescue.not_a_rescuer' });
      },
    );
  };

/** Doors for those who have no account: the page behind a QR code, 110, 119 and 12345, the screen in the car. */
export const outsideRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/sos',
      {
        config: { access: 'public', anyOrigin: true, rateLimit: MANY_AT_ONCE },
        schema: {
          summary: 'Somebody is trapped: from the page behind the QR code',
          tags,
          body: sosInput,
          response: { 200: sosTaken.extend({ progress: z.string() }) },
        },
      },
      async (request, reply) => {
        const { key, code, caller, claimText, said, needs } = request.body;
        const taken = await takeCall(deps, {
          channel: 'qr',
          kind: 'entrapment',
          key: `qr:${key}`,
          elevatorId: await elevatorByCode(deps.db, code),
          connectedAt: null,
          caller,
          callBackWanted: caller !== '',
          claimText: claimText === 'yes',
          recordingRef: null,
          routedTo: '',
          partnerRef: null,
          said: `${code} ${said}`.trim(),
          needs,
          actor: 'qr',
        });
        const path = sosPath(deps, taken.callId);
        // A form without script is answered with the page that shows how far it is.
        if (isForm(request)) return reply.redirect(path, 303);
        return { number: taken.number, joined: taken.joined, hotline: deps.settings.hotline, progress: path };
      },
    );

    await app.register(partnerRoutes(deps));
  };

const partnerRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/partner/reports',
      {
        config: { access: [], grant: 'incidents:write' },
        schema: {
          summary: 'An entrapment known at 110, 119 or 12345',
          tags,
          body: partnerInput,
          response: { 200: sosTaken },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { ref, code, connectedAt, caller, said, needs } = request.body;
        const taken = await takeCall(deps, {
          channel: 'partner',
          kind: 'entrapment',
          key: `${viewer.accountId}:${ref}`,
          elevatorId: await elevatorByCode(deps.db, code),
          connectedAt: connectedAt ? new Date(connectedAt) : null,
          caller,
          callBackWanted: false,
          recordingRef: null,
          routedTo: '',
          partnerRef: ref,
          said: `${code} ${said}`.trim(),
          needs,
          actor: viewer.accountId,
        });
        return { number: taken.number, joined: taken.joined, hotline: deps.settings.hotline };
      },
    );

    await app.register(progressRoutes(deps));
  };

const progressRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/incidents/:id/progress',
      {
        config: { access: 'signed_in', grant: 'incidents:read' },
        schema: {
          summary: 'What the people inside may hear: words and time of arrival',
          tags,
          params: byId,
          response: { 200: progress },
        },
      },
      async (request, reply) => {
        const id = request.params.id as IncidentId;
        const found = await deps.scoped(viewerOf(request), async (tx) => {
          const row = await tx.selectFrom('rescue.incident').selectAll().where('id', '=', id).executeTakeFirst();
          const offers = await tx.selectFrom('rescue.offer').selectAll().where('incident_id', '=', id).execute();
          return row && { incident: incidentOf(row, offers), offers };
        });
        if (!found) return problem(reply, status, { code: 'rescue.not_found' });
        const { incident, offers } = found;
        const active = offers.find((o) => o.state === 'accepted' || o.state === 'departed');
        const acceptedAt = incident.clocks.accepted?.at ?? null;
        const lines = scriptFor(incident).map((code) => ({ code, zh: say(code, 'zh'), en: say(code, 'en') }));
        const eta = etaSeconds({ acceptedAt, travelSeconds: active?.eta_seconds ?? null }, deps.now());
        return { phase: phaseOf(incident), etaSeconds: eta, lines };
      },
    );
  };
