import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type FieldIssue, fieldFault } from './field-fault.rules.ts';
import { type Fault, sendProblem } from './http.ts';
import { hasWords, type Language, languageOf, say } from './language.ts';

/**
 * The last catch of every request. Input that is not what was agreed becomes a clear 4xx naming field, value and
 * reason; a database that is away becomes 503; anything else is our fault: 500 with the request's id, and a log line.
 */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (hasZodFastifySchemaValidationErrors(error)) {
    if (namesNothing(error)) return sendProblem(reply, { status: 404, code: 'kernel.not_found' });
    return sendProblem(reply, { status: 400, code: 'kernel.invalid', faults: faultsOf(error, request) });
  }
  if (isDatabaseAway(error)) {
    request.log.error({ error }, 'the database is away');
    reply.header('retry-after', '5');
    return sendProblem(reply, { status: 503, code: 'kernel.unavailable' });
  }
  const missing = codeOf(error) === FOREIGN_KEY ? referenceOf(error) : null;
  if (missing) return sendProblem(reply, { status: 422, code: 'kernel.refers_to_nothing', ...missing });
  const status = unstorable.has(codeOf(error)) || isBrokenForm(error) ? 400 : (error.statusCode ?? 500);
  if (status === 413) return sendProblem(reply, { status, code: 'kernel.too_large', limit: '1 MB' });
  if (status === 415) {
    return sendProblem(reply, {
      status,
      code: 'kernel.unsupported_media',
      value: request.headers['content-type'] ?? '',
    });
  }
  if (status === 429) return sendProblem(reply, { status, code: 'kernel.too_many', seconds: secondsOf(error) });
  if (status >= 400 && status < 500)
    return sendProblem(reply, { status, code: 'kernel.unreadable', reason: error.message });
  request.log.error({ error }, 'request failed');
  return sendProblem(reply, { status: 500, code: 'kernel.internal', requestId: request.id });
}

type Validated = {
  validation: readonly (FieldIssue & { instancePath: string; message?: string })[];
  validationContext?: string;
};

function faultsOf(error: Validated, request: FastifyRequest): readonly Fault[] {
  const language = languageOf(request);
  const of = request.routeOptions.config.fieldsOf;
  const input = { body: request.body, querystring: request.query, params: request.params, headers: {} }[
    (error.validationContext ?? 'body') as 'body' | 'querystring' | 'params' | 'headers'
  ];
  return error.validation.flatMap(({ instancePath, ...issue }) => {
    const path = instancePath.split('/').filter(Boolean);
    const value = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), input);
    const unknown = unknownKeys(issue);
    if (unknown.length > 0)
      return unknown.map((key) => ({
        field: [...path, key].join('.'),
        value: shown(isRecord(value) ? value[key] : undefined),
        message: say('kernel.field.unknown', language, { field: key }),
      }));
    const field = path.join('.') || (error.validationContext ?? 'body');
    const { code, params } = fieldFault(value, issue);
    return [
      {
        field,
        value: shown(value),
        message: say(code, language, { ...params, field: nameOf(path, { language, of }) }),
      },
    ];
  });
}

/** An address with an id that is none (mistyped, cut short) is one that nothing stands at: nobody filled in a form. */
const namesNothing = ({ validation, validationContext }: Validated): boolean =>
  validationContext === 'params' &&
  validation.every(({ keyword, params }) => keyword === 'invalid_format' && params?.['format'] === 'uuid');

/** The keys an object has and must not have, each a fault of its own. */
function unknownKeys({ keyword, params }: FieldIssue): readonly string[] {
  const keys = keyword === 'unrecognized_keys' ? params?.['keys'] : [];
  return Array.isArray(keys) ? keys.map(String) : [];
}

/** A field as forms call it, where they do, with its place in a list; an interface reads its name. */
function nameOf(path: readonly string[], { language, of }: { language: Language; of: string | undefined }): string {
  const isPlace = (key: string) => /^\d+$/.test(key);
  const key = path.findLast((step) => !isPlace(step)) ?? '';
  const own = `kernel.field_name.${of}.${key}`;
  const code = of !== undefined && hasWords(own) ? own : `kernel.field_name.${key}`;
  if (!hasWords(code)) return path.join('.');
  const place = path.findLast(isPlace);
  const name = say(code, language);
  return place === undefined ? name : say('kernel.field_place', language, { name, n: Number(place) + 1 });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const shown = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value).slice(0, 80));

const codeOf = (error: unknown): string => (isRecord(error) && typeof error['code'] === 'string' ? error['code'] : '');

const secondsOf = (error: unknown): number =>
  isRecord(error) && typeof error['seconds'] === 'number' ? error['seconds'] : 60;

/** PostgreSQL cannot hold these values (a NUL character, half a surrogate, a number beyond all columns, a day that is none): the sender must mend them. */
const unstorable = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008']);

/** A form that ends in the middle of a part. */
const isBrokenForm = (error: unknown): boolean =>
  error instanceof Error && /^Unexpected end of (form|multipart)/.test(error.message);

const FOREIGN_KEY = '23503';

/** What a row refers to that is not there; null when the row itself is still referred to by others. */
function referenceOf(error: unknown): { field: string } | null {
  if (!(error instanceof Error && error.message.startsWith('insert or update'))) return null;
  // The value is not said: the database keeps it to itself where the caller may not read the other table.
  const constraint = isRecord(error) && typeof error['constraint'] === 'string' ? error['constraint'] : '';
  return { field: constraint.replace(/_fkey$/, '') };
}

const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '53300',
]);
const isDatabaseAway = (error: unknown): boolean =>
  away.has(codeOf(error)) ||
  (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message));
