import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { MOST_MESSAGE_BYTES, readPart, readValue } from './ingest.ts';
import type { Unread } from './intake.ts';

export const MOST_MESSAGES = 10_000;
export const MOST_BODY_BYTES = 64 * 1024 * 1024;

/** Why a batch as a whole is not taken. */
export type EnvelopeRefusal =
  | { code: 'telemetry.batch_unreadable'; reason: string }
  | { code: 'telemetry.batch_too_large'; limit: string };

const unzip = promisify(gunzip);
const tooLarge = (limit: string) => refuse<EnvelopeRefusal>({ code: 'telemetry.batch_too_large', limit });
const unreadable = (reason: string) => refuse<EnvelopeRefusal>({ code: 'telemetry.batch_unreadable', reason });

/** Unpack a body. What would grow beyond the limit is stopped while it grows, not after. */
export async function unpack(body: Buffer, encoding: string | undefined): Promise<Result<Buffer, EnvelopeRefusal>> {
  if (encoding === undefined || encoding === 'identity') return accept(body);
  if (encoding !== 'gzip') return unreadable(`content-encoding ${encoding.slice(0, 40)}`);
  try {
    return accept(await unzip(body, { maxOutputLength: MOST_BODY_BYTES }));
  } catch (error) {
    // Not gzip, cut short, or a bomb: each is the sender's mistake.
    if (error instanceof RangeError) return tooLarge('64 MB');
    return unreadable('gzip');
  }
}

/**
 * Split a body into messages: a JSON array, or one JSON object a line. Lines are parsed while they are walked through, each
 * time anew: held until the commit, what they parse to would cost the collector as much again.
 */
export function split(body: Buffer, lines: boolean, nowMs: number): Result<Iterable<Unread>, EnvelopeRefusal> {
  return lines ? splitLines(body, nowMs) : splitArray(body, nowMs);
}

function splitArray(body: Buffer, nowMs: number): Result<Iterable<Unread>, EnvelopeRefusal> {
  let values: unknown;
  try {
    values = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return unreadable(error instanceof Error ? error.message.slice(0, 120) : '');
  }
  if (!Array.isArray(values)) return unreadable('not an array');
  if (values.length > MOST_MESSAGES) return tooLarge(`${MOST_MESSAGES}`);
  return accept(values.map((value: unknown) => ({ read: readValue(value, nowMs), raw: () => rawOf(value) })));
}

/** The message as JSON again; unlike its bytes on the way in, but the same content. */
const rawOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value).slice(0, MOST_MESSAGE_BYTES));

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

function splitLines(body: Buffer, nowMs: number): Result<Iterable<Unread>, EnvelopeRefusal> {
  const lines = linesIn(body);
  for (let messages = 0; !lines.next().done; messages += 1)
    if (messages === MOST_MESSAGES) return tooLarge(`${MOST_MESSAGES}`);
  return accept({ [Symbol.iterator]: () => readLines(body, nowMs) });
}

function* readLines(body: Buffer, nowMs: number): Generator<Unread> {
  for (const line of linesIn(body))
    yield { read: readPart(body, line, nowMs), raw: () => body.subarray(line.from, line.to) };
}

/** Where each line begins and ends; empty ones are passed over. */
function* linesIn(body: Buffer): Generator<{ from: number; to: number }> {
  for (let from = 0; from < body.length; ) {
    const found = body.indexOf(NEWLINE, from);
    const to = found < 0 ? body.length : found;
    if (to > from && !(to === from + 1 && body[from] === CARRIAGE_RETURN)) yield { from, to };
    from = to + 1;
  }
}
