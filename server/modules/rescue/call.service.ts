import type { Db, Tx } from '../../kernel/db.ts';
import type { ElevatorId, IncidentId, OrgId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { type Audience, actAs } from '../../kernel/scope.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import type { CallRow } from './call.tables.ts';
import type { CommandDeps, RescueDeps } from './deps.ts';
import type { CallUnplaced } from './events.ts';
import { NOTHING_KNOWN, needsWith, type SaidNeeds } from './incident.rules.ts';
import { takeSign } from './intake.service.ts';
import type { RescueTables } from './tables.ts';

export const CALLER = 'rescue.call.caller';

/** A report by a person, however it came. */
export type Told = {
  channel: CallRow['channel'];
  kind: CallRow['kind'];
  key: string; // made by the sender: a repeat does nothing
  elevatorId: ElevatorId | null;
  connectedAt: Date | null;
  caller: string;
  callBackWanted: boolean;
  /** He agreed to get the claim code on this phone. Left out: nobody asked him. */
  claimText?: boolean;
  recordingRef: string | null;
  routedTo: string;
  partnerRef: string | null;
  said: string;
  needs: SaidNeeds;
  actor: string;
  /** Who sees it while nobody knows which elevator is meant: the desk that took it. Left out: every district. */
  audience?: Audience;
};

export type CallTaken = { callId: string; incidentId: IncidentId | null; number: string | null; joined: boolean };

const SIGN_OF = {
  phone: 'phone_call',
  qr: 'qr_scan',
  button: 'button',
  partner: 'partner',
  exchange: 'exchange',
} as const;

/**
 * Take a person's report in. Calls that are no entrapments are kept, routed and counted. An entrapment opens an incident or
 * joins the open one. A report is never refused: without an elevator it is kept, and the desk finds out which one it is.
 */
export const takeCall = (deps: CallDeps, told: Told): Promise<CallTaken> =>
  deps.db.transaction().execute((tx) => takeCallIn(tx, deps, told));

export type CallDeps = CommandDeps & Pick<RescueDeps, 'secret' | 'areaNames'>;

/** The same inside a transaction that is open already. */
export async function takeCallIn(tx: Tx<RescueTables>, deps: CallDeps, told: Told): Promise<CallTaken> {
  await actAs(tx, told.actor);
  const known = await knownCall(tx, told.key);
  if (known) return known;
  const callId = deps.newId();
  const sign = told.kind === 'entrapment' && told.elevatorId ? await signOf(tx, deps, { told, callId }) : null;
  await insertCall(tx, deps, { told, callId, incidentId: sign?.id ?? null, joined: sign?.joined ?? false });
  if (told.kind === 'entrapment' && !sign) await tellUnplaced(tx, deps, { told, callId });
  return { callId, incidentId: sign?.id ?? null, number: sign?.number ?? null, joined: sign?.joined ?? false };
}

/** The desk hears at once: somebody is trapped, and nobody is sent before the elevator is known. */
async function tellUnplaced(tx: Tx<RescueTables>, deps: CallDeps, { told, callId }: { told: Told; callId: string }) {
  const event: CallUnplaced = { type: 'rescue.call_unplaced', v: 1, data: { callId, channel: told.channel } };
  const audience = audienceOf(deps, told);
  await publish(tx, [{ id: deps.newId(), occurredAt: deps.now(), subject: callId, version: 0, audience, ...event }]);
}

const audienceOf = ({ areaNames }: CallDeps, { audience }: Told): Audience =>
  audience ?? { areaCodes: [...areaNames.keys()], orgIds: [] };

async function knownCall(db: Db<RescueTables>, key: string): Promise<CallTaken | undefined> {
  const row = await db
    .selectFrom('rescue.call as c')
    .leftJoin('rescue.incident as i', 'i.id', 'c.incident_id')
    .select(['c.id', 'c.incident_id', 'c.joined', 'i.number'])
    .where('c.report_key', '=', key)
    .executeTakeFirst();
  return row && { callId: row.id, incidentId: row.incident_id, number: row.number, joined: row.joined };
}

/** What a call says of one elevator, as a sign that people are trapped in it. */
type Saying = Pick<Told, 'channel' | 'elevatorId' | 'connectedAt' | 'needs' | 'actor'>;

/** The sign that a call is, taken in: it opens an incident or joins the open one. Null: no such elevator. */
export function signOf(tx: Tx<RescueTables>, deps: CallDeps, { told, callId }: { told: Saying; callId: string }) {
  const { evidence } = deps.settings;
  const shares = {
    phone: evidence.phoneShare,
    qr: evidence.qrShare,
    button: evidence.buttonShare,
    partner: evidence.partnerShare,
    exchange: evidence.partnerShare,
  };
  const now = deps.now();
  const { elevatorId } = told;
  if (!elevatorId) return null;
  return takeSign(tx, deps, {
    elevatorId,
    kind: SIGN_OF[told.channel],
    sourceRef: callId,
    at: told.connectedAt ?? now,
    // Somebody says so himself: that is sure enough to send help at once.
    confidence: Math.max(
      shares[told.channel],
      told.channel === 'button' ? 0 : deps.settings.dispatch.offerAtOnceConfidence,
    ),
    reasons: [`rescue.evidence.${SIGN_OF[told.channel]}`],
    detail: {},
    needs: told.needs,
    byPerson: true,
    stoppedAt: null,
    reportedAt: told.connectedAt ?? now,
    actor: told.actor,
  });
}

type Keeping = { told: Told; callId: string; incidentId: IncidentId | null; joined: boolean };

async function insertCall(
  tx: Tx<RescueTables>,
  deps: CallDeps,
  { told, callId, incidentId, joined }: Keeping,
): Promise<void> {
  const now = deps.now();
  const today = dayOf(now);
  const { secret } = deps;
  const { retention } = deps.settings;
  const card = told.elevatorId ? await audienceOfElevator(tx, told.elevatorId) : undefined;
  const { areaCodes, orgIds } = audienceOf(deps, told);
  await tx
    .insertInto('rescue.call')
    .values({
      id: callId,
      at: now,
      connected_at: told.connectedAt,
      channel: told.channel,
      kind: told.kind,
      routed_to: told.routedTo,
      elevator_id: card ? told.elevatorId : null,
      incident_id: incidentId,
      joined,
      caller: told.caller ? secret.seal(CALLER, told.caller) : null,
      caller_key: told.caller ? secret.lookup(CALLER, told.caller) : null,
      caller_until: told.caller ? addDays(today, retention.callerDays) : null,
      call_back: told.callBackWanted ? 'wanted' : '',
      claim_text: told.claimText ?? false,
      recording_ref: told.recordingRef,
      recording_until: told.recordingRef ? addDays(today, retention.recordingDays) : null,
      said: told.said,
      needs: JSON.stringify(needsWith(NOTHING_KNOWN, told.needs)),
      report_key: told.key,
      partner_ref: told.partnerRef,
      actor: told.actor,
      area_codes: card?.area_codes ?? [...areaCodes],
      org_ids: card?.org_ids ?? orgIds.map((id) => id as OrgId),
    })
    .execute();
}

const audienceOfElevator = (tx: Tx<RescueTables>, id: ElevatorId) =>
  tx.selectFrom('registry.elevator_card').select(['area_codes', 'org_ids']).where('id', '=', id).executeTakeFirst();

/** The elevator a code means: six digits on the plate, or the registration code. Null: none, or more than one. */
export async function elevatorByCode(db: Db<RescueTables>, code: string): Promise<ElevatorId | null> {
  const text = code.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const rows = await db
    .selectFrom('registry.elevator_card')
    .select('id')
    .where((e) => e.or([e('rescue_code', '=', text), e('registration_code', '=', text)]))
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** Callers' numbers and recordings whose time is over are forgotten. Run every night. */
export async function forgetCallers(deps: RescueDeps): Promise<number> {
  const today = dayOf(deps.now());
  const gone = await deps.db
    .updateTable('rescue.call')
    .set({ caller: null, caller_key: null, caller_until: null })
    .where('caller_until', '<', today)
    .executeTakeFirst();
  await deps.db
    .updateTable('rescue.call')
    .set({ recording_ref: null, recording_until: null })
    .where('recording_until', '<', today)
    .execute();
  return Number(gone.numUpdatedRows);
}
