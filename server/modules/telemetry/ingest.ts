import type { TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { SET_ASIDE_REASONS } from '../../../contract/telemetry-vocabulary.ts';
import { accept, type Result } from '../../kernel/result.ts';
import { type WireMessage, wireShapes } from './wire.ts';

export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];

/** A message that is not taken: the reason, what exactly, and the elevator's name as far as it could be read. */
export type SetAside = { reason: SetAsideReason; detail: string; elevator: string };

/** A message that is what was agreed, with its time as a number. */
export type Readable = { wire: WireMessage; atMs: number };

/** One message may be this long, on either door. */
export const MOST_MESSAGE_BYTES = 16_384;

const checks = new Map(Object.entries(wireShapes).map(([type, shape]) => [type, TypeCompiler.Compile<TSchema>(shape)]));

/** Read one message from its bytes. Nothing in it is believed before it was checked. */
export const readBytes = (bytes: Buffer, nowMs: number): Result<Readable, SetAside> =>
  readPart(bytes, { from: 0, to: bytes.length }, nowMs);

/** Read one message from its bytes among others. A view of each one's own would cost as much as parsing it. */
export function readPart(
  bytes: Buffer,
  { from, to }: { from: number; to: number },
  nowMs: number,
): Result<Readable, SetAside> {
  if (to - from > MOST_MESSAGE_BYTES) return setAside('too_large', `${to - from} > ${MOST_MESSAGE_BYTES}`);
  try {
    return readValue(JSON.parse(bytes.toString('utf8', from, to)), nowMs);
  } catch (error) {
    return setAside('not_json', error instanceof Error ? error.message : '');
  }
}

/** Read one message from parsed JSON. */
export function readValue(value: unknown, nowMs: number): Result<Readable, SetAside> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return setAside('not_object', typeof value);
  const type: unknown = 'type' in value ? value.type : undefined;
  const check = typeof type === 'string' ? checks.get(type) : undefined;
  if (!check) return setAside('unknown_type', printable(type), value);
  if (!check.Check(value)) {
    const first = check.Errors(value).First();
    return setAside('bad_field', `${first?.path ?? ''}: ${first?.message ?? ''}`, value);
  }
  const wire = value as WireMessage; // checked on the line above; the compiler's guard is lost in the map of shapes
  const bad = badText(wire);
  if (bad) return setAside('bad_text', bad, value);
  const atMs = instantOf(wire.at);
  if (atMs < EARLIEST_MS || !(atMs <= nowMs + MOST_AHEAD_MS)) return setAside('bad_time', `/at: ${wire.at}`, value);
  return accept({ wire, atMs });
}

const EARLIEST_MS = Date.UTC(2000, 0, 1);
const MOST_AHEAD_MS = 86_400_000; // a clock a day ahead is wrong, not skewed

/** ISO 8601 with a zone; anything else is no instant. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const instantOf = (text: string): number => (INSTANT.test(text) ? Date.parse(text) : Number.NaN);

/** Characters that no database text can hold: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /[\0\uD800-\uDFFF]/u;

function badText(wire: WireMessage): string | undefined {
  if (UNSTORABLE.test(wire.elevator.value)) return '/elevator/value';
  if (!('messageCode' in wire)) return undefined;
  if (UNSTORABLE.test(wire.messageCode)) return '/messageCode';
  return wire.messageId !== undefined && UNSTORABLE.test(wire.messageId) ? '/messageId' : undefined;
}

/** Say that a message is not taken. Text that came from outside is cut and made storable. */
export const setAside = (
  reason: SetAsideReason,
  detail: string,
  value?: unknown,
): { ok: false; refusal: SetAside } => ({
  ok: false,
  refusal: { reason, detail: storable(detail).slice(0, 300), elevator: elevatorNameIn(value) },
});

function elevatorNameIn(value: unknown): string {
  if (value === null || typeof value !== 'object' || !('elevator' in value)) return '';
  const { elevator } = value;
  if (elevator === null || typeof elevator !== 'object' || !('value' in elevator)) return '';
  const type = 'type' in elevator && typeof elevator.type === 'string' ? elevator.type : '';
  return typeof elevator.value === 'string' ? storable(`${type} ${elevator.value}`).slice(0, 100) : '';
}

const storable = (text: string): string => text.replaceAll(new RegExp(UNSTORABLE, 'gu'), '�');
const printable = (value: unknown): string => (typeof value === 'string' ? value : typeof value);
