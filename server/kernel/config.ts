import { resolve } from 'node:path';
import { z } from 'zod';
import { describeMap, type MapConfig, mapConfigOf, mapFaults, mapVariables } from './map-config.ts';
import { accept, type Result, refuse } from './result.ts';

/** Everything that may differ between two installations. Read once, at start, from the environment. */
export type Config = {
  port: number; // HTTP: pages and API
  host: string; // the address all doors listen on
  publicUrl: string | null; // what people outside type, without a path; null: what each request came by
  dataDir: string; // absolute: database, files, key, socket of the supervisor
  databaseUrl: string | null; // null: the embedded PostgreSQL
  mqttPort: number;
  mqttTls: { certFile: string; keyFile: string } | null;
  ingestPort: number; // the ingest process's inner HTTP door, always on loopback
  ingestProcesses: number; // on this machine; several need `natsUrl`
  ingestNumber: number; // which of them this is; set by the ingest process for those it starts
  ingestShare: { number: number; of: number }; // which machine this is, of those that take telemetry
  natsUrl: string | null; // JetStream between the doors and the stores; null: both in one process
  history: { hotHours: number; rawDays: number; hourDays: number; sumYears: number }; // see TIAN_HISTORY_* in docs/operations.md
  city: string; // GB/T 2260 code of the city pack
  packsDir: string | null; // a further folder of packs, outside the program
  demo: boolean; // an empty system is filled with the demo city and its simulator
  sandbox: boolean; // a demo city for other systems to try themselves on: keys for whoever asks, no accounts shown
  map: MapConfig; // what is drawn below the elevators
  gatewayUrl: string | null; // where texts, calls and mail are handed over; null: they go to the log
  cipher: 'aes' | 'sm4'; // how names and phones are encrypted from now on; what is stored says how it was
  requestsPerMinute: number; // of one address or account, before 429
  logLevel: LogLevel;
};

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A variable whose value cannot be used. `value` is safe to print. */
export type ConfigFault = { variable: string; value: string; remedy: string };

const whole = (min: number, max: number, remedy: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, remedy)
    .transform(Number)
    .refine((n) => n >= min && n <= max, remedy);
const port = whole(1, 65_535, 'give a port number from 1 to 65535');
/** Elevators are shared out in this many slots: see `SLOTS` in modules/telemetry/slot.rules.ts. */
export const MOST_INGEST_PROCESSES = 16;
const path = z.string().regex(/\S/, 'give the path of a file or folder');
const postgresUrl = z
  .string()
  .refine(isPostgresUrl, 'give an address like postgres://user:password@host:5432/tian, or leave it out');

const SHARE_REMEDY = 'write 1/1, or 2/3 for the second of three machines';

const variables = z.object({
  PORT: port.default(8080),
  TIAN_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'give an address of this machine, such as 127.0.0.1')
    .default('127.0.0.1'),
  TIAN_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'give scheme and host only, such as https://dianti.example.gov.cn, or leave it out')
    .optional(),
  TIAN_DATA_DIR: path.default('./data'),
  TIAN_DATABASE_URL: postgresUrl.optional(),
  TIAN_MQTT_PORT: port.default(1883),
  TIAN_MQTT_TLS_CERT: path.optional(),
  TIAN_MQTT_TLS_KEY: path.optional(),
  TIAN_INGEST_PORT: port.optional(),
  TIAN_INGEST_PROCESSES: whole(
    1,
    MOST_INGEST_PROCESSES,
    `give a whole number from 1 to ${MOST_INGEST_PROCESSES}`,
  ).default(1),
  TIAN_INGEST_NUMBER: whole(0, MOST_INGEST_PROCESSES - 1, 'leave it out: the ingest process sets it').default(0),
  TIAN_INGEST_SHARE: z
    .string()
    .regex(/^[1-9]\d?\/[1-9]\d?$/, SHARE_REMEDY)
    .transform((text) => text.split('/').map(Number))
    .refine(([number = 0, of = 0]) => number <= of, SHARE_REMEDY)
    .default([1, 1]),
  TIAN_NATS_URL: z
    .string()
    .regex(
      /^(nats|tls):\/\/[^\s,]+(,(nats|tls):\/\/[^\s,]+)*$/,
      'give nats://user:password@host:4222, several with commas',
    )
    .optional(),
  TIAN_HISTORY_HOT_HOURS: whole(1, 168, 'give whole hours from 1 to 168').default(6),
  TIAN_HISTORY_RAW_DAYS: whole(2, 3_650, 'give whole days from 2 to 3650').default(30),
  TIAN_HISTORY_HOUR_DAYS: whole(3, 3_650, 'give whole days from 3 to 3650').default(30),
  TIAN_HISTORY_SUM_YEARS: whole(4, 50, 'give whole years from 4 to 50').default(4),
  TIAN_CITY: z
    .string()
    .regex(/^\d{6}$/, 'give the six-digit division code of a city pack, such as 320200')
    .default('320200'),
  TIAN_PACKS: path.optional(),
  TIAN_DEMO: z.enum(['0', '1', 'sandbox'], 'write 1 for the demo city, 0 for an empty system, or sandbox').optional(),
  ...mapVariables,
  TIAN_GATEWAY_URL: z.url({ protocol: /^https?$/, error: 'give an http or https address, or leave it out' }).optional(),
  TIAN_CIPHER: z.enum(['aes', 'sm4'], 'write aes for AES-256-GCM or sm4 for SM4-GCM').default('aes'),
  TIAN_REQUESTS_PER_MINUTE: whole(1, 1_000_000, 'give a whole number from 1 to 1000000').default(1_200),
  TIAN_LOG_LEVEL: z.enum(LOG_LEVELS, `write one of ${LOG_LEVELS.join(', ')}`).default('info'),
});
type Variables = z.infer<typeof variables>;

/** Read the environment. An empty variable counts as left out. Refused with every fault found, not only the first. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Config, readonly ConfigFault[]> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.map((issue) => {
        const variable = String(issue.path[0]);
        return { variable, value: printable(variable, given[variable] ?? ''), remedy: issue.message };
      }),
    );
  }
  const config = configOf(parsed.data);
  const faults = contradictions(parsed.data, config);
  return faults.length > 0 ? refuse(faults) : accept(config);
}

function configOf(v: Variables): Config {
  const certFile = v.TIAN_MQTT_TLS_CERT;
  const keyFile = v.TIAN_MQTT_TLS_KEY;
  return {
    port: v.PORT,
    host: v.TIAN_HOST,
    publicUrl: v.TIAN_PUBLIC_URL ? new URL(v.TIAN_PUBLIC_URL).origin : null,
    dataDir: resolve(v.TIAN_DATA_DIR),
    databaseUrl: v.TIAN_DATABASE_URL ?? null,
    mqttPort: v.TIAN_MQTT_PORT,
    mqttTls: certFile && keyFile ? { certFile: resolve(certFile), keyFile: resolve(keyFile) } : null,
    ingestPort: v.TIAN_INGEST_PORT ?? v.PORT + 1,
    ingestProcesses: v.TIAN_INGEST_PROCESSES,
    ingestNumber: v.TIAN_INGEST_NUMBER,
    ingestShare: { number: v.TIAN_INGEST_SHARE[0] ?? 1, of: v.TIAN_INGEST_SHARE[1] ?? 1 },
    natsUrl: v.TIAN_NATS_URL ?? null,
    history: {
      hotHours: v.TIAN_HISTORY_HOT_HOURS,
      rawDays: v.TIAN_HISTORY_RAW_DAYS,
      hourDays: v.TIAN_HISTORY_HOUR_DAYS,
      sumYears: v.TIAN_HISTORY_SUM_YEARS,
    },
    city: v.TIAN_CITY,
    packsDir: v.TIAN_PACKS ? resolve(v.TIAN_PACKS) : null,
    demo: v.TIAN_DEMO === undefined ? v.TIAN_DATABASE_URL === undefined : v.TIAN_DEMO !== '0',
    sandbox: v.TIAN_DEMO === 'sandbox',
    map: mapConfigOf(v),
    gatewayUrl: v.TIAN_GATEWAY_URL ?? null,
    cipher: v.TIAN_CIPHER,
    requestsPerMinute: v.TIAN_REQUESTS_PER_MINUTE,
    logLevel: v.TIAN_LOG_LEVEL,
  };
}

/** Values that are right alone and wrong together. */
function contradictions(v: Variables, config: Config): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  if ((v.TIAN_MQTT_TLS_CERT === undefined) !== (v.TIAN_MQTT_TLS_KEY === undefined)) {
    const [set, other] = v.TIAN_MQTT_TLS_CERT ? ['CERT', 'KEY'] : ['KEY', 'CERT'];
    faults.push({
      variable: `TIAN_MQTT_TLS_${other}`,
      value: '',
      remedy: `TIAN_MQTT_TLS_${set} is set: set both or none`,
    });
  }
  faults.push(...demoFaults(config));
  if (!isLoopback(config.host) && !config.mqttTls) {
    faults.push({
      variable: 'TIAN_MQTT_TLS_CERT',
      value: '',
      remedy: `TIAN_HOST=${config.host} opens MQTT to other machines: set TIAN_MQTT_TLS_CERT and TIAN_MQTT_TLS_KEY`,
    });
  }
  const ports = { PORT: config.port, TIAN_MQTT_PORT: config.mqttPort, TIAN_INGEST_PORT: config.ingestPort };
  for (const [variable, taken] of Object.entries(ports)) {
    const other = Object.entries(ports).find(([name, p]) => name < variable && p === taken);
    if (other)
      faults.push({ variable, value: String(taken), remedy: `${other[0]} uses this port already: choose another` });
  }
  if (config.ingestPort > 65_535) {
    faults.push({ variable: 'TIAN_INGEST_PORT', value: String(config.ingestPort), remedy: 'give a port below 65536' });
  }
  return [...faults, ...ingestFaults(config), ...mapFaults(config.map)];
}

function demoFaults({ demo, sandbox, host, gatewayUrl }: Config): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (demo && !sandbox && !isLoopback(host)) {
    const remedy =
      'the demo city has accounts whose passwords are shown; it runs on 127.0.0.1 only. Set TIAN_DEMO=0 for a real system, or sandbox';
    faults.push({ variable: 'TIAN_HOST', value: host, remedy });
  }
  if (sandbox && gatewayUrl !== null) {
    const remedy = 'a sandbox would write to real phones what strangers type: leave it out';
    faults.push({ variable: 'TIAN_GATEWAY_URL', value: new URL(gatewayUrl).origin, remedy });
  }
  return faults;
}

function ingestFaults({ ingestProcesses, ingestNumber, ingestShare, natsUrl }: Config): readonly ConfigFault[] {
  const all = ingestProcesses * ingestShare.of;
  const faults: ConfigFault[] = [];
  if (all > 1 && natsUrl === null) {
    const remedy = `${all} ingest processes share the elevators by NATS JetStream: give its address, or leave TIAN_INGEST_PROCESSES and TIAN_INGEST_SHARE out`;
    faults.push({ variable: 'TIAN_NATS_URL', value: '', remedy });
  }
  if (all > MOST_INGEST_PROCESSES) {
    const remedy = `with TIAN_INGEST_SHARE that makes ${all} in all: at most ${MOST_INGEST_PROCESSES}`;
    faults.push({ variable: 'TIAN_INGEST_PROCESSES', value: String(ingestProcesses), remedy });
  }
  if (ingestNumber >= ingestProcesses) {
    const remedy = 'leave it out: the ingest process sets it';
    faults.push({ variable: 'TIAN_INGEST_NUMBER', value: String(ingestNumber), remedy });
  }
  return faults;
}

/** Scheme and host, a port perhaps, and nothing behind them: links are made by adding a path. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === '' && username === '';
}

/** Is this address reachable from this machine only? */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** The value of `TIAN_DEMO` that says the same. */
export const demoSetting = ({ demo, sandbox }: Pick<Config, 'demo' | 'sandbox'>): string =>
  sandbox ? 'sandbox' : demo ? '1' : '0';

/** The settings as lines for the log of a start. Passwords are left out. */
export function describe(config: Config): string {
  const lines: readonly (readonly [string, string])[] = [
    ['PORT', String(config.port)],
    ['TIAN_HOST', config.host],
    ['TIAN_DATA_DIR', config.dataDir],
    ['TIAN_DATABASE_URL', config.databaseUrl ? printable('TIAN_DATABASE_URL', config.databaseUrl) : '(embedded)'],
    ['TIAN_MQTT_PORT', String(config.mqttPort)],
    ['TIAN_MQTT_TLS_CERT', config.mqttTls?.certFile ?? '(no TLS: loopback only)'],
    ['TIAN_INGEST_PORT', String(config.ingestPort)],
    ['TIAN_INGEST_PROCESSES', String(config.ingestProcesses)],
    ['TIAN_INGEST_SHARE', `${config.ingestShare.number}/${config.ingestShare.of}`],
    [
      'TIAN_NATS_URL',
      config.natsUrl ? printable('TIAN_NATS_URL', config.natsUrl) : '(none: doors and store in one process)',
    ],
    ['TIAN_HISTORY_HOT_HOURS', String(config.history.hotHours)],
    ['TIAN_HISTORY_RAW_DAYS', String(config.history.rawDays)],
    ['TIAN_HISTORY_HOUR_DAYS', String(config.history.hourDays)],
    ['TIAN_HISTORY_SUM_YEARS', String(config.history.sumYears)],
    ['TIAN_CITY', config.city],
    ['TIAN_PACKS', config.packsDir ?? '(only those of the program)'],
    ['TIAN_DEMO', demoSetting(config)],
    ...describeMap(config.map),
    ['TIAN_PUBLIC_URL', config.publicUrl ?? '(the address each request came by)'],
    ['TIAN_GATEWAY_URL', config.gatewayUrl ? new URL(config.gatewayUrl).origin : '(none: messages go to the log)'],
    ['TIAN_CIPHER', config.cipher],
    ['TIAN_REQUESTS_PER_MINUTE', String(config.requestsPerMinute)],
    ['TIAN_LOG_LEVEL', config.logLevel],
  ];
  return lines.map(([name, value]) => `${name}=${value}`).join('\n');
}

/** Every fault on its own line: the variable, its value, and what to write instead. */
export const describeFaults = (faults: readonly ConfigFault[]): string =>
  faults.map((f) => `${f.variable}=${f.value}: ${f.remedy}`).join('\n');

/** Read the configuration of this process, or say what is wrong and end with status 78 (EX_CONFIG). */
export function configOrExit(): Config {
  const read = readConfig(process.env);
  if (read.ok) return read.value;
  process.stderr.write(`Tian cannot start, the configuration is not usable:\n${describeFaults(read.refusal)}\n`);
  process.exit(78);
}

const printable = (variable: string, value: string): string =>
  variable === 'TIAN_MAP_TIANDITU_KEY'
    ? '…'
    : variable === 'TIAN_DATABASE_URL' || variable === 'TIAN_NATS_URL'
      ? value.replaceAll(/\/\/([^:/@]*):[^@]*@/g, '//$1:…@').replace(/(password=)[^&]*/i, '$1…')
      : value;

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text)) return false;
  try {
    return new URL(text).pathname.length > 1;
  } catch {
    return false; // not an address at all
  }
}
