import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDb } from '../test/db.ts';
import type { Db } from './db.ts';
import { deliverDue } from './deliver.ts';
import {
  attach,
  attachmentsOf,
  type FileStore,
  findAttachment,
  giveTo,
  openFileStore,
  rememberFile,
  sweepFiles,
} from './files.ts';
import { type AccountId, newId, type OrgId } from './ids.ts';
import { checkKeys, keysForTest } from './keys.ts';
import { type Adapter, markRead, notify, readNotices, send } from './notify.ts';
import { EVERYTHING, type Scope, scopedOn, type Viewer } from './scope.ts';
import { secretData } from './secret-data.ts';

let db: Db<unknown>;
let store: FileStore;
const secret = secretData(keysForTest(), 'sm4');
const now = new Date('2026-11-21T00:00:00Z');
const orgA = newId() as OrgId;

beforeAll(async () => {
  ({ db } = await testDb());
  store = openFileStore(mkdtempSync(join(tmpdir(), 'tian-files-')));
});

const viewer = (role: string, scope: Scope): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId: null,
  role,
  displayName: '',
  scope,
  grants: [],
});
const inScope = <T>(who: Viewer, work: Parameters<ReturnType<typeof scopedOn>>[1]): Promise<T> =>
  scopedOn(db)(who, work) as Promise<T>;

describe('keys and database belong together', () => {
  test('a new database takes note of its key; another key, or none, stops the start', async () => {
    expect((await checkKeys(db, keysForTest('one'))).ok).toBe(true);
    expect((await checkKeys(db, keysForTest('one'))).ok).toBe(true);
    expect(await checkKeys(db, keysForTest('two'))).toMatchObject({
      ok: false,
      refusal: { code: 'kernel.key_wrong', id: 'k1' },
    });
    expect(await checkKeys(db, { ...keysForTest('one'), ids: ['k9'] })).toMatchObject({
      refusal: { code: 'kernel.key_missing', id: 'k1' },
    });
  });
});

describe('files', () => {
  const jpeg = (text: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(text)]);
  const put = (bytes: Buffer, limit?: Parameters<FileStore['put']>[1]) => store.put(Readable.from([bytes]), limit);
  const hashes = async () => {
    const all: string[] = [];
    for await (const hash of store.all()) all.push(hash);
    return all;
  };
  const read = async (hash: Parameters<FileStore['read']>[0]) => Buffer.concat(await store.read(hash).toArray());

  test('the same content is kept once, under its SHA-256, and comes back as it was', async () => {
    const [first, second] = [await put(jpeg('photo')), await put(jpeg('photo'))];
    expect(first).toEqual(second);
    if (!first.ok) throw new Error('stored');
    expect(first.value).toMatchObject({ mediaType: 'image/jpeg', sizeBytes: 8 });
    expect(await read(first.value.hash)).toEqual(jpeg('photo'));
    expect(await hashes()).toEqual([first.value.hash]);
  });

  test('too much, nothing, a page in disguise, and a kind that was not asked for are refused and leave nothing behind', async () => {
    expect(await put(jpeg('x'.repeat(2_000_000)), { bytes: 1_000_000 })).toMatchObject({
      refusal: { code: 'kernel.file_too_large', limit: '1 MB' },
    });
    expect(await put(Buffer.alloc(0))).toMatchObject({ refusal: { code: 'kernel.file_empty' } });
    expect(await put(Buffer.from('<html>'))).toMatchObject({ refusal: { code: 'kernel.file_kind' } });
    expect(await put(Buffer.from('words'), { kinds: ['image/jpeg'] })).toMatchObject({
      refusal: { code: 'kernel.file_kind' },
    });
    expect(await hashes()).toHaveLength(1);
  });

  test('an upload is its uploader’s alone until a record takes it; then it is seen with the record', async () => {
    const stored = await put(jpeg('site'));
    if (!stored.ok) throw new Error('stored');
    await rememberFile(db, stored.value);
    const [rescuer, other, org] = [
      viewer('rescuer', { all: false, areas: [], orgs: [] }),
      viewer('rescuer', { all: false, areas: [], orgs: [] }),
      viewer('use_unit_head', { all: false, areas: [], orgs: [orgA] }),
    ];
    const id = newId();
    const upload = {
      id,
      file: stored.value,
      name: '../现场.jpg',
      purpose: 'upload',
      subject: null,
      audience: { areaCodes: [], orgIds: [] },
    };
    await inScope(rescuer, (tx) => attach(tx, upload));
    expect(await inScope(rescuer, (tx) => findAttachment(tx, id))).toMatchObject({ name: '现场.jpg', sizeBytes: 7 });
    expect(await inScope(other, (tx) => findAttachment(tx, id))).toBeUndefined();
    const to = { subject: 'incident-1', purpose: 'rescue.photo', audience: { areaCodes: ['320205'], orgIds: [orgA] } };
    expect(await inScope(other, (tx) => giveTo(tx, [id], to))).toEqual([]);
    expect(await inScope(rescuer, (tx) => giveTo(tx, [id], to))).toEqual([id]);
    expect(await inScope(rescuer, (tx) => giveTo(tx, [id], { ...to, subject: 'incident-2' }))).toEqual([]); // given once
    expect(await inScope(org, (tx) => attachmentsOf(tx, ['incident-1']))).toMatchObject([
      { id, purpose: 'rescue.photo' },
    ]);
    expect(await inScope(other, (tx) => attachmentsOf(tx, ['incident-1']))).toEqual([]);
  });

  test('an upload that no record took goes after a week, and its bytes with it', async () => {
    const stored = await put(jpeg('mistake'));
    if (!stored.ok) throw new Error('stored');
    await rememberFile(db, stored.value);
    await inScope(viewer('rescuer', EVERYTHING), (tx) =>
      attach(tx, {
        id: newId(),
        file: stored.value,
        name: 'x',
        purpose: 'upload',
        subject: null,
        audience: { areaCodes: [], orgIds: [] },
      }),
    );
    const inAWeek = new Date(Date.now() + 8 * 86_400_000);
    await sweepFiles(db, store, inAWeek);
    expect(store.has(stored.value.hash)).toBe(false);
    expect(await attachmentsOf(db, ['incident-1'])).toHaveLength(1); // what a record holds stays
  });
});

describe('notices', () => {
  test('reach one account, or those in a role who see the audience, and are read by each for himself', async () => {
    const [head, colleague, stranger] = [
      viewer('use_unit_head', { all: false, areas: [], orgs: [orgA] }),
      viewer('use_unit_head', { all: false, areas: [], orgs: [orgA] }),
      viewer('use_unit_head', { all: false, areas: [], orgs: [] }),
    ];
    const about = { at: now, params: { count: 2 }, link: '/elevators' };
    await db.transaction().execute((tx) =>
      notify(tx, [
        {
          ...about,
          id: newId(),
          to: { roles: ['use_unit_head'], audience: { areaCodes: [], orgIds: [orgA] } },
          code: 'to.role',
        },
        { ...about, id: newId(), to: { accountId: head.accountId }, code: 'to.account' },
        {
          ...about,
          id: newId(),
          to: { roles: ['technician'], audience: { areaCodes: [], orgIds: [orgA] } },
          code: 'other.role',
        },
      ]),
    );
    const codes = async (who: Viewer) => {
      const { items, unread } = await inScope<Awaited<ReturnType<typeof readNotices>>>(who, (tx) =>
        readNotices(tx, { now, limit: 10 }),
      );
      return [items.map((n) => n.code).toSorted(), unread];
    };
    expect(await codes(head)).toEqual([['to.account', 'to.role'], 2]);
    expect(await codes(colleague)).toEqual([['to.role'], 1]);
    expect(await codes(stranger)).toEqual([[], 0]);
    await inScope(head, (tx) => markRead(tx, head.accountId, 'all'));
    expect(await codes(head)).toEqual([['to.account', 'to.role'], 0]);
    expect(await codes(colleague)).toEqual([['to.role'], 1]);
  });
});

describe('messages that leave the house', () => {
  const left: string[] = [];
  let down = false;
  const adapter: Adapter = async ({ to }) => {
    if (down) throw new Error('answered 503');
    left.push(to);
  };
  const pass = (at: Date) =>
    deliverDue({
      db,
      secret,
      log: pino({ level: 'silent' }),
      now: () => at,
      adapters: { sms: adapter, voice: adapter, mail: adapter, webhook: adapter },
    });
  const queue = (to: string, id = newId()) =>
    db
      .transaction()
      .execute((tx) =>
        send(tx, secret, [{ id, channel: 'sms', to, code: 'kernel.file_empty', params: {}, subject: null, at: now }]),
      );
  const states = async () =>
    (await sql<{ state: string }>`select state from kernel.delivery order by queued_at, id`.execute(db)).rows.map(
      (r) => r.state,
    );

  test('leave once, wait sealed, and never reach a phone of the demo', async () => {
    const id = newId();
    await queue('13800001111', id);
    await queue('13800001111', id);
    await queue('10000000007');
    const { rows } = await sql<{ recipient: string }>`select recipient from kernel.delivery`.execute(db);
    expect(rows.every((r) => r.recipient.startsWith('sm4.'))).toBe(true);
    await pass(now);
    expect(left).toEqual(['13800001111']);
    expect((await states()).toSorted()).toEqual(['sent', 'withheld']);
  });

  test('are tried again with growing pauses while the other side is away, and given up after eight tries', async () => {
    down = true;
    await queue('13800002222');
    let at = now;
    for (let i = 0; i < 8; i++) {
      expect(await pass(at)).toBe(1);
      expect(await pass(at)).toBe(0); // not yet due again
      at = new Date(at.getTime() + 600_000);
    }
    expect(await pass(at)).toBe(0);
    expect(await states()).toContain('failed');
    expect(left).toHaveLength(1);
  });
});
