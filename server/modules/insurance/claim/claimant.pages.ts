import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { claimantInput, publicReport } from '../../../../contract/insurance-claimant.ts';
import type { Routes } from '../../../kernel/http.ts';
import { say } from '../../../kernel/language.ts';
import { plainQuery, type Reading, readingOf, refused, showPlain } from '../../../kernel/plain-form.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { MOST_PAPER_BYTES } from './claim-paper.service.ts';
import { formKey, holderOf, openByCode } from './claimant.access.ts';
import { claimPage, doorPage, reportedPage, reportPage } from './claimant.page.ts';
import { viewForHolder } from './claimant.views.ts';
import { fillAsHolder, paperOfHolder, reportByPublic } from './claimant-door.service.ts';

const form = z.record(z.string(), z.string().max(600)).default({});
const byToken = z.object({ token: z.string().max(100) });
const seen = plainQuery.extend({ code: z.string().max(40).optional() });
const slow = (max: number) => ({ anyOrigin: true, rateLimit: { max, timeWindow: 60_000 } });

/**
 * The fast-claim channel as pages for anybody's phone: no script, no account. City apps and 公众号 may show them inside
 * their own pages.
 */
export const claimantPages =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get('/~/claim', { schema: { hide: true, querystring: seen } }, (request, reply) =>
      showPlain(reply, doorPage(readingOf(request, reply, { path: '/~/claim' }))),
    );
    app.post('/~/claim', { config: slow(10), schema: { hide: true, body: form } }, async (request, reply) => {
      const done = await openByCode(deps, request.body['code'] ?? '');
      if (done.ok) return reply.redirect(`/~/claim/t/${done.value.token}`, 303);
      const reading = readingOf(request, reply, { path: '/~/claim', typed: request.body });
      return showPlain(reply.code(404), doorPage(refused(reading, done.refusal, 'code')));
    });
    // A link that lost a letter on its way still leads to the door, never to the staff's sign-in.
    app.get('/~/claim/*', { schema: { hide: true } }, (_request, reply) => reply.redirect('/~/claim', 303));
    await app.register(ownClaimPages(deps));
    await app.register(reportPages(deps));
  };

const ownClaimPages =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    const address = (token: string) => `/~/claim/t/${token}`;
    app.get(
      '/~/claim/t/:token',
      { schema: { hide: true, params: byToken, querystring: seen } },
      async (request, reply) => {
        const { token } = request.params;
        return showClaim(deps, reply, { token, reading: readingOf(request, reply, { path: address(token) }) });
      },
    );
    app.post(
      '/~/claim/t/:token',
      { config: slow(10), schema: { hide: true, params: byToken, body: form } },
      async (request, reply) => {
        const { token } = request.params;
        const { bank = '', account = '', ...person } = request.body;
        const read = claimantInput.safeParse({
          ...person,
          account: { bank, number: account, holder: person['name'] ?? '' },
        });
        const reading = readingOf(request, reply, { path: address(token), typed: request.body });
        if (!read.success) return showClaim(deps, reply.code(400), { token, reading: unreadable(reading, read.error) });
        const done = await fillAsHolder(deps, { token, claimant: read.data });
        if (done.ok) return reply.redirect(address(token), 303);
        return showClaim(deps, reply.code(400), { token, reading: refused(reading, done.refusal, 'idNumber') });
      },
    );
    app.post(
      '/~/claim/t/:token/photos',
      { config: slow(30), schema: { hide: true, params: byToken } },
      async (request, reply) => {
        const { token } = request.params;
        const part = request.isMultipart()
          ? await request.file({ limits: { fileSize: MOST_PAPER_BYTES + 1 }, throwFileSizeLimit: false })
          : undefined;
        const reading = readingOf(request, reply, { path: address(token) });
        if (!part) return showClaim(deps, reply.code(400), { token, reading });
        const done = await paperOfHolder(deps, { token, name: part.filename, bytes: await part.toBuffer() });
        if (done.ok) return reply.redirect(address(token), 303);
        return showClaim(deps, reply.code(400), { token, reading: refused(reading, done.refusal, 'file') });
      },
    );
  };

const reportPages =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    const path = '/~/claim/report';
    app.get(path, { schema: { hide: true, querystring: seen } }, (request, reply) => {
      const { code } = request.query;
      const here = code ? `${path}?code=${encodeURIComponent(code)}` : path;
      return showPlain(
        reply,
        reportPage(formKey(), readingOf(request, reply, { path: here, typed: code ? { code } : {} })),
      );
    });
    app.post(path, { config: slow(10), schema: { hide: true, body: form } }, async (request, reply) => {
      const reading = readingOf(request, reply, { path, typed: request.body });
      const read = publicReport.safeParse({
        ...request.body,
        happenedAt: cityInstant(request.body['happenedAt'] ?? ''),
      });
      if (!read.success) return showPlain(reply.code(400), reportPage(formKey(), unreadable(reading, read.error)));
      const { happenedAt, ...rest } = read.data;
      const done = await reportByPublic(deps, { ...rest, happenedAt: new Date(happenedAt) });
      if (done.ok) return showPlain(reply, reportedPage(done.value, reading));
      return showPlain(reply.code(400), reportPage(formKey(), refused(reading, done.refusal, 'code')));
    });
  };

/** A form's date and time is the city's: it names no zone. */
const cityInstant = (local: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) ? `${local.slice(0, 16)}:00+08:00` : '';

type Shown = { token: string; reading: Reading };

async function showClaim(deps: ClaimDeps, reply: FastifyReply, { token, reading }: Shown) {
  const holder = await holderOf(deps.db, deps, token);
  if (holder) return showPlain(reply, claimPage(await viewForHolder(deps.db, deps, holder), token, reading));
  const door = { ...reading, path: '/~/claim' };
  return showPlain(reply.code(404), doorPage(refused(door, { code: 'insurance.claim_code_unknown' }, 'code')));
}

/** The first field that cannot be read, said in words. */
function unreadable(reading: Reading, error: z.ZodError): Reading {
  const at = error.issues[0]?.path ?? [];
  const name = at[0] === 'account' ? (at[1] === 'bank' ? 'bank' : 'account') : String(at[0] ?? '');
  const label = say(`insurance.claimant.field_${name}`, reading.language);
  return { ...reading, fault: { title: say('insurance.claimant.wrong', reading.language, { label }), field: name } };
}
