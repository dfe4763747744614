import { tellAway } from './outage.ts';
import { isProblem, type Problem, problemError } from './problem.ts';

/** Values of a query string. Undefined, null and empty ones are left out; lists become repeated names. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** `?a=1&b=2`, or nothing. */
export function queryText(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** The address of an API path. */
export const apiUrl = (path: string, query?: Query): string => `/api/v1${path}${queryText(query)}`;

type Sent = { method: string; body?: unknown; file?: FormData; key?: string; signal?: AbortSignal };

/**
 * One request. Resolves with the answer's body; throws a ProblemError otherwise, also when there is no answer.
 * The answer has the contract's shape because the server checks it before it sends.
 */
async function request<T>(path: string, sent: Sent, query?: Query): Promise<T> {
  const answer = await granted(apiUrl(path, query), sent);
  const text = await answer.text();
  return JSON.parse(text || 'null');
}

/** The answer to a request that is not refused. */
async function granted(url: string, sent: Sent): Promise<Response> {
  const answer = await reach(url, sent);
  if (answer.ok) return answer;
  const refusal = await refusalIn(answer);
  if (refusal.code === 'kernel.unavailable') tellAway();
  throw problemError(refusal);
}

async function refusalIn(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null); // a proxy in between may answer with a page
  if (isProblem(body)) return body;
  return { status: answer.status, code: 'web.answer_unreadable', title: '', reason: `HTTP ${answer.status}` };
}

async function reach(url: string, { method, body, file, key, signal }: Sent): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key) headers['idempotency-key'] = key;
  try {
    return await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body !== undefined ? { body: JSON.stringify(body) } : file ? { body: file } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (thrown) {
    // No answer at all: the network, told as a problem like any other. A request we took back stays what it is.
    if (signal?.aborted) throw thrown;
    tellAway();
    throw problemError({ status: 0, code: 'web.offline', title: '' });
  }
}

/** Read. */
export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { method: 'GET', ...(signal ? { signal } : {}) }, query);

/** Do. `key` makes a repeat harmless where the route takes an Idempotency-Key. */
export const post = <T>(path: string, body: unknown = {}, key?: string): Promise<T> =>
  request<T>(path, { method: 'POST', body, ...(key ? { key } : {}) });

/** Ask for a file by what must not stand in an address. */
export async function take(path: string, body: unknown): Promise<Blob> {
  return (await granted(apiUrl(path), { method: 'POST', body })).blob();
}

export const put = <T>(path: string, body: unknown): Promise<T> => request<T>(path, { method: 'PUT', body });
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>(path, { method: 'PATCH', body });
export const remove = <T>(path: string): Promise<T> => request<T>(path, { method: 'DELETE' });

/** Send a file as multipart form data, with plain fields before it. */
export function upload<T>(path: string, file: File, fields: Readonly<Record<string, string>> = {}): Promise<T> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return request<T>(path, { method: 'POST', file: form });
}
