import { expect, test } from 'vitest';
import {
  type Act,
  cityTime,
  type Entry,
  fileIdsOf,
  followUpOf,
  forgettable,
  isSaid,
  letterOf,
  nextToSend,
  unsent,
  verdictOn,
  waitAfter,
} from './outbox.rules.ts';

const ME = 'me';
const release: Act = {
  do: 'release',
  people: 2,
  causeClass: '3',
  causeDetail: '301',
  method: '',
  remark: '',
  photos: [],
};
const photo: Act = { do: 'photo', picture: new Blob(['x']), name: '1.jpg' };

let made = 0;
const entry = (act: Act, over: Partial<Entry> = {}): Entry => {
  made += 1;
  const times = { happenedAt: '2026-11-20T10:00:00.000Z', sentAt: null };
  const of = { accountId: ME, incidentId: 'i', offerId: 'o' };
  return {
    key: `key-${made}`,
    seq: made,
    act,
    ...of,
    ...times,
    state: 'waiting',
    tries: 0,
    fileId: null,
    problem: null,
    ...over,
  };
};

/** Send everything with a server that answers as told; returns what went, in order. */
function drain(entries: readonly Entry[], refuse: (one: Entry) => boolean = () => false): string[] {
  const went: string[] = [];
  let now = entries;
  for (let one = nextToSend(now, ME); one; one = nextToSend(now, ME)) {
    const { key } = one;
    const state = refuse(one) ? ('held' as const) : ('sent' as const);
    if (state === 'sent') went.push(one.act.do);
    now = now.map((e) => (e.key === key ? { ...e, state } : e));
  }
  return went;
}

test('acts go in the order they were done, however the store lists them', () => {
  const acts = [
    entry({ do: 'accept' }),
    entry({ do: 'depart' }),
    entry({ do: 'arrive' }),
    entry(photo),
    entry(release),
  ];
  expect(drain(acts.toReversed())).toEqual(['accept', 'depart', 'arrive', 'photo', 'release']);
});

test('what the server says no to is kept, and what follows goes all the same', () => {
  const acts = [entry({ do: 'accept' }), entry({ do: 'arrive' }), entry(release)];
  expect(drain(acts, ({ act }) => act.do === 'accept')).toEqual(['arrive', 'release']);
});

test('a second tap on the same offer says nothing new; another offer, another act and further pictures do', () => {
  const acts = [entry({ do: 'accept' }, { state: 'sent' }), entry(photo)];
  expect(isSaid(acts, 'o', { do: 'accept' })).toBe(true);
  expect(isSaid(acts, 'another', { do: 'accept' })).toBe(false);
  expect(isSaid(acts, 'o', { do: 'depart' })).toBe(false);
  expect(isSaid(acts, 'o', photo)).toBe(false);
});

test('acts of somebody else who used this phone wait for his next session', () => {
  const acts = [entry({ do: 'accept' }, { accountId: 'other' }), entry({ do: 'depart' })];
  expect(nextToSend(acts, ME)?.act.do).toBe('depart');
  expect(unsent(acts, 'other').map(({ act }) => act.do)).toEqual(['accept']);
});

test('a picture that will not go lets the release pass, and follows it in a report of its own', () => {
  const stuck = entry(photo, { tries: 2 });
  const out = entry(release);
  expect(nextToSend([stuck, out], ME)).toBe(out);
  expect(followUpOf(stuck, 'file', [stuck, out])).toBeNull();
  const sent = { ...out, state: 'sent' as const };
  expect(nextToSend([stuck, sent], ME)).toBe(stuck);
  expect(followUpOf(stuck, 'file', [stuck, sent])?.body).toMatchObject({
    do: 'release',
    key: stuck.key,
    people: 2,
    causeClass: '',
    photos: ['file'],
  });
});

test('a report carries its key and the time it happened; a release names the pictures the server has', () => {
  const has = entry(photo, { state: 'sent', fileId: 'f1' });
  const elsewhere = entry(photo, { state: 'sent', fileId: 'f2', offerId: 'another' });
  const out = entry(release);
  expect(fileIdsOf([has, elsewhere], 'o')).toEqual(['f1']);
  expect(letterOf(out, [has, elsewhere, out])).toEqual({
    path: '/rescue/jobs/i/reports',
    body: { ...release, key: out.key, happenedAt: out.happenedAt, photos: ['f1'] },
  });
  expect(letterOf(has, [])).toBeNull();
});

test('silence and overload are tried again, a lost session waits, a no is held', () => {
  expect([0, 429, 500, 503].map(verdictOn)).toEqual(['again', 'again', 'again', 'again']);
  expect(verdictOn(401)).toBe('sign_in');
  expect([400, 403, 404, 409, 422].map(verdictOn)).toEqual(['held', 'held', 'held', 'held', 'held']);
});

test('the wait between tries grows and ends at a minute', () => {
  expect([1, 2, 3, 6, 50].map(waitAfter)).toEqual([2_000, 4_000, 8_000, 60_000, 60_000]);
});

test('an act is forgotten only when the server had it before the list was asked for that shows it', () => {
  const sentAt = '2026-11-20T10:00:05.000Z';
  const sent = { state: 'sent' as const, sentAt };
  const waiting = entry({ do: 'arrive' });
  const accept = entry({ do: 'accept' }, sent);
  expect(forgettable([accept, waiting], new Date('2026-11-20T10:00:04Z'))).toEqual([]);
  expect(forgettable([accept, waiting], new Date('2026-11-20T10:00:06Z'))).toEqual([accept]);
});

test('a picture is kept until its release has gone, and the release until its pictures have', () => {
  const later = new Date('2026-11-20T11:00:00Z');
  const sent = { state: 'sent' as const, sentAt: '2026-11-20T10:00:05.000Z' };
  const has = entry(photo, { ...sent, fileId: 'f1' });
  const stuck = entry(photo);
  const out = entry(release, sent);
  expect(forgettable([has], later)).toEqual([]);
  expect(forgettable([has, stuck, out], later)).toEqual([has]);
  expect(forgettable([has, out], later)).toEqual([has, out]);
});

test('a clock that is wrong is set right by the server, and the way to the server and back is no wrong clock', () => {
  const phone = new Date('2026-11-20T12:50:00Z');
  expect(cityTime(phone, -600_000)).toEqual(new Date('2026-11-20T13:00:00Z'));
  expect(cityTime(phone, 600_000)).toEqual(new Date('2026-11-20T12:40:00Z'));
  expect(cityTime(phone, 4_999)).toEqual(phone);
  expect(cityTime(phone, -5_000)).toEqual(new Date('2026-11-20T12:50:05Z'));
});
