import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  admissionAppeal,
  admissionDecision,
  admissionInput,
  admissionList,
  admissionMade,
  admissionQuery,
  filingQuery,
  productFiled,
  productInput,
  productText,
  schemeList,
} from '../../../../contract/insurance-filing.ts';
import { type Fault, problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { hasWords, type Language, languageOf, say } from '../../../kernel/language.ts';
import { dayOf } from '../../../kernel/time.ts';
import { TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { type AdmissionDeps, appealAdmission, askAdmission, decideAdmission } from './admission.service.ts';
import { viewAdmissions } from './admission.views.ts';
import type { Filed, FilingFault } from './filing.rules.ts';
import { fileProductVersion } from './filing.service.ts';
import { listSchemes, viewProduct } from './filing.views.ts';

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
        config: { access: 'signed_in', roleMachines: true },
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
        config: { access: 'signed_in', roleMachines: true },
        schema: { summary: 'A product as it was filed', tags, params: byId, response: { 200: productText } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) =>
          viewProduct(tx, request.params.id, viewerOf(request)),
        );
        return found ?? problem(reply, status, { code: 'insurance.product_not_found' });
      },
    );
    app.post(
      '/insurance/schemes/:id/products',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'File a product, or the next version of one; dry=1 only says what is wrong',
          tags,
          params: byId,
          querystring: filingQuery,
          body: productInput,
          response: { 200: productFiled, 201: productFiled },
        },
      },
      async (request, reply) => {
        const product = request.body as unknown as Filed; // the contract checked every factor's form
        const wish = { schemeId: request.params.id, product, dry: request.query.dry === '1' };
        const done = await fileProductVersion(deps, viewerOf(request), wish);
        if (done.ok) return reply.code(wish.dry ? 200 : 201).send(done.value);
        if (done.refusal.code !== 'insurance.filing_faults') return problem(reply, status, done.refusal);
        const faults = done.refusal.faults.map((f) => faultIn(f, languageOf(request)));
        return problem(reply, status, { ...done.refusal, faults });
      },
    );
  };

/** A fault as a person reads it: where, and what to do about it. */
function faultIn({ at, name, rule, detail }: FilingFault, language: Language): Fault {
  const wordOf = (prefix: string, value: string) =>
    hasWords(`${prefix}.${value}`) ? say(`${prefix}.${value}`, language) : value;
  const place = rule === 'class_missing' || rule === 'split_empty' ? wordOf(classWords(at), name) : name;
  return {
    field: at,
    value: '',
    message: say(`insurance.fault.${rule}`, language, { at: place, detail: wordOf('web.answer', detail) }),
  };
}

const classWords = (at: string) => (at.includes('.bases.') ? 'insurance.rating_class' : 'insurance.split_class');

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
          querystring: admissionQuery,
          response: { 200: admissionList },
        },
      },
      // As the owner: the register is public; it names insurers and no persons.
      (request) => viewAdmissions(deps.db, viewerOf(request), { asked: request.query, today: dayOf(deps.now()) }),
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
