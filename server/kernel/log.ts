import { type Logger, pino, stdSerializers } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger };

/** Names of fields that must not reach a log, wherever they stand up to three levels deep. */
const SECRET = [
  'phone',
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  '["set-cookie"]',
  'totp',
  'idNumber',
  'personName',
];
/** Where the hidden fields may stand in a log entry, as pino writes paths. */
export const hiddenPaths: readonly string[] = SECRET.flatMap((name) => {
  const dotted = name.startsWith('[') ? name : `.${name}`;
  return [name, `*${dotted}`, `*.*${dotted}`, `*.*.*${dotted}`];
});

/** A log of one JSON line per entry on standard output. Phones, passwords, tokens and cookies are left out. */
export const openLog = (part: string, level: LogLevel): Logger =>
  pino({
    name: part,
    level,
    redact: { paths: [...hiddenPaths], censor: '[hidden]' },
    serializers: { error: stdSerializers.err },
  });
