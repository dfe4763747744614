import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { pino } from 'pino';
import { z } from 'zod';
import { type Db, openDb } from '../../kernel/db.ts';
import { type ElevatorId, newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { publish } from '../../kernel/outbox.ts';
import { pass as relay } from '../../kernel/relay.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { statutoryClocks } from '../../modules/insurance/claim/claim.deps.ts';
import { claimModuleOn } from '../../modules/insurance/claim/claim.module.ts';
import { openInsuranceHouse } from '../../modules/insurance/insurance.fixtures.ts';
import { namedIn, testSite } from '../site.ts';

/** The insurance house with its claims answering over HTTP, people of two insurers signed in, and cover from tomorrow on. */
export type ClaimHouse = Awaited<ReturnType<typeof openClaimHouse>>;

const log = pino({ level: 'silent' });

export async function openClaimHouse(now = new Date('2026-11-20T02:00:00Z')) {
  const house = await openInsuranceHouse(now);
  const secret = secretData(keysForTest(), 'aes');
  const deps = {
    ...house.deps,
    secret,
    calendar: { holidays: new Set<never>(), workdays: new Set<never>() },
    clocks: statutoryClocks(house.settings),
  };
  const module = { name: 'insurance', ...claimModuleOn(deps) };
  const viewers = peopleOf(house);
  const site = await testSite({
    log,
    authenticate: namedIn(viewers),
    routes: [module.routes],
    pages: [module.pages],
  });
  const whole: Db<unknown> = openDb(house.pool);
  const passRelay = async () => {
    for (let n = 0; n < 3; n += 1)
      await relay({ db: whole, pool: house.pool, log, modules: [module], heard: () => undefined });
  };
  const covered = async (): Promise<ElevatorId> => {
    const elevator = await house.elevator();
    const code = String(Math.floor(100_000 + Math.random() * 899_999));
    await sql`update registry.elevator set rescue_code = ${code}, address = '示例路 1 号' where id = ${elevator}`.execute(
      house.db,
    );
    await house.issued({ elevators: [elevator], from: addDays(dayOf(house.deps.now()), 1) });
    return elevator;
  };
  return { ...house, deps, module, site, viewers, passRelay, covered, ask: askOn(site), release: releaseOn(whole) };
}

function peopleOf({ viewer, insurer, other, useUnit, broker }: Awaited<ReturnType<typeof openInsuranceHouse>>) {
  const people = new Map<string, Viewer>();
  for (const role of ['underwriter', 'handler', 'approver', 'surveyor', 'cashier']) {
    people.set(role, viewer(insurer, role));
    people.set(`other_${role}`, viewer(other, role));
  }
  people.set('cashier2', viewer(insurer, 'cashier'));
  people.set('handler2', viewer(insurer, 'handler'));
  people.set('approver2', viewer(insurer, 'approver'));
  people.set('use_unit', viewer(useUnit, 'use_unit_head'));
  people.set('broker', viewer(broker, 'broker'));
  return people;
}

export type Answer = { status: number; body: Record<string, unknown> };
export type Asking = { as?: string; payload?: object; key?: string };

/** Every question comes from another address: the public door counts how often one knocks. */
let asked = 0;
export const askOn =
  (site: FastifyInstance) =>
  async (method: 'GET' | 'POST', url: string, { as, payload, key }: Asking = {}): Promise<Answer> => {
    const answer = await site.inject({
      method,
      url: `/api/v1/insurance${url}`,
      remoteAddress: `10.1.${Math.floor((asked += 1) / 250)}.${asked % 250}`,
      ...(payload ? { payload } : {}),
      headers: { 'x-as': as ?? '', ...(key ? { 'idempotency-key': key } : {}) },
    });
    const body: unknown = answer.body && String(answer.headers['content-type']).includes('json') ? answer.json() : {};
    return { status: answer.statusCode, body: z.record(z.string(), z.unknown()).parse(body) };
  };

export type ReleaseOver = Partial<{
  reportedAt: string | null;
  awareAt: string;
  releasedAt: string;
  people: number | null;
  injuries: boolean | null;
  drill: boolean;
  releasedTrusted: boolean;
  incidentId: string;
}>;

/** What rescue tells when people are out. */
const releaseOn =
  (db: Db<unknown>) =>
  async (
    elevatorId: string,
    over: ReleaseOver,
    told: 'people_released' | 'release_corrected' = 'people_released',
  ): Promise<string> => {
    const incidentId = over.incidentId ?? newId();
    const at = over.releasedAt ?? '2026-11-22T04:00:00.000Z';
    const data = {
      incidentId,
      elevatorId,
      drill: false,
      stoppedAt: null,
      reportedAt: '2026-11-22T01:00:00.000Z',
      awareAt: '2026-11-22T01:00:05.000Z',
      arrivedAt: null,
      releasedAt: at,
      releasedTrusted: true,
      people: 2,
      injuries: false,
      ...over,
    };
    await db.transaction().execute((tx) =>
      publish(tx, [
        {
          id: newId(),
          type: `rescue.${told}`,
          v: 1,
          occurredAt: new Date(at),
          subject: incidentId,
          version: 1,
          audience: { areaCodes: [], orgIds: [] },
          data,
        },
      ]),
    );
    return incidentId;
  };

/** The claim house with an approver who may decide on any sum. */
export async function openDecidingHouse(): Promise<ClaimHouse> {
  const house = await openClaimHouse();
  const payload = { role: 'approver', amount: 600_000_000 };
  await house.ask('POST', '/claim-authorities', { as: 'underwriter', payload });
  return house;
}

type Order = { id: string; item?: string; partyId: string; amount: number; kind?: string; key?: string };

/** What the insurer's people do to a claim over HTTP. The house is opened later than its tests are written. */
export const claimActs = (house: () => ClaimHouse) => ({
  text: (value: unknown): string => z.string().parse(value),
  act: (id: string, as: string, what: object) =>
    house().ask('POST', `/claims/${id}/acts`, { as, payload: { act: what } }),
  file: async (id: string, as = 'handler') => (await house().ask('GET', `/claims/${id}`, { as })).body,
  /** A person who may be paid, taken down by the handler. */
  party: async (id: string, name: string): Promise<string> => {
    const payload = { kind: 'victim', name, account: { bank: '示例银行', number: '6222000000000012', holder: name } };
    const { body } = await house().ask('POST', `/claims/${id}/parties`, { as: 'handler', payload });
    return z.string().parse(body['partyId']);
  },
  order: ({ id, item = 'a', partyId, amount, kind = 'final', key = newId() }: Order) =>
    house().ask('POST', `/claims/${id}/payments`, { as: 'cashier', payload: { item, partyId, amount, kind }, key }),
  /** What the bank says of a payment at this instant, typed by hand with its proof. */
  word: (amount: number, more: object = {}) => ({
    at: house().deps.now().toISOString(),
    account: '****1234',
    bankRef: newId(),
    amount,
    byHand: true,
    proof: 'd'.repeat(64),
    ...more,
  }),
});
