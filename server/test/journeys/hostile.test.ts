import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, expect, test, vi } from 'vitest';
import { admits } from '../../kernel/http.ts';
import { plausible, type Schema, wrongBodies, wrongTexts } from '../hostile-values.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { readScopedRows, type ScopedRow } from '../scope/rows.ts';
import { bodies, isStream, samples } from '../scope/samples.ts';

// Thousands of requests: slow where others work on the same machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

type Operation = {
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Door = { method: string; url: string; asker: Asker; operation: Operation };

let house: WholeHouse;
let rows: ReadonlyMap<string, ScopedRow>;
let doors: readonly Door[];

beforeAll(async () => {
  house = await openWholeHouse();
  await house.site.ready();
  rows = await readScopedRows(house.kernel.pool);
  const { paths } = (await house.site.inject({ url: '/api/openapi.json' })).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  doors = house.site.routeLines.flatMap((line) => {
    const { method, url } = line;
    const operation = paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const asker = house.askers.find((one) => admits(line, one.viewer));
    return operation && asker && !ENDS_A_SESSION.test(url) && !isStream(url) ? [{ method, url, asker, operation }] : [];
  });
});

/** Doors that would sign the asker out, and those whose tries are limited. */
const ENDS_A_SESSION = /\/(session|setup|me\/|token)/;

/** The id of a row that the asker knows, where the route is about one, so that the body is reached. */
function idFor({ url, asker }: Door): string {
  const sample = samples.find(([prefix]) => url.replace('/api/v1', '').startsWith(prefix))?.[1];
  if (!sample) return NO_ID;
  if ('values' in sample) return sample.values[0] ?? NO_ID;
  const { viewer } = asker;
  const own = [...rows.values()].find((row) => row.table === sample.table && viewer?.scope.all);
  return own?.id ?? [...rows.values()].find((row) => row.table === sample.table)?.id ?? NO_ID;
}
const NO_ID = '00000000-0000-7000-8000-000000000000';

const urlOf = (door: Door): string => {
  const id = idFor(door);
  return door.url.replaceAll(/:(\w+)/g, () => id);
};

/** What went wrong, with the request that did it; undefined: refused or served, as it should be. */
function wrongIn(door: Door, what: unknown, answer: LightMyRequestResponse): string | undefined {
  if (answer.statusCode < 500 || answer.statusCode === 503) return undefined;
  return `${door.method} ${door.url} as ${door.asker.name}: ${answer.statusCode} to ${JSON.stringify(what)?.slice(0, 300)} ${answer.body.slice(0, 200)}`;
}

/** A failure of ours is a defect whoever asks and whatever he sends. */
test('no body that anybody sends breaks a door', async () => {
  const wrong = new Set<string>();
  let sent = 0;
  for (const door of doors) {
    const schema = door.operation.requestBody?.content['application/json']?.schema;
    if (!schema) continue;
    const body = bodies[`${door.method} ${door.url.replace('/api/v1', '')}`] ?? plausible(schema);
    for (const { place, value, whole } of wrongBodies(body)) {
      const answer = await send(door, { 'content-type': 'application/json' }, JSON.stringify(whole) ?? '');
      sent += 1;
      const what = wrongIn(door, { place, value }, answer);
      if (what) wrong.add(what);
    }
  }
  expect([...wrong]).toEqual([]);
  expect(sent).toBeGreaterThan(2_000);
});

test('no broken text, wrong encoding or wrong kind of body breaks a door', async () => {
  const bytes: readonly (readonly [string, string | Buffer])[] = [
    ['application/json', '{"a":'],
    ['application/json', ''],
    ['application/json', '\uFEFF{}'],
    ['application/json', Buffer.from([0xff, 0xfe, 0x7b, 0x7d])],
    ['application/json', '[[[[[['.repeat(2_000)],
    ['application/xml', '<a/>'],
    ['text/plain', 'hello'],
    ['multipart/form-data; boundary=x', '--x\r\nbroken'],
    ['application/x-www-form-urlencoded', 'a[b]=1&a=%'],
  ];
  const wrong: string[] = [];
  for (const door of doors.filter(({ method }) => method !== 'GET')) {
    for (const [type, payload] of bytes) {
      const what = wrongIn(
        door,
        `${type} ${payload.slice(0, 20).toString()}`,
        await send(door, { 'content-type': type }, payload),
      );
      if (what) wrong.push(what);
    }
  }
  expect(wrong).toEqual([]);
});

test('no question in an address breaks a door', async () => {
  const wrong: string[] = [];
  for (const door of doors.filter(({ method }) => method === 'GET')) {
    const names = (door.operation.parameters ?? []).filter((p) => p.in === 'query').map(({ name }) => name);
    const questions = names.flatMap((name, nth) =>
      wrongTexts(nth).map((text) => ({ name, text: encodeURIComponent(text) })),
    );
    for (const { name, text } of questions) {
      const url = `${urlOf(door)}?${name}=${text}&${name}=${text}`;
      const what = wrongIn(door, url, await house.site.inject({ method: 'GET', url, headers: door.asker.headers }));
      if (what) wrong.push(what);
    }
  }
  expect(wrong).toEqual([]);
});

test('no name of a thing breaks a door', async () => {
  const names = ['%00', '..%2f..%2fetc', "'%20or%201=1--", '%E0%A4%A', '9'.repeat(300), 'null', '%EF%BF%BF'];
  const wrong: string[] = [];
  for (const door of doors.filter(({ url }) => url.includes('/:'))) {
    for (const name of names) {
      const url = door.url.replaceAll(/:(\w+)/g, name);
      const answer = await house.site.inject({ method: door.method as 'GET', url, headers: door.asker.headers });
      const what = wrongIn(door, name, answer);
      if (what) wrong.push(what);
    }
  }
  expect(wrong).toEqual([]);
});

const send = (door: Door, headers: Record<string, string>, payload: string | Buffer): Promise<LightMyRequestResponse> =>
  house.site.inject({
    method: door.method as 'POST',
    url: urlOf(door),
    headers: { ...door.asker.headers, ...headers },
    payload,
  });
