import { newId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';
import { secretData } from '../../kernel/secret-data.ts';

const BODY = {
  liability: true,
  papersAskedOn: null,
  papersAskedAt: null,
  papersAllAt: null,
  papersMissing: [],
  reserve: 100,
  assessment: null,
  decision: null,
  refusal: null,
  release: null,
  otherReports: false,
};

type Row = { policy: string; lead: string; unit: string; elevator: string; area_codes: string[]; org_ids: string[] };

/** Every use unit has a claim on its policy, with a report and a payment under way: most are foreign to whoever asks. */
export async function reportClaims({ pool, keys }: Kernel): Promise<void> {
  const secret = secretData(keys, 'aes');
  const { rows } = await pool.query<Row>(
    `select distinct on (p.id) p.id as policy, p.lead_org_id as lead, p.holder_org_id as unit, e.id as elevator, e.area_codes, p.org_ids
     from insurance.policy p join registry.elevator e on e.use_org_id = p.holder_org_id order by p.id, e.id`,
  );
  for (const [i, row] of rows.entries()) {
    const claim = newId();
    await insertClaim(pool, { claim, row, i });
    await insertParts(pool, { claim, row, i, secret });
  }
}

type Making = { claim: string; row: Row; i: number };

async function insertClaim(pool: Kernel['pool'], { claim, row, i }: Making): Promise<void> {
  const verification = {
    policyNumber: `scope-${i}`,
    policyFrom: '2027-01-01',
    policyTo: '2027-12-31',
    lineFrom: '2027-01-01',
    lineTo: '2027-12-31',
    endorsement: 0,
    product: 'scope',
    productVersion: 1,
    tariffVersion: 1,
    coverage: 'scope',
    waiting: false,
    others: [],
  };
  const place = {
    address: 'scope',
    rescueCode: null,
    registrationCode: null,
    useOrgId: row.unit,
    maintenanceOrgId: null,
  };
  await pool.query(
    `insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel, phase,
       body, moments, verification, place, lead_org_id, area_codes, org_ids)
     values ($1, $2, $3, $4, 'injury', $2, now(), now(), 'desk', 'assessing', $5, $6, $7, $8, $9, $10, $11)`,
    [
      claim,
      `scope-l${i}`,
      row.policy,
      row.elevator,
      JSON.stringify(BODY),
      JSON.stringify({ reported: new Date().toISOString() }),
      JSON.stringify(verification),
      JSON.stringify(place),
      row.lead,
      row.area_codes,
      row.org_ids,
    ],
  );
}

async function insertParts(
  pool: Kernel['pool'],
  { claim, row, i, secret }: Making & { secret: ReturnType<typeof secretData> },
): Promise<void> {
  const [party, seen] = [newId(), [row.area_codes, row.org_ids]];
  await pool.query(
    `insert into insurance.claim_report (id, claim_id, elevator_id, channel, kind, happened_at, reported_at, said, key, outcome,
       actor, area_codes, org_ids) values ($1, $2, $3, 'desk', 'injury', now(), now(), $7, $4, 'opened', '', $5, $6)`,
    [newId(), claim, row.elevator, `scope-r${i}`, ...seen, secret.seal('insurance.report.said', 'scope')],
  );
  await pool.query(
    `insert into insurance.claim_party (id, claim_id, kind, name, added_at, added_by) values ($1, $2, 'insured', $3, now(), 'test')`,
    [party, claim, secret.seal('insurance.party.name', 'scope')],
  );
  await pool.query(
    `insert into insurance.claim_payment (id, claim_id, item_id, party_id, payee_kind, amount, kind, state, key, body_hash,
       proposed_at, proposed_by, ordered_at, ordered_by, reported_at, lead_org_id, policy_id, area_codes, org_ids)
     values ($1, $2, 'a', $3, 'insured', 100, 'advance', 'ordered', $4, '', now(), 'test', now(), 'test', now(), $5, $6, $7, $8)`,
    [newId(), claim, party, `scope-p${i}`, row.lead, row.policy, ...seen],
  );
}
