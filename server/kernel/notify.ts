import { sql } from 'kysely';
import { z } from 'zod';
import type { AnyDb, AnyTx } from './db.ts';
import type { AccountId } from './ids.ts';
import type { Audience } from './scope.ts';
import { isDemoPhone, type SecretData } from './secret-data.ts';

/** Something people should hear about, shown in the product: to one account, or to everyone in these roles who sees it. */
export type Notice = {
  id: string; // made from its cause where it may be told twice: a repeat does nothing
  at: Date;
  to: { accountId: AccountId } | { roles: readonly string[]; audience: Audience };
  code: string; // key into words/
  params: Readonly<Record<string, string | number>>; // filled into the words; no personal data
  link: string | null; // a path of the console
};

/** Tell people in the product, in the transaction that makes it true. */
export async function notify(tx: AnyTx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((n) => {
    const one = 'accountId' in n.to ? n.to.accountId : null;
    const many = 'roles' in n.to ? n.to : { roles: [], audience: { areaCodes: [], orgIds: [] } };
    return sql`(${n.id}::uuid, ${n.at}::timestamptz, ${one}::uuid, ${[...many.roles]}::text[], ${n.code},
      ${JSON.stringify(n.params)}::jsonb, ${n.link}, ${[...many.audience.areaCodes]}::text[], ${[...many.audience.orgIds]}::uuid[])`;
  });
  // No column named: who may not read what he tells another would else be refused to tell it.
  await sql`insert into kernel.notification (id, at, account_id, roles, code, params, link, area_codes, org_ids)
    values ${sql.join(rows)} on conflict do nothing`.execute(tx);
}

export type Channel = 'sms' | 'voice' | 'mail' | 'webhook';

/** A message that leaves the house. Its text is said from words/ when it goes. */
export type Message = {
  id: string; // a repeat does nothing
  channel: Channel;
  to: string; // phone, mail address or URL; sealed while it waits
  code: string;
  params: Readonly<Record<string, string | number>>;
  secrets?: Readonly<Record<string, string>>; // filled in like params, sealed while it waits, in no log
  subject: string | null; // the record it is about
  at: Date;
};

const USE = 'kernel.delivery.recipient';
const SECRETS = 'kernel.delivery.secrets';

/** Put messages in the line of those that leave, in the transaction that makes them due. Numbers of the demo are withheld. */
export async function send(tx: AnyTx, secret: SecretData, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(
    (m) => sql`(${m.id}::uuid, ${m.channel}, ${secret.seal(USE, m.to)}, ${m.code}, ${JSON.stringify(m.params)}::jsonb,
      'waiting', ${m.at}::timestamptz, ${m.at}::timestamptz, ${m.subject},
      ${m.secrets ? secret.seal(SECRETS, JSON.stringify(m.secrets)) : null})`,
  );
  await sql`insert into kernel.delivery (id, channel, recipient, code, params, state, queued_at, retry_at, subject, sealed)
    values ${sql.join(rows)} on conflict (id) do nothing`.execute(tx);
}

/** How messages of a channel leave. Throws when they did not; they are tried again. */
export type Adapter = (message: {
  id: string;
  channel: Channel;
  to: string;
  text: string;
  code: string;
  hidden: string; // the text without what only its reader may know: for logs
}) => Promise<void>;

/** What became of a message that did not leave at once. */
export type Verdict =
  | { state: 'sent' }
  | { state: 'withheld'; reason: string }
  | { state: 'waiting' | 'failed'; reason: string };

const MOST_ATTEMPTS = 8;

/** Adapters never get a number of the demo, whatever they are. */
export const isWithheld = (channel: Channel, to: string): boolean =>
  (channel === 'sms' || channel === 'voice') && isDemoPhone(to);

/** After a failure: again later, or given up after eight tries. */
export const afterFailure = (attempts: number, reason: string): Verdict =>
  attempts >= MOST_ATTEMPTS ? { state: 'failed', reason } : { state: 'waiting', reason };

/** Seconds before try number `attempts` + 1: 2, 4, 8 … at most 10 minutes. */
export const retrySeconds = (attempts: number): number => Math.min(600, 2 ** attempts);

export type Waiting = {
  id: string;
  channel: Channel;
  recipient: string;
  code: string;
  params: Record<string, string | number>;
  sealed: string | null;
  attempts: number;
};

/** The messages that are due, locked for this transaction so that two processes never send one twice at a time. */
export async function takeDue(tx: AnyTx, now: Date, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`select id, channel, recipient, code, params, sealed, attempts from kernel.delivery
    where state = 'waiting' and retry_at <= ${now} order by retry_at limit ${limit} for update skip locked`.execute(tx);
  return rows;
}

export async function settle(
  db: AnyDb,
  id: string,
  { verdict, now, attempts }: { verdict: Verdict; now: Date; attempts: number },
): Promise<void> {
  const retryAt = new Date(now.getTime() + retrySeconds(attempts) * 1000);
  const doneAt = verdict.state === 'waiting' ? null : now;
  await sql`update kernel.delivery set state = ${verdict.state}, reason = ${'reason' in verdict ? verdict.reason : null},
    attempts = ${attempts}, retry_at = ${retryAt}, done_at = ${doneAt},
    sealed = case when ${doneAt}::timestamptz is null then sealed end where id = ${id}`.execute(db);
}

/** The plain recipient of a waiting message. */
export const recipientOf = (secret: SecretData, waiting: Waiting): string => secret.open(USE, waiting.recipient);

const secrets = z.record(z.string(), z.string());
/** What only the reader of a waiting message may know. */
export const secretsOf = (secret: SecretData, { sealed }: Waiting): Record<string, string> =>
  sealed === null ? {} : secrets.parse(JSON.parse(secret.open(SECRETS, sealed)));

export type NotificationLine = {
  id: string;
  at: Date;
  code: string;
  params: Record<string, string | number>;
  link: string | null;
  readAt: Date | null;
};

/** The notices of the transaction's viewer, newest first, with how many are unread among the last month's. */
export async function readNotices(
  tx: AnyTx,
  { now, limit }: { now: Date; limit: number },
): Promise<{ items: NotificationLine[]; unread: number }> {
  const since = new Date(now.getTime() - 31 * 86_400_000);
  const { rows } = await sql<NotificationLine & { unread: number }>`
    select n.id, n.at, n.code, n.params, n.link, r.at as "readAt", (count(*) filter (where r.at is null) over ())::int as unread
    from kernel.notification n
    left join kernel.notification_read r on r.notification_id = n.id and r.account_id::text = kernel.viewer_account()
    where n.at > ${since} order by n.at desc, n.id limit ${limit}`.execute(tx);
  return {
    items: rows.map(({ id, at, code, params, link, readAt }) => ({ id, at, code, params, link, readAt })),
    unread: rows[0]?.unread ?? 0,
  };
}

/** The viewer has read these, or all. Returns how many were new to him. */
export async function markRead(tx: AnyTx, accountId: AccountId, ids: readonly string[] | 'all'): Promise<number> {
  const which = ids === 'all' ? sql`true` : sql`n.id = any(${[...ids]}::uuid[])`;
  const { numAffectedRows } = await sql`insert into kernel.notification_read (notification_id, account_id)
    select n.id, ${accountId}::uuid from kernel.notification n where ${which} on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
