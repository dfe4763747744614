import { z } from 'zod';
import { INSURERS, OFFICIALS, REGULATORS } from '../../../contract/identity-vocabulary.ts';
import { pageQuery } from '../../../contract/prevention.ts';
import {
  checkInput,
  checkPage,
  checkRef,
  checkReply,
  printQuery,
  scorecard,
  scoreQuery,
} from '../../../contract/prevention-figures.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { sendFile } from '../../kernel/send-file.ts';
import type { Day } from '../../kernel/time.ts';
import { checkPdf, checkXlsx } from './check.print.ts';
import { makeCheck, replyToCheck } from './check.service.ts';
import { findCheck, listChecks } from './check.views.ts';
import type { PreventionDeps } from './deps.ts';
import { scorecards } from './figures.views.ts';
import { status } from './status.ts';

const tags = ['prevention'];
const byId = z.object({ id: z.uuid() });
const ok = z.object({ ok: z.literal(true) });
const READ = [...OFFICIALS, ...INSURERS, 'broker'];

/** How insurers keep their word: the scorecard, and what offices found when they checked (履约检查). */
export const checkRoutes =
  (deps: PreventionDeps): Routes =>
  async (app) => {
    app.get(
      '/prevention/scorecards',
      {
        config: { access: READ },
        schema: {
          summary: 'Every insurer’s figures of a span of days',
          tags,
          querystring: scoreQuery,
          response: { 200: scorecard },
        },
      },
      async (request) => {
        const { from, to } = request.query;
        const span = { from: from as Day, to: to as Day };
        const items = await deps.scoped(viewerOf(request), (tx) => scorecards(tx, deps, span));
        return { from, to, leastAnswers: deps.leastAnswers, items: [...items] };
      },
    );
    app.post(
      '/prevention/performance-checks',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'Check an insurer’s performance: figures frozen, opinion beside them',
          tags,
          body: checkInput,
          response: { 201: checkRef },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const done = await makeCheck(deps, viewerOf(request), {
          ...body,
          insurerOrgId: body.insurerOrgId as OrgId,
          from: body.from as Day,
          to: body.to as Day,
          replyDueOn: body.replyDueOn as Day,
        });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/prevention/performance-checks',
      {
        config: { access: READ },
        schema: {
          summary: 'Performance checks, the newest first',
          tags,
          querystring: pageQuery,
          response: { 200: checkPage },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listChecks(tx, request.query, deps.now())),
    );
    app.post(
      '/prevention/performance-checks/:id/reply',
      {
        config: { access: ['approver', 'underwriter'] },
        schema: { summary: 'The insurer’s reply', tags, params: byId, body: checkReply, response: { 200: ok } },
      },
      async (request, reply) => {
        const done = await replyToCheck(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/prevention/performance-checks/:id/report',
      {
        config: { access: READ },
        schema: { summary: 'The report as PDF or XLSX', tags, params: byId, querystring: printQuery },
      },
      async (request, reply) => {
        const check = await deps.scoped(viewerOf(request), (tx) => findCheck(tx, request.params.id, deps.now()));
        if (!check) return problem(reply, status, { code: 'prevention.check_not_found' });
        const { format: type } = request.query;
        const bytes = type === 'pdf' ? await checkPdf(check) : await checkXlsx(check);
        return sendFile(reply, { name: check.number, type, bytes });
      },
    );
  };
