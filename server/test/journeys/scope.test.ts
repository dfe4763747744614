import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { admits } from '../../kernel/http.ts';
import { newId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { invariant } from '../../kernel/result.ts';
import type { RouteLine } from '../../kernel/site.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { leaksIn, mayKnow, readScopedRows, type ScopedRow, scopedTables } from '../scope/rows.ts';
import { bodies, isStream, queries, type Sample, samples } from '../scope/samples.ts';

// Every route × every role takes its time, the more where others work on the same machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

let house: WholeHouse;
let rows: ReadonlyMap<string, ScopedRow>;
let routes: readonly RouteLine[];
beforeAll(async () => {
  house = await openWholeHouse();
  await house.site.ready();
  rows = await readScopedRows(house.kernel.pool);
  routes = house.site.routeLines;
});

const short = (route: RouteLine): string => route.url.replace('/api/v1', '');
const hasParams = (route: RouteLine): boolean => route.url.includes('/:');
const sampleOf = (route: RouteLine): Sample | undefined =>
  samples.find(([prefix]) => short(route).startsWith(prefix))?.[1];

/** The table whose rows a route is about. */
function tableOf(route: RouteLine): string | undefined {
  const sample = hasParams(route) ? sampleOf(route) : undefined;
  return sample && 'table' in sample ? sample.table : undefined;
}

const NO_ID = '00000000-0000-7000-8000-000000000000';

/** The address with every parameter filled: a row's id first and an id that nothing has after it, or plain values. */
function filled(route: RouteLine, id: string): string {
  const sample = sampleOf(route);
  const values = sample && 'values' in sample ? sample.values : [id];
  let at = 0;
  return route.url.replace(/:(\w+)/g, () => values[at++] ?? NO_ID) + (queries[short(route)] ?? '');
}

const ask = (asker: Asker, route: RouteLine, id = NO_ID): Promise<LightMyRequestResponse> => {
  const payload = route.method === 'GET' ? undefined : (bodies[`${route.method} ${short(route)}`] ?? {});
  return house.site.inject({
    method: route.method as 'GET',
    url: filled(route, id),
    headers: asker.headers,
    ...(payload && { payload }),
  });
};

const isRefusedAtTheDoor = (answer: LightMyRequestResponse): boolean =>
  /"code":"kernel\.(forbidden|person_needed|unauthenticated)"/.test(answer.body);

/** Rows of a table, side by side: one that the asker may know of, and one he may not. */
function pick(table: string, asker: Asker): { own: string | undefined; foreign: string | undefined } {
  const all = [...rows.values()].filter((r) => r.table === table);
  return {
    own: all.find((r) => mayKnow(asker.viewer, r))?.id,
    foreign: all.find((r) => !mayKnow(asker.viewer, r))?.id,
  };
}

test('the city of the test has rows that some see and others do not', () => {
  const regulator = house.askers.find((a) => a.name === 'district_regulator');
  const kinds = new Set([...rows.values()].map((r) => r.table));
  expect(kinds).toContain('registry.elevator');
  for (const table of ['registry.elevator', 'identity.person', 'identity.org', 'rescue.incident'])
    expect(pick(table, regulator as Asker)).toEqual({ own: expect.any(String), foreign: expect.any(String) });
});

test('every route with parameters says what they stand for', () => {
  expect(routes.filter((r) => hasParams(r) && !sampleOf(r)).map((r) => `${r.method} ${short(r)}`)).toEqual([]);
});

test('every table that a route is said to be about exists and carries an audience', async () => {
  const tables = await scopedTables(house.kernel.pool);
  const named = samples.flatMap(([, sample]) => ('table' in sample ? [sample.table] : []));
  expect(named.filter((table) => !tables.includes(table))).toEqual([]);
});

test('every route lets in whom it names and nobody else', async () => {
  const wrong: string[] = [];
  for (const route of routes) {
    // Public routes for signing in have their own journeys, and their tries are limited.
    if (route.access === 'public' && route.method !== 'GET') continue;
    for (const asker of house.askers) {
      if (admits(route, asker.viewer)) continue; // walked below, with rows
      const answer = await ask(asker, route);
      if (!isRefusedAtTheDoor(answer)) wrong.push(`${asker.name}: ${route.method} ${short(route)}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** What those who govern, inspect and rescue may do about insurance. No insurer is assigned by them (渝市监发〔2023〕70号 五(四)). */
const THEIR_ACTS = [
  '/insurance/admissions', // decide who may enter the market, by published criteria
  '/insurance/schemes', // the scheme's broker, chosen by tender
  '/insurance/subsidies',
  '/insurance/coverage',
  '/insurance/annex',
  '/insurance/evidence', // what they know of elevators and units
  '/insurance/claims', // the hotline reports an accident; the city mediates
];

test('officials, inspectors and the hotline place no insurance and move no money of it', () => {
  const others = [
    'city_regulator',
    'district_regulator',
    'street_office',
    'department',
    'inspector',
    'agent',
    'technician',
  ];
  const acts = routes.filter((r) => r.method !== 'GET' && r.access !== 'public' && short(r).startsWith('/insurance/'));
  const theirs = acts.filter((r) =>
    house.askers.some((a) => others.includes(a.viewer?.role ?? '') && admits(r, a.viewer)),
  );
  expect(theirs.length).toBeGreaterThan(5);
  expect(theirs.map(short).filter((url) => !THEIR_ACTS.some((act) => url.startsWith(act)))).toEqual([]);
});

/** Those whom a route lets in, and the same question of each. */
async function walk(
  which: (route: RouteLine) => boolean,
  visit: (route: RouteLine, asker: Asker) => Promise<string[]>,
): Promise<string[]> {
  const wrong = new Set<string>();
  for (const route of routes.filter(which)) {
    for (const asker of house.askers.filter((a) => admits(route, a.viewer)))
      for (const what of await visit(route, asker)) wrong.add(`${asker.name}: ${route.method} ${short(route)} ${what}`);
  }
  return [...wrong];
}

/** Rows that an answer names and its reader may not know of. The audit is the auditor's, with every id in it. */
const leaks = (route: RouteLine, asker: Asker, answer: LightMyRequestResponse | undefined): string[] =>
  !answer || (asker.name === 'auditor' && short(route) === '/audit')
    ? []
    : leaksIn(answer.body, asker.viewer, rows).map((row) => `names a foreign ${row.table}`);

describe('what is foreign stays foreign', () => {
  test('no list, count, map, export or page names a row that its reader may not know of', async () => {
    let read = 0;
    const isList = (route: RouteLine) => route.method === 'GET' && !tableOf(route) && !isStream(route.url);
    const wrong = await walk(isList, async (route, asker) => {
      const answer = await ask(asker, route);
      read += (answer.body.match(/[0-9a-f]{8}-[0-9a-f]{4}-/g) ?? []).length;
      const unusable = answer.statusCode === 400 || answer.statusCode >= 500 ? [`answered ${answer.statusCode}`] : [];
      return [...unusable, ...leaks(route, asker, answer)];
    });
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(1_000); // the walk did read something
  });

  test('a foreign row is not found by its id, and what is found names no foreign one', async () => {
    const found = new Set<string>();
    const isOne = (route: RouteLine) => route.method === 'GET' && tableOf(route) !== undefined;
    const wrong = await walk(isOne, async (route, asker) => {
      const { own, foreign } = pick(tableOf(route) ?? '', asker);
      const answer = foreign === undefined ? undefined : await ask(asker, route, foreign);
      const open = answer && answer.statusCode !== 404 && answer.statusCode !== 403 && !isEmptyAnswer(answer);
      const ownAnswer = own === undefined || isStream(route.url) ? undefined : await ask(asker, route, own);
      if (ownAnswer?.statusCode === 200) found.add(short(route));
      const answered = open ? [`answered ${answer.statusCode} to a foreign id`] : [];
      return [...answered, ...leaks(route, asker, answer), ...leaks(route, asker, ownAnswer)];
    });
    expect(wrong).toEqual([]);
    for (const one of ['/orgs/:id', '/people/:id', '/elevators/:id', '/rescue/incidents/:id'])
      expect([...found]).toContain(one);
  });

  test('no act on a foreign row succeeds, and none changes anything', async () => {
    const before = await digests();
    const isAct = (route: RouteLine) => route.method !== 'GET' && tableOf(route) !== undefined;
    const wrong = await walk(isAct, async (route, asker) => {
      const { foreign } = pick(tableOf(route) ?? '', asker);
      const answer = foreign === undefined ? undefined : await ask(asker, route, foreign);
      if (!answer || [403, 404].includes(answer.statusCode)) return [];
      return [
        answer.statusCode === 400 ? `needs a body in samples.ts: ${answer.body}` : `answered ${answer.statusCode}`,
      ];
    });
    expect(wrong).toEqual([]);
    expect(await digests()).toEqual(before);
  });
});

/** An answer that says nothing: an empty list or object. */
const isEmptyAnswer = (answer: LightMyRequestResponse): boolean =>
  answer.statusCode === 204 || /^(\[\]|\{\}|\{"items":\[\][^[]*\})$/.test(answer.body);

/** The content of every scoped table, in one number each. */
async function digests(): Promise<Record<string, string>> {
  const tables = [...new Set([...rows.values()].map((r) => r.table))];
  const all: Record<string, string> = {};
  for (const table of tables) {
    const { rows: found } = await house.kernel.pool.query<{ digest: string }>(
      `select md5(coalesce(string_agg(t::text, '' order by id), '')) as digest from ${table} t`,
    );
    all[table] = found[0]?.digest ?? '';
  }
  return all;
}

const asker = (name: string) => {
  const found = house.askers.find((a) => a.name === name);
  invariant(found, `the demo has a ${name}`);
  return found;
};

/** Listen as somebody until a subject is heard; answers with everything heard so far. */
async function listenUntil(
  address: string,
  who: { name: string; subject: string },
  begin: () => Promise<void>,
): Promise<string> {
  const end = new AbortController();
  const { headers } = asker(who.name);
  const answer = await fetch(`${address}/api/v1/stream`, { headers, signal: end.signal });
  const reader = answer.body?.getReader();
  invariant(reader, 'a stream has a body');
  await begin();
  let heard = '';
  while (!heard.includes(who.subject)) {
    const { value, done } = await reader.read();
    if (done) break;
    heard += Buffer.from(value).toString('utf8');
  }
  end.abort();
  return heard;
}

describe('streams', () => {
  let address: string;
  beforeAll(async () => {
    address = await house.site.listen({ port: 0, host: '127.0.0.1' });
    const stop = await house.app.run();
    return async () => {
      await house.site.close();
      await stop();
    };
  });

  test('a stream tells each reader of what he may see, and is silent about the rest', async () => {
    const { viewer } = asker('district_regulator');
    const [district] = viewer?.scope.areas ?? [];
    invariant(district, 'the regulator has a district');
    const say = (subject: string, areaCodes: string[]) =>
      house.kernel.db.transaction().execute((tx) =>
        publish(tx, [
          {
            id: newId(),
            type: 'test.happened',
            v: 1,
            occurredAt: new Date(),
            subject,
            version: 1,
            audience: { areaCodes, orgIds: [] },
            data: { secret: 'never in a stream' },
          },
        ]),
      );
    const both = async () => {
      await say('subject-foreign', ['999999']);
      await say('subject-own', [district]);
    };
    const regulator = await listenUntil(address, { name: 'district_regulator', subject: 'subject-own' }, both);
    expect(regulator).not.toContain('subject-foreign');
    expect(regulator).not.toContain('never in a stream');
    const desk = await listenUntil(address, { name: 'agent', subject: 'subject-own' }, both);
    expect(desk).toContain('subject-foreign'); // the desk sees the city
    const auditor = await listenUntil(address, { name: 'auditor', subject: 'retry' }, both);
    expect(auditor).not.toMatch(/subject-/);
  });

  test('nobody listens without signing in', async () => {
    expect((await fetch(`${address}/api/v1/stream`)).status).toBe(401);
  });
});
