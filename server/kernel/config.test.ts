import { expect, test } from 'vitest';
import { describe, describeFaults, readConfig } from './config.ts';

const faultsOf = (environment: Record<string, string>): string => {
  const read = readConfig(environment);
  return read.ok ? '' : describeFaults(read.refusal);
};
const configOf = (environment: Record<string, string>) => {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(describeFaults(read.refusal));
  return read.value;
};

test('with nothing set, the demo city runs on loopback with the embedded database', () => {
  expect(configOf({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: null,
    mqttPort: 1883,
    ingestPort: 8081,
    city: '320200',
    demo: true,
  });
});

test('an external database starts empty unless the demo is asked for', () => {
  const TIAN_DATABASE_URL = 'postgres://tian:pw@db.invalid:5432/tian';
  expect(configOf({ TIAN_DATABASE_URL }).demo).toBe(false);
  expect(configOf({ TIAN_DATABASE_URL, TIAN_DEMO: '1' }).demo).toBe(true);
});

test.each([
  [{ PORT: '80a' }, 'PORT=80a: give a port number from 1 to 65535'],
  [{ PORT: '70000' }, 'PORT=70000: give a port number from 1 to 65535'],
  [{ TIAN_CITY: 'wuxi' }, 'TIAN_CITY=wuxi: give the six-digit division code of a city pack, such as 320200'],
  [
    { TIAN_PUBLIC_URL: 'https://dianti.example.cn/app' },
    'TIAN_PUBLIC_URL=https://dianti.example.cn/app: give scheme and host only, such as https://dianti.example.gov.cn, or leave it out',
  ],
  [{ TIAN_DEMO: 'yes' }, 'TIAN_DEMO=yes: write 1 for the demo city, 0 for an empty system, or sandbox'],
  [{ TIAN_MQTT_PORT: '8081' }, 'TIAN_MQTT_PORT=8081: TIAN_INGEST_PORT uses this port already: choose another'],
  [{ TIAN_MQTT_TLS_CERT: 'c.pem' }, 'TIAN_MQTT_TLS_KEY=: TIAN_MQTT_TLS_CERT is set: set both or none'],
  [{ TIAN_INGEST_PROCESSES: '2' }, 'TIAN_NATS_URL=: 2 ingest processes share the elevators by NATS JetStream'],
  [{ TIAN_INGEST_SHARE: '1/3' }, 'TIAN_NATS_URL=: 3 ingest processes share the elevators by NATS JetStream'],
  [{ TIAN_INGEST_SHARE: '3/2' }, 'TIAN_INGEST_SHARE=3/2: write 1/1, or 2/3 for the second of three machines'],
  [{ TIAN_INGEST_PROCESSES: '17' }, 'TIAN_INGEST_PROCESSES=17: give a whole number from 1 to 16'],
  [
    { TIAN_INGEST_PROCESSES: '8', TIAN_INGEST_SHARE: '1/3', TIAN_NATS_URL: 'nats://n.invalid' },
    'TIAN_INGEST_PROCESSES=8: with TIAN_INGEST_SHARE that makes 24 in all: at most 16',
  ],
  [{ TIAN_NATS_URL: 'http://n.invalid' }, 'TIAN_NATS_URL=http://n.invalid: give nats://user:password@host:4222'],
])('%o is refused with the variable, its value and the remedy', (environment, line) => {
  expect(faultsOf(environment)).toContain(line);
});

test('all faults are named at once', () => {
  expect(faultsOf({ PORT: 'x', TIAN_LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2);
});

test('demo accounts never leave this machine: another host refuses the demo', () => {
  expect(faultsOf({ TIAN_HOST: '0.0.0.0' })).toMatch(/^TIAN_HOST=0\.0\.0\.0: the demo city/);
});

test('a sandbox is a demo that may be reached from outside, and never writes to phones', () => {
  const tls = { TIAN_MQTT_TLS_CERT: 'c.pem', TIAN_MQTT_TLS_KEY: 'k.pem' };
  const outside = configOf({ TIAN_DEMO: 'sandbox', TIAN_HOST: '0.0.0.0', ...tls });
  expect([outside.demo, outside.sandbox, describe(outside)]).toEqual([
    true,
    true,
    expect.stringContaining('TIAN_DEMO=sandbox'),
  ]);
  expect(faultsOf({ TIAN_DEMO: 'sandbox', TIAN_GATEWAY_URL: 'https://sms.example.cn/key/secret' })).toMatch(
    /^TIAN_GATEWAY_URL=https:\/\/sms\.example\.cn: a sandbox/,
  );
});

test('MQTT without TLS is refused off loopback', () => {
  expect(faultsOf({ TIAN_HOST: '0.0.0.0', TIAN_DEMO: '0' })).toContain('TIAN_MQTT_TLS_CERT');
});

test('passwords are not printed, neither in the description nor in a fault', () => {
  expect(describe(configOf({ TIAN_DATABASE_URL: 'postgres://u:hunter2@h/db' }))).not.toContain('hunter2');
  const twoNats = { TIAN_NATS_URL: 'nats://u:hunter2@a.invalid,nats://u:hunter2@b.invalid' };
  expect(describe(configOf(twoNats))).not.toContain('hunter2');
  expect(faultsOf({ TIAN_DATABASE_URL: 'mysql://u:hunter2@h/db' })).not.toContain('hunter2');
});
