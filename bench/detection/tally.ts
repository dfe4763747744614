import { FINDING_KINDS } from '../../contract/telemetry-vocabulary.ts';
import type { Truth } from '../../server/simulate/city.ts';
import type { Vendor } from '../../server/simulate/vendor.ts';
import type { Days, Found, Kind } from '../detection.ts';

type Count = { truths: number; recalled: number; findings: number; right: number; delaysSeconds: number[] };
export type Tally = {
  add: (days: Days) => void;
  counts: ReadonlyMap<string, Count>;
  messages: () => number;
  wrong: readonly (Found & { vendor: number })[];
  missed: readonly (Truth & { vendor: number })[];
};

const BEFORE_MS = 90_000; // clocks of boxes are only known to some seconds, and a sender may lag
const AFTER_MS = 300_000;

/** So short that the city's own limit may or may not call it a stop: found or not, it is no mistake. */
const isBorderline = ({ kind, beganAt, endedAt }: Truth): boolean =>
  kind === 'stopped_outside_door_zone' && endedAt - beganAt < 75_000;

const kindsOf = (kind: Kind): string =>
  kind === 'entrapment_levelled' || kind === 'entrapment_not_levelled' ? 'entrapment' : kind;

/** Hold findings against the truth: the same elevator, the same kind, at overlapping times. */
export function newTally(): Tally {
  const counts = new Map<string, Count>();
  const wrong: (Found & { vendor: number })[] = [];
  const missed: (Truth & { vendor: number })[] = [];
  let messages = 0;
  const countOf = (kind: string): Count => {
    const known = counts.get(kind) ?? { truths: 0, recalled: 0, findings: 0, right: 0, delaysSeconds: [] };
    counts.set(kind, known);
    return known;
  };
  const add = (days: Days) => {
    messages += days.messages;
    for (const key of new Set([...days.truths, ...days.found].map((x) => kindsOf(x.kind)))) {
      const truths = days.truths.filter((t) => kindsOf(t.kind) === key);
      const found = days.found.filter((f) => kindsOf(f.kind) === key);
      const count = countOf(key);
      const used = new Set<Truth>();
      for (const finding of found) {
        const truth = truths.find((t) => !used.has(t) && overlaps(finding, t));
        if (!truth) {
          wrong.push({ ...finding, vendor: days.vendor });
          continue;
        }
        used.add(truth);
        count.delaysSeconds.push((finding.openedAt - truth.beganAt) / 1000);
      }
      const lost = truths.filter((t) => !used.has(t) && !isBorderline(t));
      missed.push(...lost.map((t) => ({ ...t, vendor: days.vendor })));
      count.truths += used.size + lost.length;
      count.recalled += used.size;
      count.findings += found.length;
      count.right += used.size;
    }
  };
  return { add, counts, messages: () => messages, wrong, missed };
}

const overlaps = (finding: Found, { beganAt, endedAt }: Truth): boolean =>
  finding.openedAt >= beganAt - BEFORE_MS && finding.beganAt <= endedAt + AFTER_MS;

type About = { elevators: number; days: number; seed: number; vendors: readonly Vendor[] };

export function printTally(tally: Tally, { elevators, days, seed, vendors }: About): void {
  console.log(
    `${elevators} elevators, ${days} days, seed ${seed}: ${tally.messages()} messages of ${vendors.length} vendors, four of them with bad habits`,
  );
  console.log('kind                         truths  recall  findings  precision  wrong/1000 elevator-days  delay p50');
  for (const kind of ['entrapment', ...FINDING_KINDS]) {
    const count = tally.counts.get(kind);
    if (count) console.log(line(kind, count, elevators * days));
  }
  const trapped = tally.counts.get('entrapment');
  if (!trapped) return;
  const [recall, precision] = [trapped.recalled / trapped.truths, trapped.right / trapped.findings];
  const kept = recall >= 0.99 && precision >= 0.95;
  console.log(
    `entrapment: recall ${recall.toFixed(4)} (asked 0.99), precision ${precision.toFixed(4)} (asked 0.95): ${kept ? 'kept' : 'NOT KEPT'}`,
  );
}

function line(kind: string, count: Count, elevatorDays: number): string {
  const { truths, recalled, findings, right, delaysSeconds } = count;
  const wrong = ((findings - right) / elevatorDays) * 1000;
  const p50 = [...delaysSeconds].sort((a, b) => a - b)[Math.floor(delaysSeconds.length / 2)];
  return [
    kind.padEnd(28),
    String(truths).padStart(6),
    share(recalled, truths).padStart(7),
    String(findings).padStart(9),
    share(right, findings).padStart(10),
    wrong.toFixed(2).padStart(25),
    p50 === undefined ? '–'.padStart(10) : `${p50.toFixed(0)} s`.padStart(10),
  ].join(' ');
}

const share = (part: number, of: number): string => (of === 0 ? '–' : (part / of).toFixed(4));
