import { accept, type Result, refuse } from '../../kernel/result.ts';
import { needsSecondFactor, type Role, sessionLimits } from './roles.rules.ts';

/** How far a session has come. Only an open one may do anything but finish signing in. */
export type Stage = 'second_factor' | 'enrolment' | 'new_password' | 'open';

/** What sign-in says no with. None of them tells whether the account exists. */
export type SignInRefusal =
  | { code: 'identity.sign_in_refused' }
  | { code: 'identity.wait'; seconds: number }
  | { code: 'identity.code_refused' }
  | { code: 'identity.no_sign_in' };

/** Free tries of a name before waiting begins, the first wait, and the longest. */
const FREE_TRIES = 4;
const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 900;
/** One address may serve a whole office, so it gets more tries before it waits. */
const FREE_TRIES_OF_ADDRESS = 30;

/** Failures in a row (of a name), or within the last quarter of an hour (of an address). */
export type Failures = { count: number; lastAt: Date | null };

/** Seconds to wait before the next try: none at first, then doubling from 15 s to 15 min after each further failure. */
export function waitSeconds({ count, lastAt }: Failures, freeTries: number, now: Date): number {
  if (!lastAt || count < freeTries) return 0;
  const whole = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(count - freeTries, 10));
  return Math.max(0, Math.ceil(whole - (now.getTime() - lastAt.getTime()) / 1000));
}

/** May there be another try now? The same answer for names that exist and names that do not. */
export function mayTry(of: { name: Failures; address: Failures }, now: Date): Result<null, SignInRefusal> {
  const seconds = Math.max(waitSeconds(of.name, FREE_TRIES, now), waitSeconds(of.address, FREE_TRIES_OF_ADDRESS, now));
  return seconds > 0 ? refuse({ code: 'identity.wait', seconds }) : accept(null);
}

/** The first thing that still stands between a right password and an open session. */
export function nextStage(of: { role: Role; hasTotp: boolean; provedTotp: boolean; mustChange: boolean }): Stage {
  if (of.hasTotp && !of.provedTotp) return 'second_factor';
  if (of.mustChange) return 'new_password';
  if (!of.hasTotp && needsSecondFactor(of.role)) return 'enrolment';
  return 'open';
}

/** A sign-in that is not finished is not kept waiting longer than this. */
const UNFINISHED_SECONDS = 900;

/** When a session begun now ends at the latest. */
export const endsAt = (role: Role, stage: Stage, now: Date): Date =>
  new Date(now.getTime() + (stage === 'open' ? sessionLimits(role).longestSeconds : UNFINISHED_SECONDS) * 1000);

/** Does a session still hold: not ended, not past its end, not left alone for too long? */
export function isAlive(
  session: { role: Role; stage: Stage; lastSeenAt: Date; endsAt: Date; endedAt: Date | null },
  now: Date,
): boolean {
  if (session.endedAt || now >= session.endsAt) return false;
  const idleSeconds = (now.getTime() - session.lastSeenAt.getTime()) / 1000;
  return session.stage !== 'open' || idleSeconds <= sessionLimits(session.role).idleSeconds;
}

/** A name for signing in: letters, digits, Chinese, and . _ - @ between them. Compared without width and case. */
export const usernameKey = (username: string): string => username.normalize('NFKC').trim().toLowerCase();
export const isUsername = (username: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N}._@-]{2,63}$/u.test(username.normalize('NFKC').trim());
