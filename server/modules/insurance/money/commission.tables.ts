import type { OrgId } from '../../../kernel/ids.ts';

type Seen = { area_codes: string[]; org_ids: string[] };

/** Rows of commission: filed rates, what was agreed for a policy, a payee's month. */
export type CommissionTables = {
  'insurance.commission_rate': Seen & {
    id: string;
    scheme_id: string;
    insurer_org_id: OrgId;
    rate: string; // decimal, of the premium
    filing_no: string;
    from_on: string;
    to_on: string | null;
    recorded_at: Date;
    recorded_by: string;
  };
  'insurance.commission_deal': Seen & {
    policy_id: string;
    lead_org_id: OrgId;
    payee_org_id: OrgId;
    rate: string;
    filings: unknown; // jsonb
    licence: unknown; // jsonb
    agreed_at: Date;
    agreed_by: string;
  };
  'insurance.commission_statement': Seen & {
    id: string;
    lead_org_id: OrgId;
    payee_org_id: OrgId;
    month: string; // YYYY-MM
    carried: number; // fen
    accrued: number;
    clawed_back: number;
    lines: unknown; // jsonb
    hash: string;
    state: 'closed' | 'released';
    closed_at: Date;
    closed_by: string;
    released_at: Date | null;
    released_by: string | null;
    licence: unknown; // jsonb
    entry_id: string | null;
  };
};
