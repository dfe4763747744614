import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, judgeUrl, MOST_TRIES, retrySeconds } from './webhook.rules.ts';

test('only HTTPS is called, and this machine by HTTP where the system stands on it alone', () => {
  expect(judgeUrl('https://example.cn/hook?x=1', false).ok).toBe(true);
  expect(judgeUrl('http://127.0.0.1:9000/hook', true).ok).toBe(true);
  for (const text of [
    'http://127.0.0.1:9000/hook',
    'http://example.cn/',
    'ftp://example.cn/',
    'https://a:b@example.cn/',
    'x',
    'https://localhost:5432/',
    'https://a.localhost/',
    'https://0x7f.1/',
    'https://127.1.2.3/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest',
    'https://[::ffff:169.254.169.254]/',
    'https://[fe80::1]/',
  ])
    expect(judgeUrl(text, false)).toEqual({ ok: false, refusal: { code: 'identity.webhook_url' } });
  expect(judgeUrl('http://example.cn/', true).ok).toBe(false);
  expect(judgeUrl('https://169.254.169.254/', true).ok).toBe(false);
  expect(judgeUrl('https://10.20.30.40/hook', false).ok).toBe(true); // an office's own network
});

test('tries grow apart, and end within a working day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MOST_TRIES }), (n) => {
      expect(retrySeconds(n + 1)).toBeGreaterThanOrEqual(retrySeconds(n));
    }),
  );
  const whole = Array.from({ length: MOST_TRIES }, (_, i) => retrySeconds(i + 1)).reduce((a, b) => a + b, 0);
  expect(whole / 3_600).toBeGreaterThan(3);
  expect(whole / 3_600).toBeLessThan(8);
});

test('a call carries ids and versions, and nothing else of what happened', () => {
  const told = {
    eventId: 'e',
    type: 'rescue.incident_opened',
    v: 1,
    subject: 's',
    version: 3,
    occurredAt: new Date(0),
  };
  expect(JSON.parse(bodyOf(told))).toEqual({
    id: 'e',
    type: 'rescue.incident_opened',
    v: 1,
    occurredAt: '1970-01-01T00:00:00.000Z',
    subject: 's',
    version: 3,
  });
});
