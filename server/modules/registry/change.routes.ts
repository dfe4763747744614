import { z } from 'zod';
import { OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import {
  changePage,
  created,
  decisionAsk,
  editAnswer,
  editAsk,
  mergeAsk,
  newFile,
} from '../../../contract/registry-changes.ts';
import { doubleLine } from '../../../contract/registry-documents.ts';
import { caseDecisionAsk, caseEvidenceAsk, casePage, lifeAnswer, lifeAsk } from '../../../contract/registry-life.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { dayOf } from '../../kernel/time.ts';
import { addEvidence, settleCase } from './case.service.ts';
import { listCases, listChanges } from './case.views.ts';
import { editFile } from './change.service.ts';
import { createFile } from './create.service.ts';
import { decideChange } from './decision.service.ts';
import type { RegistryDeps } from './deps.ts';
import { doublesOf } from './doubles.views.ts';
import { stepLife } from './life-cycle.service.ts';
import { mergeFiles } from './merge.service.ts';
import { ASKERS, REGISTRARS } from './roles.ts';
import { status } from './status.ts';

const params = z.object({ id: z.uuid() });
const page = z.object({
  open: z.enum(['true', 'false']).default('true'),
  elevator: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const mayDecideAtOnce = (role: string): boolean => REGISTRARS.some((r) => r === role);

/** Commands on files: open, change, decide, carry on, merge; and the cases of elevators nobody answers for. */
export const changeRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.post(
      '/elevators',
      { config: { access: REGISTRARS }, schema: { summary: 'Open a file', body: newFile, response: { 201: created } } },
      async (request, reply) => {
        const done = await createFile(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );

    app.patch(
      '/elevators/:id',
      {
        config: { access: [...REGISTRARS, ...ASKERS] },
        schema: {
          summary: 'Change a file, or ask for the change',
          params,
          body: editAsk,
          response: { 200: editAnswer },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const ask = { ...request.body, id: request.params.id as ElevatorId, waits: !mayDecideAtOnce(viewer.role) };
        const done = await editFile(deps, viewer, ask);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );

    app.post(
      '/elevators/:id/life-cycle',
      {
        config: { access: [...REGISTRARS] },
        schema: {
          summary: 'Carry an elevator one step on in its life',
          params,
          body: lifeAsk,
          response: { 200: lifeAnswer },
        },
      },
      async (request, reply) => {
        const ask = { ...request.body, id: request.params.id as ElevatorId };
        const done = await stepLife(deps, viewerOf(request), ask);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );

    app.post(
      '/elevators/:id/merge',
      {
        config: { access: REGISTRARS },
        schema: { summary: 'Merge a double file into this one', params, body: mergeAsk, response: { 200: created } },
      },
      async (request, reply) => {
        const { gone, reason } = request.body;
        const ask = { stays: request.params.id as ElevatorId, gone: gone as ElevatorId, reason };
        const done = await mergeFiles(deps, viewerOf(request), ask);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );

    app.get(
      '/elevators/:id/doubles',
      {
        config: { access: REGISTRARS },
        schema: {
          summary: 'Files that may be the same elevator',
          params,
          response: { 200: z.object({ items: z.array(doubleLine) }) },
        },
      },
      async (request) => ({
        items: await deps.scoped(viewerOf(request), (tx) => doublesOf(tx, request.params.id as ElevatorId)),
      }),
    );

    app.get(
      '/registry/changes',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'Changes that were asked for', querystring: page, response: { 200: changePage } },
      },
      async (request) => deps.scoped(viewerOf(request), (tx) => listChanges(tx, pageOf(request.query))),
    );

    app.post(
      '/registry/changes/:id/decision',
      {
        config: { access: REGISTRARS },
        schema: {
          summary: 'Approve or reject a change',
          params,
          body: decisionAsk,
          response: { 200: z.object({ version: z.int() }) },
        },
      },
      async (request, reply) => {
        const done = await decideChange(deps, viewerOf(request), { ...request.body, id: request.params.id });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );

    await app.register(caseRoutes(deps));
  };

const pageOf = ({ open, elevator, after, limit }: z.infer<typeof page>) => ({
  open: open === 'true',
  elevatorId: elevator ?? null,
  after: after ?? null,
  limit,
});

const caseRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/registry/cases',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'Elevators nobody answers for', querystring: page, response: { 200: casePage } },
      },
      async (request) => {
        const ask = { ...pageOf(request.query), today: dayOf(deps.now()) };
        return deps.scoped(viewerOf(request), (tx) => listCases(tx, ask));
      },
    );

    app.post(
      '/registry/cases/:id/evidence',
      {
        config: { access: OFFICIALS },
        schema: { summary: 'Put evidence on a case', params, body: caseEvidenceAsk, response: { 200: created } },
      },
      async (request, reply) => {
        const done = await addEvidence(deps, viewerOf(request), { ...request.body, id: request.params.id });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );

    app.post(
      '/registry/cases/:id/decision',
      {
        config: { access: OFFICIALS },
        schema: { summary: 'Settle a case', params, body: caseDecisionAsk, response: { 200: created } },
      },
      async (request, reply) => {
        const done = await settleCase(deps, viewerOf(request), { ...request.body, id: request.params.id });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };
