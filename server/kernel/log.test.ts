import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { hiddenPaths } from './log.ts';

test('phones, passwords, tokens and cookies do not reach the log at any depth we use', () => {
  const lines: string[] = [];
  const to = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const log = pino({ redact: { paths: [...hiddenPaths], censor: '[hidden]' } }, to);
  log.info({ phone: '10000000001', caller: { phone: '10000000002' } });
  log.info({
    req: { headers: { authorization: 'Bearer abc', cookie: 'tian_session=def' } },
    body: { password: 'ghi' },
  });
  log.info({ token: 'jkl', res: { headers: { 'set-cookie': 'mno' } } });
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toMatch(/1000000000|abc|def|ghi|jkl|mno/);
});
