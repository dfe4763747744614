import { derivedId, type FindingId } from '../../kernel/ids.ts';
import { conditionOf, isHushed, isQuiet, type Quiet } from './conditions.rules.ts';
import { entrapmentKind, fuseEntrapment } from './entrapment.rules.ts';
import type { Closing, Evidence, Finding, FindingKind, Slot } from './finding.rules.ts';
import { type Fused, fuse } from './fuse.rules.ts';
import { isDue } from './hold.rules.ts';
import type { NoticeCode } from './message.ts';
import type { EvidenceKind } from './pack.ts';
import { type ActiveNotice, type Hold, type OpenFinding, type Origin, openIn } from './state.rules.ts';
import { type Run, remember } from './step.rules.ts';

/** Everything that speaks for one slot now. */
type Case = { slot: Slot; hold: Hold | undefined; notice: ActiveNotice | undefined };

/** Open what is complete, strengthen what is open and got more evidence. */
export function openFindings(run: Run, quiet: Quiet): void {
  const { holds, notices } = run.draft;
  if (holds.length === 0 && notices.length === 0) return;
  const due = holds.filter((h) => isDue(run, h));
  if (due.length === 0 && notices.length === 0) return;
  const slots = new Set([...due.map((h) => h.slot), ...notices.map((n) => n.slot)]);
  if (slots.has('button_alarm')) slots.add('entrapment');
  for (const slot of slots) {
    if (isQuiet(slot, quiet) && !openIn(run.draft, slot)) continue;
    const found = { slot, hold: due.find((h) => h.slot === slot), notice: notices.find((n) => n.slot === slot) };
    if (slot === 'entrapment') weighEntrapment(run, found, due);
    else open(run, found, fuse(witnesses(found), run.context.thresholds.confidence.weights));
  }
}

function weighEntrapment(run: Run, found: Case, due: readonly Hold[]): void {
  const { draft, context } = run;
  const noMains = draft.notices.some((n) => n.slot === 'power_cut') || due.some((h) => h.slot === 'power_cut');
  const outsideZone = due.some((h) => h.slot === 'stopped_outside_door_zone');
  const fused = fuseEntrapment(draft, { pattern: found.hold !== undefined, outsideZone, noMains }, context);
  const button = draft.notices.find((n) => n.slot === 'button_alarm');
  if (fused.confidence >= context.thresholds.confidence.open) {
    open(run, { ...found, notice: found.notice ?? button }, fused);
  }
}

function witnesses({ slot, hold, notice }: Case) {
  if (slot === 'button_alarm') return [{ kind: 'button' as const }];
  return [
    ...(hold ? [{ kind: 'status_pattern' as const }] : []),
    ...(notice ? [{ kind: 'vendor_alarm' as const }] : []),
  ];
}

function open(run: Run, found: Case, fused: Fused): void {
  const { draft } = run;
  const known = openIn(draft, found.slot);
  if (known && !adds(known, found, fused)) return;
  const origin: Origin | undefined = found.hold ?? found.notice;
  if (!origin) return;
  const next = known ? strengthened(run, known, { found, fused }) : opened(run, { found, origin, fused });
  draft.open = known ? draft.open.map((o) => (o === known ? next : o)) : [...draft.open, next];
  run.changes.push({ change: known ? 'strengthened' : 'opened', finding: shown(run, next) });
}

const evidenceKind = (slot: Slot, kind: EvidenceKind): Evidence['kind'] =>
  kind === 'status_pattern' ? (conditionOf(slot)?.evidence ?? kind) : kind;

/** Does this say anything that was not said before? */
const adds = (known: OpenFinding, { slot }: Case, { confidence, kinds }: Fused): boolean =>
  confidence > known.confidence || kinds.some((k) => !known.evidence.some((e) => e.kind === evidenceKind(slot, k)));

function strengthened(run: Run, known: OpenFinding, { found, fused }: { found: Case; fused: Fused }): OpenFinding {
  const fresh = evidenceOf(run, found, fused).filter((e) => !known.evidence.some((k) => k.kind === e.kind));
  const confidence = Math.max(known.confidence, fused.confidence);
  return { ...known, confidence, evidence: [...known.evidence, ...fresh] };
}

function opened(run: Run, { found, origin, fused }: { found: Case; origin: Origin; fused: Fused }): OpenFinding {
  const { slot, hold, notice } = found;
  const { elevatorNo } = run.context.facts;
  const pending = run.draft.holds.find((h) => h.slot === slot);
  const began = Math.min(hold?.since ?? notice?.at ?? run.now, pending?.since ?? run.now);
  return {
    slot,
    id: derivedId(elevatorNo, slot, origin.source, origin.boot, origin.mark) as FindingId,
    kind: slot === 'entrapment' ? entrapmentKind(run.draft) : kindOfSlot(slot),
    beganAt: began,
    openedAt: run.now,
    confidence: fused.confidence,
    evidence: evidenceOf(run, found, fused),
  };
}

/** What each kind of evidence rests on, strongest first. */
function evidenceOf({ draft, now }: Run, { slot, hold, notice }: Case, { kinds }: Fused): readonly Evidence[] {
  const condition = conditionOf(slot);
  return kinds.map((kind): Evidence => {
    const told = draft.notices.find((n) => n.slot === TOLD_AS[kind]) ?? (kind === 'vendor_alarm' ? notice : undefined);
    if (told) return { kind, at: told.at, sourceNo: told.source, detail: `telemetry.code.${told.code}` };
    const reason = condition?.reason(draft) ?? 'telemetry.reason.reported';
    return {
      kind: evidenceKind(slot, kind),
      at: hold?.since ?? now,
      sourceNo: hold?.source ?? draft.source,
      detail: SUPPORT[kind] ?? reason,
    };
  });
}

const TOLD_AS: Partial<Record<Evidence['kind'], Slot>> = { button: 'button_alarm' };
const SUPPORT: Partial<Record<Evidence['kind'], string>> = {
  stopped_outside_zone: 'telemetry.reason.stands_between_floors',
  power_cut: 'telemetry.reason.no_mains',
};

function shown({ draft, context }: Pick<Run, 'draft' | 'context'>, found: OpenFinding): Finding {
  return {
    id: found.id,
    elevatorNo: context.facts.elevatorNo,
    kind: found.kind,
    detail: detailOf(found.slot),
    confidence: found.confidence,
    reasons: found.evidence.map((e) => e.detail),
    evidence: found.evidence,
    beganAt: found.beganAt,
    openedAt: found.openedAt,
    occupied: draft.people,
    moving: draft.moving,
  };
}

const kindOfSlot = (slot: Exclude<Slot, 'entrapment'>): FindingKind => {
  if (slot.startsWith('vendor_fault:')) return 'vendor_fault';
  return slot.startsWith('escalator_fault:') ? 'escalator_fault' : (slot as FindingKind);
};

const detailOf = (slot: Slot): NoticeCode | null =>
  slot.includes(':') ? (slot.slice(slot.indexOf(':') + 1) as NoticeCode) : null;

/** Close what nothing speaks for any more. `before`: holds as they were, to say when it really ended. */
export function closeFindings(run: Run, quiet: Quiet, ended: Ended): void {
  const { draft, now } = run;
  for (const finding of draft.open) {
    const { slot } = finding;
    if (slot === 'offline') continue;
    if (draft.holds.some((h) => h.slot === slot) || draft.notices.some((n) => speaksFor(n, slot))) continue;
    const silenced = isHushed(draft, slot, quiet);
    const broken = ended.holds.find((h) => h.slot === slot && h.goneAt !== 0);
    const why: Closing = silenced ? 'silenced' : broken ? 'ended' : ended.overruled.has(slot) ? 'overruled' : 'cleared';
    close(run, finding, { why, closedAt: silenced ? now : (broken?.goneAt ?? ended.overruled.get(slot) ?? now) });
  }
}

/** A button pressed in a car whose passengers are trapped speaks for that too. */
const speaksFor = (notice: ActiveNotice, slot: Slot): boolean =>
  notice.slot === slot || (slot === 'entrapment' && notice.slot === 'button_alarm');

export type Ended = { holds: readonly Hold[]; overruled: ReadonlyMap<Slot, number> };

export function close(
  run: Run,
  { slot, id, kind, beganAt }: OpenFinding,
  end: { why: Closing; closedAt: number },
): void {
  run.draft.open = run.draft.open.filter((o) => o.id !== id);
  remember(run.draft, slot, end.closedAt);
  run.changes.push({ change: 'closed', id, kind, beganAt, ...end });
}

/** Nothing was heard for too long: `at` is when the limit was passed, on our clock. */
export function openOffline(run: Pick<Run, 'draft' | 'changes' | 'context'>, at: number): void {
  const { draft, context } = run;
  const { source, boot, seq } = draft;
  const shut = draft.moving === false && draft.closed === true && draft.people === true;
  const detail = shut ? 'telemetry.reason.silent_while_occupied' : 'telemetry.reason.silent';
  const finding: OpenFinding = {
    slot: 'offline',
    id: derivedId(context.facts.elevatorNo, 'offline', source, boot, seq ?? draft.at) as FindingId,
    kind: 'offline',
    beganAt: draft.heardAt,
    openedAt: at,
    confidence: 1,
    evidence: [{ kind: 'silence', at, sourceNo: null, detail }],
  };
  draft.open = [...draft.open, finding];
  run.changes.push({ change: 'opened', finding: shown(run, finding) });
}
