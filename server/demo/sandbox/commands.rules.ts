import type { SandboxKeys } from '../../../contract/sandbox.ts';
import { TELEMETRY_TOPIC } from '../../modules/telemetry/wire.ts';

/** Where the doors of this installation are. */
export type At = { origin: string; host: string; mqttPort: number; mqttTls: boolean; now: Date };

/** What to type next: a token, something to read with it, and a first message where it may send. */
export function commandsFor({ clientId, secrets, grants, elevators }: SandboxKeys, at: At): readonly string[] {
  const [api, mqtt] = (['api', 'mqtt'] as const).map((door) => secrets.find((s) => s.door === door)?.secret);
  const code = elevators[0]?.rescueCode;
  const asked = `curl -s ${at.origin}/api/v1/oauth/token -d grant_type=client_credentials -d client_id=${clientId} -d client_secret=${api}`;
  const path = FIRST_READ.find(([grant]) => grants.includes(grant))?.[1];
  const tls = at.mqttTls ? ' --tls-use-os-certs' : '';
  return [
    `TOKEN=$(${asked} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    ...(path ? [`curl -s '${at.origin}${path}' -H "Authorization: Bearer $TOKEN"`] : []),
    ...(mqtt && code
      ? [
          `mosquitto_pub -h ${at.host} -p ${at.mqttPort}${tls} -V mqttv311 -q 1 -i ${clientId} -u ${clientId} -P ${mqtt} -t ${TELEMETRY_TOPIC} -m '${firstMessage(code, at.now)}'`,
        ]
      : []),
  ];
}

const FIRST_READ = [
  ['elevators:read', '/api/v1/elevators?limit=2'],
  ['incidents:read', '/api/v1/rescue/incidents'],
  ['role:underwriter', '/api/v1/insurance/policies'],
  ['role:broker', '/api/v1/insurance/policies'],
] as const;

const firstMessage = (rescueCode: string, now: Date): string =>
  JSON.stringify({
    elevator: { type: 'rescue_code', value: rescueCode },
    type: 'status',
    seq: 1,
    boot: 1,
    at: now.toISOString(),
    serviceMode: 1,
    carStatus: 0,
    carDirection: 0,
    doorZone: true,
    carPosition: 1,
    doorStatus: true,
    passengerStatus: false,
  });
