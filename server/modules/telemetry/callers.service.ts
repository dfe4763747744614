import type { Db } from '../../kernel/db.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { sha256 } from '../../kernel/secret-data.ts';
import { verifyMqtt, verifyToken } from '../identity/index.ts';
import { listSources, type Source, sourceOfClient } from './source.store.ts';
import type { TelemetryTables } from './tables.ts';

/** A sender that proved itself. Ask `source` at each use: its code set may change meanwhile. */
export type Caller = { clientId: string };

/** Who may bring telemetry, at both doors. */
export type Callers = {
  byMqtt: (username: string, password: string) => Promise<Caller | null>;
  /** 'unknown': no such token; 'not_granted': its client may not bring telemetry. */
  byToken: (token: string) => Promise<Caller | 'unknown' | 'not_granted'>;
  source: (caller: Caller) => Source | undefined;
  sourceByNo: (no: number) => Source | undefined;
  sourceIds: () => ReadonlyMap<number, string>;
  refresh: () => Promise<void>;
};

const GRANT = 'telemetry:write';
/** A proof is checked against the database at most this often: batches come many a second, boxes all at once after a pause. */
const TRUST_MS = 2_000;
const MOST_TRUSTED = 10_000;

type CallersDeps = { db: Db<unknown>; keys: Keys; now: () => Date; newId: () => string };

export async function openCallers({ db, keys, now, newId }: CallersDeps): Promise<Callers> {
  const own = db.withTables<TelemetryTables>();
  let byClient = new Map<string, Source>();
  let byNo = new Map<number, Source>();
  let ids: ReadonlyMap<number, string> = new Map();
  const trusted = new Map<string, { caller: Caller; untilMs: number }>();
  const refresh = async (): Promise<void> => {
    const sources = await listSources(own);
    byClient = new Map(sources.map((source) => [source.clientId, source]));
    byNo = new Map(sources.map((source) => [source.no, source]));
    ids = new Map(sources.map((source) => [source.no, source.id]));
  };
  const callerOf = async (viewer: Viewer): Promise<Caller> => {
    const clientId: string = viewer.accountId;
    if (!byClient.has(clientId)) {
      const { orgId, displayName: name } = viewer;
      await sourceOfClient(own, { clientId, name, orgId, wholeCity: viewer.scope.all }, newId);
      await refresh();
    }
    return { clientId };
  };
  const trust = (name: string, caller: Caller): Caller => {
    if (trusted.size >= MOST_TRUSTED) trusted.clear();
    trusted.set(name, { caller, untilMs: now().getTime() + TRUST_MS });
    return caller;
  };
  await refresh();
  return {
    byMqtt: async (username, password) => {
      const name = `${username} ${sha256(password)}`; // a secret is never kept, not even in memory
      const known = trusted.get(name);
      if (known && known.untilMs > now().getTime()) return known.caller;
      const viewer = await verifyMqtt({ db: db.withTables(), now }, { username, password });
      return viewer?.grants.includes(GRANT) ? trust(name, await callerOf(viewer)) : null;
    },
    byToken: async (token) => {
      const known = trusted.get(token);
      if (known && known.untilMs > now().getTime()) return known.caller;
      const viewer = await verifyToken({ db: db.withTables(), keys, now }, token);
      if (!viewer) return 'unknown';
      if (!viewer.grants.includes(GRANT)) return 'not_granted';
      return trust(token, await callerOf(viewer));
    },
    source: ({ clientId }) => byClient.get(clientId),
    sourceByNo: (no) => byNo.get(no),
    sourceIds: () => ids,
    refresh,
  };
}
