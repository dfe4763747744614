import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gatewayVoice } from './voice.ts';

const log = pino({ level: 'silent' });
const call = { talkId: 't1', elevatorId: 'e1', rescueCode: '320901', incidentId: 'i1' };
const heard: unknown[] = [];
let answer = 200;
let url = '';
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  heard.length = 0;
  answer = 200;
  server = createServer((request, reply) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      heard.push(JSON.parse(body));
      reply.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/talks`;
});
afterEach(() => void server.close());

test('the exchange is asked to connect the car by the six digits of its plate, and told when the talk is over', async () => {
  const voice = gatewayVoice(url, log);
  expect(await voice.start(call)).toEqual({ ok: true, reason: 'rescue.talk_connected' });
  await voice.end('t1');
  const about = { elevatorId: 'e1', incidentId: 'i1' };
  expect(heard).toEqual([
    { channel: 'talk', id: 't1', code: 'rescue.talk_start', to: '320901', ...about },
    { channel: 'talk', id: 't1', code: 'rescue.talk_end' },
  ]);
});

test('an exchange that refuses or is away sends the desk to its own telephone, and a talk still ends', async () => {
  const voice = gatewayVoice(url, log);
  answer = 503;
  expect(await voice.start(call)).toEqual({ ok: false, reason: 'rescue.talk_not_connected' });
  await voice.end('t1');
  const away = gatewayVoice('http://127.0.0.1:1/talks', log);
  expect(await away.start(call)).toEqual({ ok: false, reason: 'rescue.talk_not_connected' });
  await away.end('t1');
});
