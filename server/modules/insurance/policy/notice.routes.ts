import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  accountInput,
  accountList,
  accountMade,
  noticeList,
  noticeQuery,
} from '../../../../contract/insurance-notices.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { languageOf } from '../../../kernel/language.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { status } from '../status.ts';
import { confirmAccount, listAccounts, recordAccount } from './account.service.ts';
import { noticePdf } from './notice.pdf.ts';
import { writeEndorsementNotices, writeNotices } from './notice.service.ts';
import { findNotice, listNotices } from './notice.store.ts';
import { writePartNotices } from './part-notice.service.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

/** What each payer is asked for, and the account it is to be paid to. */
export const noticeRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/policies/:id/pay-notices',
      {
        config: { access: ['underwriter', 'cashier'] },
        schema: {
          summary: 'Write a notice for every payer who still owes a part of a policy',
          tags,
          params: byId,
          response: { 201: z.object({ notices: z.int() }) },
        },
      },
      async (request, reply) => {
        const done = await writeNotices(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/policies/:id/part-notices',
      {
        config: { access: ['underwriter', 'cashier'] },
        schema: {
          summary:
            'Write a notice for every later part of a premium that is not paid and was not asked for as it stands',
          tags,
          params: byId,
          response: { 201: z.object({ notices: z.int() }) },
        },
      },
      async (request, reply) => {
        const done = await writePartNotices(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/endorsements/:id/pay-notices',
      {
        config: { access: ['underwriter', 'cashier'] },
        schema: {
          summary: 'Write a notice for every payer who still owes what an endorsement costs',
          tags,
          params: byId,
          response: { 201: z.object({ notices: z.int() }) },
        },
      },
      async (request, reply) => {
        const done = await writeEndorsementNotices(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/policies/:id/pay-notices',
      {
        config: { access: READERS },
        schema: {
          summary: 'Notices of a policy: a payer sees his own, holder and lead all',
          tags,
          params: byId,
          querystring: noticeQuery,
          response: { 200: noticeList },
        },
      },
      async (request) =>
        await deps.scoped(viewerOf(request), (tx) => listNotices(tx, request.params.id, request.query)),
    );
    app.get(
      '/insurance/pay-notices/:id/pdf',
      {
        config: { access: READERS },
        schema: { summary: 'A notice as PDF, as it was written', tags, params: byId },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => findNotice(tx, request.params.id));
        if (!found) return problem(reply, status, { code: 'insurance.notice_not_found' });
        const name = `${found.content.number}-${found.content.no}`;
        const bytes = await noticePdf(found, languageOf(request));
        return sendFile(reply, { name, type: 'pdf', bytes, isShown: true });
      },
    );
    await app.register(accountRoutes(deps));
  };

const accountRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/premium-accounts',
      {
        config: { access: INSURERS },
        schema: { summary: 'Accounts premiums are paid to', tags, response: { 200: accountList } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return { items: await deps.scoped(viewer, (tx) => listAccounts(tx, viewer)) };
      },
    );
    app.post(
      '/insurance/premium-accounts',
      {
        config: { access: ['cashier'] },
        schema: {
          summary: 'Record the account premiums are to be paid to; a second person confirms it',
          tags,
          body: accountInput,
          response: { 201: accountMade },
        },
      },
      async (request, reply) => {
        const done = await recordAccount(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/premium-accounts/:id/confirmation',
      {
        config: { access: ['approver', 'cashier', 'underwriter'], human: true },
        schema: { summary: 'Confirm an account another person recorded', tags, params: byId },
      },
      async (request, reply) => {
        const done = await confirmAccount(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };
