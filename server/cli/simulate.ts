import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import { configOrExit } from '../kernel/config.ts';
import { PUBLISHED_ENTRAPMENTS, type Settings, type SimElevator } from '../simulate/city.ts';
import { readSenders, type Sender } from '../simulate/credentials.ts';
import { demoSettings, everyFault, readCity } from '../simulate/demo-city.ts';
import { type Door, openHttpDoor, openMqttDoor, pause } from '../simulate/doors.ts';
import { type Counts, drive } from '../simulate/drive.ts';
import { plan } from '../simulate/plan.ts';
import { VENDORS, type Vendor } from '../simulate/vendor.ts';
import { CommandError } from './context.ts';

type Options = {
  demo?: true;
  elevators: number;
  list?: string;
  seed: number;
  hours?: number;
  speed: number;
  entrapments: number;
  faults: number;
  cutAfter?: number;
  codeSet: string;
  tidy?: true;
  out?: string;
  truth?: string;
  mqtt?: string;
  http?: string;
  user?: string;
  secret?: string;
  connections: number;
};

/** `tian simulate`: a seeded city that speaks to the real doors, or into a file. */
export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('drive a seeded city of elevators over the real doors, or write what it says to a file')
    .option('--demo', 'the demo city of this installation, with the secrets in its data folder, until stopped')
    .option('--elevators <n>', 'how many elevators, when no --list is given', whole, 100)
    .option('--list <file>', 'registration codes of the elevators, one a line')
    .option('--seed <n>', 'the same seed gives the same run', whole, 1)
    .option('--hours <n>', 'how long, in simulated hours (default: until stopped; 24 with --out)', positive)
    .option(
      '--speed <n>',
      'simulated seconds per second; above 1 for load, because durations shrink with it',
      positive,
      1,
    )
    .option('--entrapments <rate>', 'per lift and month', positive, PUBLISHED_ENTRAPMENTS)
    .option('--faults <rate>', 'of each kind, per elevator and month', notNegative, 0)
    .option('--cut-after <minutes>', 'a power cut of 15 minutes over the first feeder', positive)
    .option(
      '--code-set <name>',
      `the sender's codes and habits: ${VENDORS.map((v) => v.codeSet).join(', ')}`,
      'gbt24476',
    )
    .option('--tidy', 'without the bad habits')
    .option('--out <file>', 'write NDJSON there (- for standard output) in the order of arrival, send nothing')
    .option('--truth <file>', 'write what really happened there, as NDJSON')
    .option('--mqtt <url>', 'the MQTT door, such as mqtt://127.0.0.1:1883')
    .option('--http <url>', 'the HTTPS door, such as http://127.0.0.1:8080')
    .option('--user <name>', 'user name at the MQTT door, or client_id')
    .option('--secret <text>', 'its secret; better in the variable TIAN_SIMULATE_SECRET')
    .option('--connections <n>', 'MQTT connections', whole, 4)
    .action((options: Options) => (options.demo ? runDemo() : options.out ? writeOut(options) : runDoor(options)));

/** The demo: read who exists and who may speak, then speak until stopped. Waits for the demo city to be made. */
async function runDemo(): Promise<void> {
  const config = configOrExit();
  const { databaseUrl } = config;
  if (!databaseUrl)
    throw new CommandError('The demo runs below npm start, which names its database in TIAN_DATABASE_URL.');
  let senders = readSenders(config.dataDir);
  for (; senders.length === 0; senders = readSenders(config.dataDir)) await pause(2_000);
  const city = await readCity(databaseUrl, senders);
  const mqtt = `mqtt://127.0.0.1:${config.mqttPort}`;
  const http = `http://127.0.0.1:${config.port}`;
  const doors = await Promise.all(senders.map((sender) => knock(() => demoDoor(sender, { mqtt, http }))));
  const settings = demoSettings(city, senders, Date.now());
  const events = plan(city, settings, senders.map(habitsOf));
  process.stdout.write(`${city.length} elevators, ${senders.length} senders\n`);
  await drive({ events, doors, startAt: settings.startAt, speed: 1, signal: stopSignal(), tell });
  await Promise.all(doors.map((door) => door.close()));
}

const habitsOf = ({ codeSet, name }: Sender): Vendor => {
  const known = VENDORS.find((v) => v.codeSet === codeSet) ?? VENDORS[0];
  if (!known) throw new CommandError('no vendor is known');
  return { ...known, name };
};

const demoDoor = (sender: Sender, at: { mqtt: string; http: string }): Promise<Door> =>
  sender.door === 'mqtt'
    ? openMqttDoor({ url: at.mqtt, username: sender.clientId, password: sender.secret, connections: 2 })
    : openHttpDoor({ url: at.http, clientId: sender.clientId, secret: sender.secret });

/** The doors may open a little later than we do. */
async function knock(open: () => Promise<Door>): Promise<Door> {
  for (let n = 0; n < 30; n += 1) {
    const door = await open().catch(() => undefined);
    if (door) return door;
    await pause(2_000);
  }
  return open();
}

async function runDoor(options: Options): Promise<void> {
  const city = cityOf(options);
  const vendor = vendorOf(options);
  const settings = settingsOf(options, city, Date.now());
  const secret = options.secret ?? process.env['TIAN_SIMULATE_SECRET'];
  if (!options.user || !secret) throw new CommandError('Name --user and its secret, or write to a file with --out.');
  const { mqtt, http, user, connections } = options;
  if (!mqtt && !http) throw new CommandError('Name a door: --mqtt or --http, or write to a file with --out.');
  const door = mqtt
    ? await openMqttDoor({ url: mqtt, username: user, password: secret, connections })
    : await openHttpDoor({ url: http ?? '', clientId: user, secret });
  const truth = options.truth ? createWriteStream(options.truth) : undefined;
  const counts = await drive({
    events: until(plan(city, settings, [vendor]), settings.startAt + (options.hours ?? 1e6) * 3_600_000),
    doors: [door],
    startAt: settings.startAt,
    speed: options.speed,
    signal: stopSignal(),
    truth: (t) => truth?.write(`${JSON.stringify(t)}\n`),
    tell,
  });
  await door.close();
  truth?.end();
  tell(counts);
}

async function writeOut(options: Options): Promise<void> {
  const city = cityOf(options);
  const settings = settingsOf(options, city, Date.UTC(2026, 8, 1));
  const out = options.out === '-' ? process.stdout : createWriteStream(options.out ?? '');
  const truth = options.truth ? createWriteStream(options.truth) : undefined;
  const endAt = settings.startAt + (options.hours ?? 24) * 3_600_000;
  for (const event of until(plan(city, settings, [vendorOf(options)]), endAt)) {
    const [to, line] = 'truth' in event ? [truth, event.truth] : [out, event.delivery.message];
    if (to && !to.write(`${JSON.stringify(line)}\n`)) await once(to, 'drain');
  }
  truth?.end();
  if (out !== process.stdout) {
    out.end();
    await finished(out);
  }
}

function* until(events: ReturnType<typeof plan>, endAt: number): ReturnType<typeof plan> {
  for (const event of events) {
    if ('delivery' in event && event.delivery.at > endAt) return;
    yield event;
  }
}

/** The elevators of a list, or as many as asked, of invented sizes and places. */
function cityOf({ elevators, list }: Options): readonly SimElevator[] {
  const codes = list
    ? readFileSync(list, 'utf8')
        .split('\n')
        .flatMap((line) => line.trim() || [])
    : Array.from({ length: elevators }, (_, i) => `3110320200${String(i + 1).padStart(10, '0')}`);
  const places = ['residence', 'residence', 'residence', 'office', 'mall', 'hospital'];
  return codes.map((value, i) => ({
    no: i + 1,
    name: { type: 'registration_code', value },
    kind: 'lift',
    placeClass: places[i % places.length] ?? 'residence',
    bottomFloor: 1,
    topFloor: 6 + ((i * 7) % 27),
    ratedSpeedMmPerS: 1_750,
    feeder: `F${Math.floor(i / 50) + 1}`,
    vendor: 0,
  }));
}

function settingsOf(options: Options, city: readonly SimElevator[], startAt: number): Settings {
  const feeder = city[0]?.feeder ?? null;
  const { cutAfter } = options;
  const isCut = cutAfter !== undefined && feeder !== null;
  return {
    seed: options.seed,
    startAt,
    entrapmentsPerMonth: options.entrapments,
    faultsPerMonth: everyFault(options.faults),
    visitDays: 15,
    powerCuts: isCut ? [{ feeder, at: startAt + cutAfter * 60_000, minutes: 15 }] : [],
    entrapments: [],
  };
}

function vendorOf({ codeSet, tidy }: Options): Vendor {
  const vendor = VENDORS.find((v) => v.codeSet === codeSet);
  const [wellBehaved] = VENDORS;
  if (!vendor || !wellBehaved) throw new CommandError(`No code set "${codeSet}" is simulated.`);
  return tidy ? { ...vendor, habits: wellBehaved.habits } : vendor;
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  // Without the supervisor that started it a demo has nobody to speak for.
  if (process.connected) process.once('disconnect', () => stop.abort());
  return stop.signal;
}

const tell = ({ sent, acknowledged, failed, waiting }: Counts): void => {
  process.stdout.write(`sent ${sent}, acknowledged ${acknowledged}, waiting ${waiting}, failed ${failed}\n`);
};

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('give a whole number');
}
function positive(text: string): number {
  const n = Number(text);
  if (n > 0 && Number.isFinite(n)) return n;
  throw new InvalidArgumentError('give a number above zero');
}
function notNegative(text: string): number {
  return text === '0' ? 0 : positive(text);
}
