import { randomInt } from 'node:crypto';
import type { Db, Tx } from '../../../kernel/db.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addSeconds } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { findClaim, type StoredClaim } from './claim.store.ts';
import type { ClaimantRefusal } from './claimant.service.ts';
import { codeKey, type Draft, draftByCode, findDraft } from './entrapment.store.ts';

const USE = 'insurance.claimant.token';
const TOKEN_SECONDS = 7_200;
const KIND_OF = { h: 'head', r: 'report' } as const;

/** Whom a claim code or its token speaks for: one head of an entrapment, or who reported an accident. */
export type Holder =
  | { kind: 'head'; claim: StoredClaim; draft: Draft }
  | { kind: 'report'; claim: StoredClaim; reportId: string };

/** Exchange a claim code for a token that opens the claim for two hours: the code itself stands in no address. */
export async function openByCode(
  deps: ClaimDeps,
  code: string,
): Promise<Result<{ token: string; until: Date }, ClaimantRefusal>> {
  const key = codeKey(deps.secret, code);
  const draft = await draftByCode(deps.db, key);
  const report = draft
    ? undefined
    : await deps.db
        .selectFrom('insurance.claim_report')
        .select(['id', 'claim_id'])
        .where('code_key', '=', key)
        .executeTakeFirst();
  if (!draft && !report?.claim_id) return refuse({ code: 'insurance.claim_code_unknown' });
  const until = addSeconds(deps.now(), TOKEN_SECONDS);
  const plain = draft ? `h${draft.id}` : `r${report?.id}`;
  return accept({ token: deps.secret.seal(USE, short(plain, until)), until });
}

/** Short enough for an address: kind, id without dashes, the second it runs out. */
const short = (kindAndId: string, until: Date): string => {
  const id = Buffer.from(kindAndId.slice(1).replaceAll('-', ''), 'hex').toString('base64url');
  return `${kindAndId.slice(0, 1)}${id}${Math.floor(until.getTime() / 1000).toString(36)}`;
};

/** Who stands behind a token; undefined when it ran out, or when we did not make it. */
export async function holderOf(
  db: Db<InsuranceTables> | Tx<InsuranceTables>,
  deps: ClaimDeps,
  sealed: string,
): Promise<Holder | undefined> {
  const read = readToken(deps, sealed);
  if (!read || read.until < deps.now()) return undefined;
  if (read.kind === 'head') {
    const draft = await findDraft(db, read.id);
    const claim = draft && (await findClaim(db, draft.claim_id));
    return draft && claim && { kind: 'head', claim, draft };
  }
  const report = await db
    .selectFrom('insurance.claim_report')
    .select(['id', 'claim_id'])
    .where('id', '=', read.id)
    .executeTakeFirst();
  const claim = report?.claim_id ? await findClaim(db, report.claim_id) : undefined;
  return report && claim && { kind: 'report', claim, reportId: report.id };
}

type Token = { kind: 'head' | 'report'; id: string; until: Date };

function readToken(deps: ClaimDeps, sealed: string): Token | undefined {
  if (!/^[\w.-]{20,100}$/.test(sealed)) return undefined;
  let plain: string;
  try {
    plain = deps.secret.open(USE, sealed);
  } catch {
    return undefined; // not sealed by us: as unknown as any other
  }
  const hex = Buffer.from(plain.slice(1, 23), 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const kind = KIND_OF[plain.startsWith('h') ? 'h' : 'r'];
  return { kind, id, until: new Date(Number.parseInt(plain.slice(23), 36) * 1000) };
}

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A key for a form: sent twice it is one. */
export const formKey = (): string => Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
