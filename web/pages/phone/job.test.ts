import { expect, test } from 'vitest';
import { answerSeconds, codeIn, inOrder, needCodes, ownUnit, plateIn, stepOf } from './job.rules.ts';
import { navigationUrl } from './navigation.ts';
import type { Entry } from './outbox.rules.ts';
import { draftIn, emptyDraft } from './release.rules.ts';
import type { Job } from './store.ts';

const needs = { people: null, infants: null, elders: true, patients: null, injuries: true, water: false, fire: null };
const job = (over: Partial<Job>): Job => ({
  incidentId: 'i',
  number: '320205-1',
  offerId: 'o',
  state: 'offered',
  place: 1,
  offeredAt: '2026-11-20T10:00:00.000Z',
  answerBy: '2026-11-20T10:02:00.000Z',
  address: '示例路 1 号 1 幢 1 单元',
  unit: '1 单元',
  rescueCode: '320001',
  needs,
  phase: 'offered',
  drill: false,
  etaSeconds: 300,
  reasons: [],
  lng: 120.3,
  lat: 31.5,
  people: null,
  ...over,
});
const said = (act: Entry['act'], over: Partial<Entry> = {}): Entry => ({
  key: act.do,
  seq: 1,
  accountId: 'me',
  incidentId: 'i',
  offerId: 'o',
  act,
  happenedAt: '2026-11-20T10:01:00.000Z',
  state: 'waiting',
  tries: 0,
  sentAt: null,
  fileId: null,
  problem: null,
  ...over,
});

test('what the phone could not tell yet counts: the next act is the next act', () => {
  expect(stepOf(job({}), [])).toBe('answer');
  expect(stepOf(job({}), [said({ do: 'accept' })])).toBe('depart');
  expect(stepOf(job({}), [said({ do: 'depart' }), said({ do: 'accept' })])).toBe('travel');
  expect(stepOf(job({}), [said({ do: 'accept' }, { offerId: 'another' })])).toBe('answer');
});

test('nobody goes back: an older act in the queue does not undo what the server knows', () => {
  expect(stepOf(job({ state: 'arrived', phase: 'on_site' }), [said({ do: 'accept' })])).toBe('rescue');
});

test('an answer that the server did not take leaves the step where the server has it', () => {
  expect(stepOf(job({}), [said({ do: 'accept' }, { state: 'held' })])).toBe('answer');
});

test('accepting counts after the time was up, and after a refusal too', () => {
  expect(stepOf(job({ state: 'expired' }), [])).toBe('lost');
  expect(stepOf(job({ state: 'expired' }), [said({ do: 'accept' })])).toBe('depart');
  const refused = said({ do: 'refuse', reason: '太远' });
  expect(stepOf(job({}), [refused])).toBe('refused');
  expect(stepOf(job({}), [refused, said({ do: 'accept' }, { seq: 2 })])).toBe('depart');
  expect(stepOf(job({ state: 'refused' }), [said({ do: 'accept' }, { seq: 2 })])).toBe('depart');
});

test('a desk that ended the incident is told apart from people who are out', () => {
  expect(stepOf(job({ state: 'departed', phase: 'dismissed' }), [])).toBe('ended');
  expect(stepOf(job({ state: 'arrived', phase: 'released' }), [])).toBe('done');
  expect(stepOf(job({ state: 'arrived', phase: 'closed' }), [])).toBe('done');
});

test('offers come first, then what is under way, then the plan, then what is over', () => {
  const jobs = [
    job({ offerId: 'over', state: 'refused' }),
    job({ offerId: 'plan', state: 'planned' }),
    job({ offerId: 'way', state: 'departed', phase: 'under_way' }),
    job({ offerId: 'new' }),
  ];
  expect(inOrder(jobs, []).map((line) => line.job.offerId)).toEqual(['new', 'way', 'plan', 'over']);
});

test('the answer clock runs by the server, and goes on below zero', () => {
  expect(answerSeconds(job({}), new Date('2026-11-20T10:01:30Z'))).toBe(30);
  expect(answerSeconds(job({}), new Date('2026-11-20T10:02:05Z'))).toBe(-5);
  expect(answerSeconds(job({ answerBy: null }), new Date())).toBeNull();
});

test('dangers are named before the rest, and what is not known is not named', () => {
  expect(needCodes(job({}))).toEqual(['injuries', 'elders']);
});

test('six digits are read out of what was scanned, longer numbers are not cut', () => {
  expect(codeIn('救援识别码 320001')).toBe('320001');
  expect(codeIn('https://example.test/320001')).toBe('320001');
  expect(codeIn('31203202052020010001')).toBeNull();
  expect(codeIn('32000')).toBeNull();
});

test('the unit is said once', () => {
  expect(ownUnit(job({}))).toBe('');
  expect(ownUnit(job({ unit: '西梯' }))).toBe('西梯');
});

test('the map application gets its own coordinates, some hundred metres from ours', () => {
  const url = new URL(navigationUrl({ lng: 120.3, lat: 31.5, name: '示例路,1 号' }));
  const [lng = '', lat = '', ...name] = (url.searchParams.get('to') ?? '').split(',');
  expect(Number(lng) - 120.3).toBeGreaterThan(0.003);
  expect(Number(lng) - 120.3).toBeLessThan(0.006);
  expect(Math.abs(Number(lat) - 31.5)).toBeGreaterThan(0.001);
  expect(name).toEqual(['示例路 1 号']);
});

test('a form out of the store is taken as it was, and nothing else is', () => {
  const draft = { ...emptyDraft({ people: 3, injuries: null }), remark: '二层' };
  expect(draftIn(structuredClone(draft))).toEqual(draft);
  expect(draftIn({ people: 3 })).toBeNull();
  expect(draftIn(undefined)).toBeNull();
});

test('the camera tells an identity code from six digits, also where the code happens to hold six', () => {
  const token = 'abc123456-_xyzABC0123456789abcdefghi';
  expect(token).toHaveLength(36);
  expect(plateIn(`https://example.cn/~/q/${token}`)).toBe(token);
  expect(plateIn('320001')).toBeNull();
  expect(plateIn(`https://example.cn/~/q/${token}x`)).toBeNull();
});

test('the release form begins with the injury that is known, and says nothing where nothing is', () => {
  expect(emptyDraft({ people: null, injuries: true })).toMatchObject({ people: 1, injuries: true });
  expect(emptyDraft({ people: 2, injuries: null })).toMatchObject({ people: 2, injuries: null });
  expect(draftIn({ ...emptyDraft({ people: 2, injuries: null }), injuries: 'no' })).toBeNull();
});
