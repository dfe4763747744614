import type { DeskReport, JobReport } from '../../../contract/rescue-acts.ts';
import type { WorkReport } from '../../../contract/telemetry-work.ts';
import type { Problem } from '../../problem.ts';

/** The cause as the unit under contract finds it afterwards. */
type CauseReport = Extract<DeskReport, { do: 'cause' }>;

type Bare<Report> = Report extends unknown ? Omit<Report, 'key' | 'happenedAt'> : never;

/** What a crew says of 维保作业 at a car. `shown`: what stands on the phone until the server has said the address. */
type WorkSaid =
  | { do: 'work_begin'; scanned: string; shown: string; minutes: number; reason: string }
  | { do: 'work_end' };

/** What a rescuer says of a job; the key and the time stand on the entry. */
type Said = Bare<JobReport | CauseReport>;

/** A picture waits like a report, and the release that names it waits for it. */
export type Act = Said | WorkSaid | { do: 'photo'; picture: Blob; name: string };

/** One act in the phone's queue. It leaves the queue only after the server has it. */
export type Entry = {
  key: string; // the server's key against doubling
  seq: number; // order of the acts on this phone
  accountId: string; // whose act it is: sent in his session only
  incidentId: string; // empty for work
  offerId: string; // of work: its own id
  act: Act;
  happenedAt: string; // the phone's clock, set right by the server's when it was last heard
  state: 'waiting' | 'held' | 'sent'; // held: the server said no; kept, shown, sent again when asked
  tries: number;
  sentAt: string | null;
  fileId: string | null; // of a picture the server has
  problem: Problem | null; // of the last try
};

/** Less than this may as well be the way to the server and back. */
const CLOCK_NOISE_MS = 5_000;

/** What time it is in the city, from a phone whose clock is so far ahead: ten minutes wrong would be ten minutes of somebody's rescue. */
export const cityTime = (phone: Date, aheadMs: number): Date =>
  Math.abs(aheadMs) < CLOCK_NOISE_MS ? phone : new Date(phone.getTime() - aheadMs);

/** A picture may hold back the reports behind it for this many failed tries. */
const PATIENCE_TRIES = 2;

const isReport = (entry: Entry): boolean => entry.act.do !== 'photo';
const isWaiting = (entry: Entry): boolean => entry.state === 'waiting';
const inOrder = (entries: readonly Entry[]): Entry[] => [...entries].sort((a, b) => a.seq - b.seq);

/** What is to be sent next for this account: in order, but a picture that will not go lets the reports pass. */
export function nextToSend(entries: readonly Entry[], accountId: string): Entry | undefined {
  const waiting = inOrder(entries).filter((entry) => isWaiting(entry) && entry.accountId === accountId);
  return waiting.find((entry) => isReport(entry) || entry.tries < PATIENCE_TRIES) ?? waiting[0];
}

/** Said already? A second tap, or a second tab, says the same of the same offer. Pictures may be many. */
export const isSaid = (entries: readonly Entry[], offerId: string, act: Act): boolean =>
  act.do !== 'photo' && entries.some((entry) => entry.offerId === offerId && entry.act.do === act.do);

/** Not yet with the server. */
export const unsent = (entries: readonly Entry[], accountId: string): Entry[] =>
  inOrder(entries).filter((entry) => entry.state !== 'sent' && entry.accountId === accountId);

/** What an answer means for the entry. Silence and overload: again later; no session: after signing in; no: held. */
export function verdictOn(status: number): 'again' | 'sign_in' | 'held' {
  if (status === 401) return 'sign_in';
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500 ? 'again' : 'held';
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** How long to leave the server alone after that many failures in a row. */
export const waitAfter = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));

/** The pictures of a job that a release can name, because the server has them. */
export const fileIdsOf = (entries: readonly Entry[], offerId: string): string[] =>
  inOrder(entries).flatMap(({ act, offerId: of, fileId }) =>
    act.do === 'photo' && of === offerId && fileId ? [fileId] : [],
  );

/** Which door a report goes through, and what is said there. */
export type Letter = { path: string; body: JobReport | CauseReport | WorkReport };

const WORK_DOOR = '/telemetry/work-reports';

/** The report as the API takes it; null for a picture, which goes another way. */
export function letterOf(entry: Entry, entries: readonly Entry[]): Letter | null {
  const { act, key, happenedAt, incidentId } = entry;
  if (act.do === 'photo') return null;
  if (act.do === 'work_begin') {
    const { scanned, minutes, reason } = act;
    const body = { do: 'begin' as const, key: entry.offerId, scanned, minutes, reason, happenedAt };
    return { path: WORK_DOOR, body };
  }
  if (act.do === 'work_end') return { path: WORK_DOOR, body: { do: 'end', key, work: entry.offerId, happenedAt } };
  if (act.do === 'cause') return { path: `/rescue/incidents/${incidentId}/reports`, body: { ...act, key } };
  const photos = fileIdsOf(entries, entry.offerId);
  const body = act.do === 'release' ? { ...act, key, happenedAt, photos } : { ...act, key, happenedAt };
  return { path: `/rescue/jobs/${incidentId}/reports`, body };
}

/** A picture that came after its release follows in a report of its own, under the picture's key. Null: none is needed. */
export function followUpOf(picture: Entry, fileId: string, entries: readonly Entry[]): Letter | null {
  const release = entries.find(
    ({ offerId, act, state }) => offerId === picture.offerId && act.do === 'release' && state === 'sent',
  );
  if (!release || release.act.do !== 'release') return null;
  const { people } = release.act;
  const { key } = picture;
  const blank = { causeClass: '', causeDetail: '', method: '', remark: '' };
  const body = { do: 'release' as const, key, happenedAt: release.happenedAt, people, ...blank, photos: [fileId] };
  return { path: `/rescue/jobs/${picture.incidentId}/reports`, body };
}

const DAY_MS = 86_400_000;

/**
 * Entries that may be forgotten: the server had them before `seenAt`, when the list of jobs was asked for that shows
 * what they did. A picture stays until the release that names it has gone, at most a week; a release stays while a
 * picture of it waits.
 */
export function forgettable(entries: readonly Entry[], seenAt: Date): Entry[] {
  const pictures = entries.filter(({ act }) => act.do === 'photo');
  const owing = new Set(pictures.filter(({ state }) => state !== 'sent').map(({ offerId }) => offerId));
  const released = new Set(
    entries.filter(({ act, state }) => act.do === 'release' && state === 'sent').map(({ offerId }) => offerId),
  );
  return entries.filter(({ act, state, sentAt, offerId }) => {
    if (state !== 'sent' || !sentAt || Date.parse(sentAt) >= seenAt.getTime()) return false;
    if (act.do === 'release') return !owing.has(offerId);
    return act.do !== 'photo' || released.has(offerId) || seenAt.getTime() - Date.parse(sentAt) > 7 * DAY_MS;
  });
}
