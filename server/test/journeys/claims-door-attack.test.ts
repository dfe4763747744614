import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClaimHouse, openClaimHouse } from './claims.fixtures.ts';

let house: ClaimHouse;
const released = new Date('2026-11-22T04:00:00Z');

beforeAll(async () => {
  house = await openClaimHouse();
});

const codeList = z.array(z.object({ code: z.string(), claimId: z.string() }).loose());

/** People were let out of a covered elevator: their claim and their codes. */
async function letOut() {
  house.setNow(new Date('2026-11-20T02:00:00Z'));
  const elevator = await house.covered();
  house.setNow(new Date(released.getTime() + 5_000));
  const incident = await house.release(elevator, {});
  await house.passRelay();
  const codes = codeList.parse((await house.ask('GET', `/claim-codes/${incident}`, { as: 'use_unit' })).body['items']);
  const token = async (n: number) =>
    z
      .string()
      .parse((await house.ask('POST', '/claimant/session', { payload: { code: codes[n]?.code } })).body['token']);
  return { id: codes[0]?.claimId ?? '', codes, token };
}

let sends = 0;

/** A file sent to a door as a browser would, under any name and any claim about what it is. */
function send(url: string, bytes: Buffer, { name = 'photo.jpg', type = 'image/jpeg', as = '' } = {}) {
  const mark = 'mark1234';
  const head = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return house.site.inject({
    method: 'POST',
    url: `/api/v1/insurance${url}`,
    remoteAddress: `10.7.0.${(sends += 1)}`, // each from another phone
    headers: { 'content-type': `multipart/form-data; boundary=${mark}`, 'x-as': as },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)]),
  });
}
const jpeg = (rest = '') => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`\0\x10JFIF\0${rest}`)]);
const papersOf = async (id: string) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from insurance.claim_paper where claim_id = ${id}`.execute(
      house.db,
    )
  ).rows[0]?.n;

test('guessing codes from one address: the door says slow down after ten, and a right code says no more than any', async () => {
  const { codes } = await letOut();
  const guess = (code: string) =>
    house.site.inject({
      method: 'POST',
      url: '/api/v1/insurance/claimant/session',
      payload: { code },
      remoteAddress: '10.99.0.1',
    });
  const answers: number[] = [];
  for (let i = 0; i < 14; i += 1) answers.push((await guess(`2222-3333-44${i + 22}`)).statusCode);
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429, 429, 429]);
  expect((await guess(codes[0]?.code ?? '')).statusCode).toBe(429); // also a right one, from there
  const unlike = await Promise.all(
    ['AAAA-BBBB-CCCC', '%%%%%%%%%%%%', "' or 1=1 --", 'x'.repeat(41), '１２３４５６'].map((code) =>
      house.ask('POST', '/claimant/session', { payload: { code } }),
    ),
  );
  expect(unlike.map((a) => a.status)).toEqual([404, 404, 404, 400, 404]);
});

test('a token opens one head of one claim for two hours, and is not made by hand', async () => {
  const { token } = await letOut();
  const own = await token(0);
  const look = (t: string) => house.ask('GET', `/claimant/${encodeURIComponent(t)}`);
  expect((await look(own)).status).toBe(200);
  const middle = Math.floor(own.length / 2);
  const bent = `${own.slice(0, middle)}${own[middle] === 'A' ? 'B' : 'A'}${own.slice(middle + 1)}`;
  for (const strange of [bent, own.slice(1), 'aes.x', '../../claims', 'A'.repeat(100)])
    expect((await look(strange)).status, strange).toBe(404);
  house.setNow(new Date(released.getTime() + 5_000 + 7_201_000));
  expect((await look(own)).status).toBe(404);
});

test('pages, drawings, archives and bombs are no papers, whatever they are called', async () => {
  const { id, token } = await letOut();
  const door = `/claimant/${await token(0)}/papers`;
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), bomb]);
  const bad: readonly Buffer[] = [
    Buffer.from('<!doctype html><script>alert(1)</script>'),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Buffer.from('\ufeff  <html>'),
    Buffer.from('just words'),
    Buffer.from('MZ\x90\0'),
    bomb,
    zip,
    Buffer.from('GIF89a<script>'),
  ];
  for (const bytes of bad) {
    const answer = await send(door, bytes);
    expect(answer.statusCode, bytes.subarray(0, 12).toString('latin1')).toBe(415);
    expect(answer.json()).toMatchObject({ code: 'insurance.paper_kind' });
  }
  expect((await send(door, Buffer.alloc(0))).statusCode).toBe(400);
  expect((await send(door, Buffer.concat([jpeg(), Buffer.alloc(8_000_001)]))).statusCode).toBe(413);
  expect(await papersOf(id)).toBe(0);
});

test('a picture that is a page as well is kept as a picture: it is never shown as a page, and under no name with a way', async () => {
  const { id, token } = await letOut();
  const door = `/claimant/${await token(0)}/papers`;
  const bytes = jpeg('<script>alert(document.cookie)</script>');
  const kept = await send(door, bytes, { name: '../../etc/passwd.html', type: 'text/html' });
  expect(kept.statusCode).toBe(201);
  expect((await send(door, bytes)).json()).toEqual(kept.json()); // the same bytes are one paper
  const read = (as: string) =>
    house.site.inject({
      url: `/api/v1/insurance/claims/${id}/papers/${kept.json<{ id: string }>().id}`,
      headers: { 'x-as': as },
    });
  const opened = await read('handler');
  expect(opened.statusCode).toBe(200);
  expect(opened.headers['content-type']).toBe('image/jpeg');
  expect(opened.headers['x-content-type-options']).toBe('nosniff');
  expect(String(opened.headers['content-disposition'])).not.toMatch(/\.\.|\//);
  // Nobody but the lead insurer's own people: not the rival, not the use unit that sees the claim, not the broker.
  expect((await read('other_handler')).statusCode).toBe(404);
  expect((await read('use_unit')).statusCode).toBe(403);
  expect((await read('broker')).statusCode).toBe(403);
  const rival = await letOut();
  const elsewhere = `/claims/${rival.id}/papers/${kept.json<{ id: string }>().id}`;
  expect((await house.ask('GET', elsewhere, { as: 'handler' })).status).toBe(404); // one claim's paper under another's address
});

test('one claimant cannot fill the file so that nobody else finds room in it', async () => {
  const { id, token } = await letOut();
  const door = `/claimant/${await token(0)}/papers`;
  const sent: number[] = [];
  for (let n = 0; n < 45; n += 1) sent.push((await send(door, jpeg(`picture ${n}`))).statusCode);
  expect(sent).toEqual([...Array.from({ length: 30 }, () => 201), ...Array.from({ length: 15 }, () => 409)]);
  house.setNow(new Date(released.getTime() + 70_000));
  const desk = await send(`/claims/${id}/papers`, jpeg('the desk’s own'), { as: 'handler' });
  expect(desk.statusCode).toBe(201);
});

test('two people fill one head at once: one is taken, the other is told, and a person takes no second head', async () => {
  const { token } = await letOut();
  const [first, second] = [await token(0), await token(1)];
  const person = (n: number) => ({
    name: `示例人${n}`,
    idNumber: ['11010519491231002X', '110101199001010015'][n],
    phone: `1000000000${n}`,
    account: { bank: '示例银行', number: `62220000000000${n}0`, holder: `示例人${n}` },
  });
  const fill = (at: string, n: number) => house.ask('POST', `/claimant/${at}/person`, { payload: person(n) });
  const both = await Promise.all([fill(first, 0), fill(first, 1)]);
  expect(both.map((a) => a.status).sort((a, b) => a - b)).toEqual([200, 409]);
  const taken = both[0]?.status === 200 ? 0 : 1;
  const again = await Promise.all([fill(second, taken), fill(second, taken)]);
  expect(again.map((a) => a.body['code'])).toEqual(['insurance.draft_used_before', 'insurance.draft_used_before']);
});
