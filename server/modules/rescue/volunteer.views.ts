import { sql } from 'kysely';
import type { z } from 'zod';
import type { volunteerForce, volunteerList } from '../../../contract/rescue-volunteers.ts';
import type { Tx } from '../../kernel/db.ts';
import { pageOf, readPlace } from '../../kernel/page.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { maskName, maskPhone } from '../../kernel/secret-data.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';
import { type ForceState, forceCan } from './volunteer.rules.ts';
import { type Force, openForce } from './volunteer.store.ts';

type Item = z.input<typeof volunteerForce>;
type Paper = Item['papers'][number] & { force_id: string };

/** Those that wait first, the oldest of them on top; then the others, the newest first. */
const TURN = sql`state <> 'waiting',
  ((extract(epoch from applied_at) * 1000) * case when state = 'waiting' then 1 else -1 end)::bigint`;

const turnOf = ({ state, applied_at }: Force): string =>
  state === 'waiting' ? `0~${applied_at.getTime()}` : `1~${-applied_at.getTime()}`;

/** Applications and forces as the viewer sees them: those that wait first, the oldest of them on top. */
export async function listVolunteers(
  deps: RescueDeps,
  viewer: Viewer,
  { state, after, limit }: { state?: ForceState | undefined; after?: string | undefined; limit: number },
): Promise<z.input<typeof volunteerList>> {
  const place = readPlace(after, (key) => /^[01]~-?\d{1,16}$/.test(key));
  return deps.scoped(viewer, async (tx) => {
    const rows = await tx
      .selectFrom('rescue.volunteer_force')
      .selectAll()
      .$if(state !== undefined, (q) => q.where('state', '=', state ?? 'waiting'))
      .$if(place !== null, (q) =>
        q.where(
          sql<boolean>`(${TURN}, id) > (${place?.key.startsWith('1')}, ${place?.key.slice(2)}::bigint, ${place?.id}::uuid)`,
        ),
      )
      .orderBy(sql`${TURN}`)
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    const papers = await papersOf(
      tx,
      rows.map((r) => r.id),
    );
    const { rows: counted } = await sql<{
      n: number;
    }>`select count(*)::int as n from rescue.volunteer_force where state = 'waiting'`.execute(tx);
    return {
      ...pageOf(rows, limit, {
        place: (row) => ({ key: turnOf(row), id: row.id }),
        item: (row) =>
          itemOf(
            deps,
            row,
            papers.filter((p) => p.force_id === row.id),
          ),
      }),
      waiting: counted[0]?.n ?? 0,
      validDays: deps.settings.volunteers.validDays,
    };
  });
}

async function papersOf(tx: Tx<RescueTables>, forces: readonly string[]): Promise<readonly Paper[]> {
  if (forces.length === 0) return [];
  return tx
    .selectFrom('rescue.volunteer_paper')
    .select(['id', 'force_id', 'media_type as mediaType', 'size_bytes as sizeBytes'])
    .where('force_id', 'in', forces)
    .orderBy('at')
    .execute();
}

function itemOf(deps: RescueDeps, row: Force, papers: readonly Paper[]): Item {
  const plain = openForce(deps.secret, row);
  const masked = (name: string) => (name === '' ? '' : maskName(name));
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    applicant: row.applicant,
    category: row.category,
    name: row.applicant === 'organisation' ? plain.name : masked(plain.name),
    contact: masked(plain.contact),
    phone: plain.phone === '' ? '' : maskPhone(plain.phone),
    members: plain.members.map((m) => ({ name: maskName(m.name), phone: maskPhone(m.phone) })),
    competence: row.competence,
    certificateKind: row.certificate_kind,
    certificateNumber: plain.certificateNumber === '' ? '' : maskPhone(plain.certificateNumber),
    certificateUntil: row.certificate_until,
    district: deps.areaNames.get(row.district_code) ?? row.district_code,
    address: row.address,
    lng: row.lng,
    lat: row.lat,
    weekdays: row.weekdays,
    fromTime: row.from_time,
    toTime: row.to_time,
    papers: papers.map(({ id, mediaType, sizeBytes }) => ({ id, mediaType, sizeBytes })),
    appliedAt: row.applied_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    validUntil: row.valid_until,
    can: forceCan(row.state),
  };
}

/** A force as its applicant sees it. */
export type OwnForce = {
  number: string;
  state: ForceState;
  appliedAt: Date;
  decidedAt: Date | null;
  reason: string;
  validUntil: string | null;
  papers: number;
  members: readonly { place: number; name: string; hasAccount: boolean }[]; // who goes, once it stands
};

/** What an applicant finds behind his code. */
export async function ownForce(deps: RescueDeps, force: Force): Promise<OwnForce> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from rescue.volunteer_paper where force_id = ${force.id}`.execute(deps.db);
  const members = await deps.db
    .selectFrom('rescue.volunteer_member')
    .select(['place', 'person_id'])
    .where('force_id', '=', force.id)
    .orderBy('place')
    .execute();
  const accounts = await deps.people.accounts(members.map((m) => m.person_id));
  const plain = openForce(deps.secret, force);
  return {
    number: force.number,
    state: force.state,
    appliedAt: force.applied_at,
    decidedAt: force.decided_at,
    reason: force.reason,
    validUntil: force.valid_until,
    papers: rows[0]?.n ?? 0,
    members: members.map(({ place, person_id }) => ({
      place,
      name: plain.members[place - 1]?.name ?? '',
      hasAccount: accounts.has(person_id),
    })),
  };
}
