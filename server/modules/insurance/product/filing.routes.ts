import { z } from 'zod';
import {
  admissionAppeal,
  admissionDecision,
  admissionInput,
  admissionList,
  admissionMade,
  productFiled,
  productInput,
  productText,
  schemeList,
} from '../../../../contract/insurance-filing.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { languageOf, say } from '../../../kernel/language.ts';
import { dayOf } from '../../../kernel/time.ts';
import { INSURERS, TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { type AdmissionDeps, appealAdmission, askAdmission, decideAdmission } from './admission.service.ts';
import { listAdmissions } from './admission.store.ts';
import { fileProductVersion } from './filing.service.ts';
import { listSchemes, viewProduct } from './filing.views.ts';
import type { Product } from './scheme.rules.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
const OFFICIALS = ['city_regulator', 'district_regulator', 'administrator'];

/** Schemes with their products, and filing new versions without a line of code. */
export const filingRoutes =
  (deps: AdmissionDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/schemes',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'Schemes with every version of their products', tags, response: { 200: schemeList } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return { items: await deps.scoped(viewer, (tx) => listSchemes(tx, viewer)) };
      },
    );
    app.get(
      '/insurance/products/:id',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'A product as it was filed', tags, params: byId, response: { 200: productText } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => viewProduct(tx, request.params.id));
        return found ?? problem(reply, status, { code: 'insurance.product_not_found' });
      },
    );
    app.post(
      '/insurance/schemes/:id/products',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'File a product, or the next version of one',
          tags,
          params: byId,
          body: productInput,
          response: { 201: productFiled },
        },
      },
      async (request, reply) => {
        const product = request.body as unknown as Product; // the contract checked every factor's form
        const done = await fileProductVersion(deps, viewerOf(request), { schemeId: request.params.id, product });
        if (done.ok) return reply.code(201).send(done.value);
        const language = languageOf(request);
        const faults =
          done.refusal.code === 'insurance.filing_faults'
            ? done.refusal.faults.map((f) => ({
                field: f.at,
                value: '',
                message: say(`insurance.fault.${f.rule}`, language, { at: f.at }),
              }))
            : [];
        return problem(reply, status, { ...done.refusal, faults });
      },
    );
  };

/** Who is admitted to an open market: an open register with a clock. */
export const admissionRoutes =
  (deps: AdmissionDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/admissions',
      {
        config: { access: [...OFFICIALS, ...INSURERS, ...TAKERS, 'broker'] },
        schema: {
          summary: 'The register of admissions: who asked, by when, what was decided and why',
          tags,
          response: { 200: admissionList },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const today = dayOf(deps.now());
        // As the owner: the register is public; it names insurers and no persons.
        const rows = await listAdmissions(deps.db);
        const mine = (orgId: string) => orgId === viewer.orgId;
        const knows = viewer.scope.all;
        return {
          items: rows
            .filter((a) => knows || mine(a.insurer_org_id) || a.decided_at !== null)
            .map((a) => ({
              id: a.id,
              scheme: a.scheme,
              insurer: a.insurer,
              askedAt: a.asked_at.toISOString(),
              decideBy: a.decide_by_on,
              overdue: a.decided_at === null && a.decide_by_on < today,
              decidedAt: a.decided_at?.toISOString() ?? null,
              admitted: a.admitted,
              criterion: a.criterion,
              reason: a.reason,
              appeal: a.appeal,
              mine: mine(a.insurer_org_id),
            })),
        };
      },
    );
    app.post(
      '/insurance/schemes/:id/admissions',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Ask to be admitted to an open market',
          tags,
          params: byId,
          body: admissionInput,
          response: { 201: admissionMade },
        },
      },
      async (request, reply) => {
        const asked = { schemeId: request.params.id, ...request.body };
        const done = await askAdmission(deps, viewerOf(request), asked);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/admissions/:id/decision',
      {
        config: { access: ['city_regulator'] },
        schema: {
          summary: 'Admit an insurer, or refuse it by a published criterion',
          tags,
          params: byId,
          body: admissionDecision,
        },
      },
      async (request, reply) => {
        const done = await decideAdmission(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/insurance/admissions/:id/appeal',
      {
        config: { access: ['underwriter'] },
        schema: { summary: 'Appeal a refusal', tags, params: byId, body: admissionAppeal },
      },
      async (request, reply) => {
        const done = await appealAdmission(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };
