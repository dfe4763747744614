import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type Language, languageOf, say } from './language.ts';
import { invariant } from './result.ts';
import type { Viewer } from './scope.ts';

/** A set of routes: a module's `routes` stand below /api/v1, its `pages` at the site's root. */
export type Routes = FastifyPluginAsyncZod;

/**
 * Who may call a route. Every route says it, or the server does not start:
 * anyone; any person signed in; the named roles; and, beside them, machine clients with the named grant or one of these roles.
 */
export type Access = 'public' | 'signed_in' | readonly string[];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    grant?: string;
    human?: boolean; // a word that only a person gives: a second pair of eyes, a look behind a mask
    roleMachines?: boolean; // for anybody signed in, and for machine clients that act in any role
    fieldsOf?: string; // what its form is about, where it calls fields otherwise than others do: see `words/field-names.ts`
    anyOrigin?: boolean; // a form that nobody signs in for may come from any page
  }
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** The viewer of a request. On public routes it may be absent: read `request.viewer` there. */
export function viewerOf(request: FastifyRequest): Viewer {
  invariant(request.viewer, 'a route that is not public has a viewer');
  return request.viewer;
}

/**
 * What stands before the path of a link that leaves the house, on paper or in a text: the city's public address, or the one
 * this request came by.
 */
export const originOf = (request: FastifyRequest): string =>
  request.server.publicUrl ?? `${request.protocol}://${request.host}`;

/** What a route says of who may call it. */
export type Door = {
  access: Access;
  grant?: string | undefined;
  human?: boolean | undefined;
  roleMachines?: boolean | undefined;
};

const ROLE = 'role:';

/** May this viewer call a route behind this door? */
export function admits({ access, grant, human, roleMachines }: Door, viewer: Viewer | null): boolean {
  if (access === 'public') return true;
  if (!viewer) return false;
  if (viewer.role !== 'machine') return access === 'signed_in' || access.includes(viewer.role);
  if (grant !== undefined && viewer.grants.includes(grant)) return true;
  if (human) return false;
  if (access === 'signed_in') return roleMachines === true && rolesOf(viewer).length > 0;
  return rolesOf(viewer).some((role) => access.includes(role));
}

/**
 * Who acts behind a door: a machine client that a door admits by one of its roles acts in that role, the first of its token's
 * that the door names, under its own id; everybody else as he came.
 */
export function actingAt({ access, grant }: Door, viewer: Viewer | null): Viewer | null {
  if (!viewer || viewer.role !== 'machine' || (grant !== undefined && viewer.grants.includes(grant))) return viewer;
  const role = rolesOf(viewer).find((one) => typeof access !== 'string' && access.includes(one));
  return role === undefined ? viewer : { ...viewer, role };
}

/** Does a machine ask, also where it acts in a role? Only machines have grants. */
export const isMachine = ({ role, grants }: Viewer): boolean => role === 'machine' || grants.length > 0;

/** The answer to a machine that gives a word which only a person gives. */
export const personNeeded = (reply: FastifyReply) => sendProblem(reply, { status: 403, code: 'kernel.person_needed' });

const rolesOf = ({ grants }: Viewer): readonly string[] =>
  grants.filter((g) => g.startsWith(ROLE)).map((g) => g.slice(ROLE.length));

/** Where the problem lies, for people who must mend it. All are public. */
export type Fault = { field: string; value: string; message: string; remedy?: string };

/**
 * Send a refusal as RFC 9457 problem+json, in the caller's language. A refusal is public by construction:
 * modules put nothing in it that the caller may not see. Its own fields fill the words and stand in the answer.
 */
export function problem<R extends { code: string }>(
  reply: FastifyReply,
  status: Readonly<Record<R['code'], number>>,
  refusal: R,
) {
  const code: R['code'] = refusal.code;
  return sendProblem(reply, { ...refusal, status: status[code], code });
}

/** Send any problem. `code` chooses the words; the other members fill them. */
export function sendProblem(
  reply: FastifyReply,
  members: { status: number; code: string; faults?: readonly Fault[] } & Record<string, unknown>,
) {
  const language: Language = languageOf(reply.request);
  const title = say(members.code, language, members);
  return reply
    .code(members.status)
    .type('application/problem+json')
    .send({ type: `/problems/${members.code}`, title, ...members });
}
