import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { volunteerApplication } from '../../../contract/rescue-volunteers.ts';
import type { Routes } from '../../kernel/http.ts';
import { say } from '../../kernel/language.ts';
import { plainQuery, type Reading, readingOf, refused, showPlain } from '../../kernel/plain-form.ts';
import type { RescueDeps } from './deps.ts';
import { appliedPage, applyPage, ownPage, volunteerDoor } from './volunteer.page.ts';
import { membersOf } from './volunteer.rules.ts';
import { withdrawVolunteers } from './volunteer.service.ts';
import { forceOfToken, formKey } from './volunteer.store.ts';
import { ownForce } from './volunteer.views.ts';
import { type HandedAccount, handAccount } from './volunteer-admission.service.ts';
import { applyAsVolunteer, openVolunteer } from './volunteer-apply.service.ts';
import { addVolunteerPaper, MOST_PAPER_BYTES } from './volunteer-paper.service.ts';

const form = z.record(z.string(), z.string().max(1_200)).default({});
const byToken = z.object({ token: z.string().max(100) });
const slow = (max: number) => ({ anyOrigin: true, rateLimit: { max, timeWindow: 60_000 } });
const DOOR = '/~/volunteer';
const APPLY = '/~/volunteer/apply';
const own = (token: string) => `/~/volunteer/t/${token}`;

/** Pages on which anybody applies as a volunteer force (社会力量), and looks at what became of it: no script, no account. */
export const volunteerPages =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(DOOR, { schema: { hide: true, querystring: plainQuery } }, (request, reply) =>
      showPlain(reply, volunteerDoor(readingOf(request, reply, { path: DOOR }))),
    );
    app.post(DOOR, { config: slow(10), schema: { hide: true, body: form } }, async (request, reply) => {
      const done = await openVolunteer(deps, request.body['code'] ?? '');
      if (done.ok) return reply.redirect(own(done.value.token), 303);
      const reading = readingOf(request, reply, { path: DOOR, typed: request.body });
      return showPlain(reply.code(404), volunteerDoor(refused(reading, done.refusal, 'code')));
    });
    app.get(APPLY, { schema: { hide: true, querystring: plainQuery } }, (request, reply) => {
      const typed = { day1: '1', day2: '1', day3: '1', day4: '1', day5: '1', fromTime: '08:00', toTime: '20:00' };
      const reading = readingOf(request, reply, { path: APPLY, typed });
      return showPlain(reply, applyPage({ key: formKey(), districts: deps.areaNames, reading }));
    });
    app.post(APPLY, { config: slow(20), schema: { hide: true, body: form } }, async (request, reply) => {
      const reading = readingOf(request, reply, { path: APPLY, typed: request.body });
      const again = (wrong: Reading) =>
        showPlain(
          reply.code(400),
          applyPage({ key: request.body['key'] ?? formKey(), districts: deps.areaNames, reading: wrong }),
        );
      const { members, badLine } = membersOf(request.body['members'] ?? '');
      if (badLine !== null)
        return again(refused(reading, { code: 'rescue.volunteer.page.member_line', line: badLine }, 'members'));
      const read = volunteerApplication.safeParse(applicationOf(request.body, members));
      if (!read.success) return again(unreadable(reading, read.error));
      const done = await applyAsVolunteer(deps, read.data);
      if (!done.ok) return again(refused(reading, done.refusal, 'name'));
      return showPlain(reply, appliedPage(done.value, { ...reading, path: DOOR }));
    });
    await app.register(ownPages(deps));
  };

/** The form's fields as the contract wants them. */
const applicationOf = (body: Readonly<Record<string, string>>, members: readonly unknown[]) => ({
  ...body,
  members,
  certificateUntil: body['certificateUntil'] || null,
  weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => body[`day${day}`] === '1'),
});

const ownPages =
  (deps: RescueDeps): Routes =>
  async (app) => {
    const hidden = { hide: true, params: byToken } as const;
    app.get('/~/volunteer/t/:token', { schema: { ...hidden, querystring: plainQuery } }, (request, reply) =>
      showOwn(deps, reply, { token: request.params.token, reading: reading(request, reply) }),
    );
    app.post('/~/volunteer/t/:token/papers', { config: slow(20), schema: hidden }, async (request, reply) => {
      const { token } = request.params;
      const part = request.isMultipart()
        ? await request.file({ limits: { fileSize: MOST_PAPER_BYTES + 1 }, throwFileSizeLimit: false })
        : undefined;
      const bytes = part ? await part.toBuffer() : Buffer.alloc(0);
      const done = await addVolunteerPaper(deps, { token, bytes });
      if (done.ok) return reply.redirect(own(token), 303);
      return showOwn(deps, reply.code(400), { token, reading: refused(reading(request, reply), done.refusal, 'file') });
    });
    app.post(
      '/~/volunteer/t/:token/account',
      { config: slow(10), schema: { ...hidden, body: z.object({ place: z.coerce.number().int().min(1).max(20) }) } },
      async (request, reply) => {
        const { token } = request.params;
        const done = await handAccount(deps, { token, place: request.body.place });
        if (done.ok) return showOwn(deps, reply, { token, reading: reading(request, reply), handed: done.value });
        return showOwn(deps, reply.code(409), {
          token,
          reading: refused(reading(request, reply), done.refusal, 'place'),
        });
      },
    );
    app.post(
      '/~/volunteer/t/:token/withdraw',
      { config: slow(10), schema: { ...hidden, body: z.object({ sure: z.literal('1') }) } },
      async (request, reply) => {
        const { token } = request.params;
        const done = await withdrawVolunteers(deps, token);
        if (done.ok) return reply.redirect(own(token), 303);
        return showOwn(deps, reply.code(409), {
          token,
          reading: refused(reading(request, reply), done.refusal, 'sure'),
        });
      },
    );
  };

const reading = (request: Parameters<typeof readingOf>[0] & { params: { token: string } }, reply: FastifyReply) =>
  readingOf(request, reply, { path: own(request.params.token) });

type Shown = { token: string; reading: Reading; handed?: HandedAccount };

async function showOwn(deps: RescueDeps, reply: FastifyReply, { token, reading: as, handed }: Shown) {
  const force = await forceOfToken(deps, token);
  if (force)
    return showPlain(reply, ownPage({ force: await ownForce(deps, force), token, handed: handed ?? null }, as));
  const gone = refused({ ...as, path: DOOR }, { code: 'rescue.volunteer_code_unknown' }, 'code');
  return showPlain(reply.code(404), volunteerDoor(gone));
}

/** The first field that cannot be read, said in words. */
function unreadable(as: Reading, error: z.ZodError): Reading {
  const name = String(error.issues[0]?.path[0] ?? '');
  const title = say(`rescue.volunteer.wrong.${name}`, as.language);
  return { ...as, fault: { title, field: name } };
}
