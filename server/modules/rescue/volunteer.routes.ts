import { z } from 'zod';
import {
  volunteerCode,
  volunteerDecision,
  volunteerList,
  volunteerQuery,
  volunteerUnmask,
  volunteerUnmasked,
} from '../../../contract/rescue-volunteers.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { RescueDeps } from './deps.ts';
import { status } from './status.ts';
import { decideVolunteers, renewVolunteerCode, unmaskVolunteers } from './volunteer.service.ts';
import { listVolunteers } from './volunteer.views.ts';
import { DECIDERS } from './volunteer-apply.service.ts';
import { openVolunteerPaper } from './volunteer-paper.service.ts';

const tags = ['rescue'];
const byId = z.object({ id: z.uuid() });
const DECIDE = { access: DECIDERS } as const;

/** Volunteer forces (社会力量), for those who decide on them. Applicants have pages of their own. */
export const volunteerRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.get(
      '/rescue/volunteers',
      {
        config: DECIDE,
        schema: {
          summary: 'Volunteer forces: applications first',
          tags,
          querystring: volunteerQuery,
          response: { 200: volunteerList },
        },
      },
      (request) => listVolunteers(deps, viewerOf(request), request.query),
    );
    app.post(
      '/rescue/volunteers/:id/decision',
      {
        config: DECIDE,
        schema: {
          summary: 'Approve or refuse an application; prolong or end what stands',
          tags,
          params: byId,
          body: volunteerDecision,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, act: request.body };
        const done = await decideVolunteers(deps, viewerOf(request), of);
        return done.ok ? reply.code(204).send(null) : problem(reply, status, done.refusal);
      },
    );
    await app.register(personalRoutes(deps));
  };

const personalRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    app.post(
      '/rescue/volunteers/:id/unmasking',
      {
        config: DECIDE,
        schema: {
          summary: 'Names and phones of a volunteer force in full; who looked and why is kept',
          tags,
          params: byId,
          body: volunteerUnmask,
          response: { 200: volunteerUnmasked },
        },
      },
      async (request, reply) => {
        const of = { id: request.params.id, reason: request.body.reason };
        const done = await unmaskVolunteers(deps, viewerOf(request), of);
        return done.ok
          ? { ...done.value, members: done.value.members.map((m) => ({ ...m })) }
          : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/rescue/volunteers/:id/code',
      {
        config: DECIDE,
        schema: {
          summary: 'A new enquiry code for an applicant who has lost his',
          tags,
          params: byId,
          response: { 200: volunteerCode },
        },
      },
      async (request, reply) => {
        const done = await renewVolunteerCode(deps, viewerOf(request), request.params.id);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/rescue/volunteers/:id/papers/:paperId',
      {
        config: DECIDE,
        schema: {
          summary: 'What an applicant sent to show the competence',
          tags,
          params: z.object({ id: z.uuid(), paperId: z.uuid() }),
        },
      },
      async (request, reply) => {
        const paper = await openVolunteerPaper(deps, viewerOf(request), request.params);
        if (!paper) return problem(reply, status, { code: 'rescue.no_volunteers' });
        return reply
          .type(paper.mediaType)
          .header('cache-control', 'no-store')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('x-content-type-options', 'nosniff')
          .send(paper.bytes);
      },
    );
  };
