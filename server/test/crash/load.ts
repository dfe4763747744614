import { connectAsync, type MqttClient } from 'mqtt';
import { TELEMETRY_TOPIC, type WireMessage } from '../../modules/telemetry/wire.ts';
import type { Sender } from '../../simulate/credentials.ts';

/** Everything this load numbers carries this boot: what the simulator or an earlier run sent is told apart by it. */
export const BOOT = 1_900_000_000;

/** What a sender was told: the platform has it. */
export type Acknowledged = { code: string; seq: number };

export type Load = {
  /** Report an entrapment of this elevator, with the alarm code of the sender's table. Resolves when acknowledged. */
  trap: (code: string) => Promise<void>;
  acknowledged: () => readonly Acknowledged[];
  sent: () => number;
  /** Send no more, and wait until everything is acknowledged. */
  drain: () => Promise<void>;
};

type Send = (messages: readonly WireMessage[]) => Promise<void>;
type Loading = { codes: readonly string[]; send: Send; alarmCode: string; everyMs: number; atOnce: number };

/**
 * Speak for these elevators without pause, in order for each: what was not acknowledged is sent again, as boxes do.
 */
function startLoad({ codes, send, alarmCode, everyMs, atOnce }: Loading): Load {
  const seqs = new Map<string, number>();
  const acknowledged: Acknowledged[] = [];
  const ready = [...codes]; // elevators with nothing on its way
  const open = new Set<Promise<void>>();
  let sent = 0;
  let ended = false;

  const message = (code: string, body: object): WireMessage => {
    const seq = (seqs.get(code) ?? 0) + 1;
    seqs.set(code, seq);
    return Object.assign(
      { elevator: { type: 'registration_code', value: code }, seq, boot: BOOT, at: new Date().toISOString() },
      body,
    ) as WireMessage;
  };
  const deliver = async (messages: readonly WireMessage[]): Promise<void> => {
    sent += messages.length;
    await send(messages);
    for (const { elevator, seq } of messages) acknowledged.push({ code: elevator.value, seq: seq ?? 0 });
  };
  const track = (work: Promise<void>): Promise<void> => {
    const whole = work.finally(() => open.delete(whole));
    open.add(whole);
    return whole;
  };
  const tick = setInterval(() => {
    const chosen = ended ? [] : ready.splice(0, atOnce);
    if (chosen.length === 0) return;
    const messages = chosen.map((code) => message(code, RUNNING));
    void track(deliver(messages).then(() => void ready.push(...chosen)));
  }, everyMs);

  return {
    trap: (code) => {
      const trapped = async (): Promise<void> => {
        // What it said before comes first; then the car stands and it says no more.
        while (!ready.includes(code)) await new Promise((resolve) => setTimeout(resolve, 50));
        ready.splice(ready.indexOf(code), 1);
        const alarm = { type: 'alarm', messageCode: alarmCode, messageId: `trap-${code}`, phase: 'add' };
        await deliver([message(code, STANDING), message(code, alarm)]);
      };
      return track(trapped());
    },
    acknowledged: () => acknowledged,
    sent: () => sent,
    drain: async () => {
      ended = true;
      clearInterval(tick);
      while (open.size > 0) await Promise.all(open);
    },
  };
}

const RUNNING = {
  type: 'status',
  serviceMode: 1,
  carStatus: 1,
  carDirection: 1,
  doorStatus: true,
  passengerStatus: true,
};
const STANDING = {
  type: 'status',
  serviceMode: 1,
  carStatus: 0,
  doorZone: false,
  doorStatus: true,
  passengerStatus: true,
};

type LoadOf = { sender: Sender; url: string; codes: readonly string[]; alarmCode: string };

/** Load over MQTT, QoS 1. The library sends again after a lost connection what had no PUBACK. */
export async function startMqttLoad({
  sender,
  url,
  codes,
  alarmCode,
}: LoadOf): Promise<Load & { close: () => Promise<void> }> {
  const client: MqttClient = await connectAsync(url, {
    clientId: `tian-crash-${process.pid}`,
    username: sender.clientId,
    password: sender.secret,
    protocolVersion: 4,
    reconnectPeriod: 300,
  });
  client.on('error', () => undefined); // the door is away: it connects again by itself
  const publish = async (message: WireMessage): Promise<void> => {
    const text = JSON.stringify(message);
    // Rejected when the connection ended before the PUBACK came: said again, with the same number.
    const isAcknowledged = () =>
      client.publishAsync(TELEMETRY_TOPIC, text, { qos: 1 }).then(
        () => true,
        () => false,
      );
    while (!(await isAcknowledged())) await new Promise((resolve) => setTimeout(resolve, 200));
  };
  const send: Send = async (messages) => {
    await Promise.all(messages.map(publish));
  };
  const load = startLoad({ codes, send, alarmCode, everyMs: 5, atOnce: 2 });
  return { ...load, close: () => client.endAsync(true) };
}

/** Load by HTTPS batches. A batch without its 200 is sent again whole, until it has one. */
export function startHttpLoad({ sender, url, codes, alarmCode }: LoadOf): Load {
  let token = '';
  const send: Send = async (messages) => {
    const body = JSON.stringify(messages);
    for (;;) {
      const answer = await fetch(`${url}/api/v1/telemetry/batches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      }).catch(() => undefined); // nobody listens at this moment
      if (answer?.status === 200) {
        const said = await answer.json().catch(() => undefined); // cut off in the middle: not acknowledged, said again
        if (said === undefined) continue;
        const { setAside, verdicts } = said as { setAside: number; verdicts: unknown };
        if (setAside > 0) throw new Error(`messages were set aside: ${JSON.stringify(verdicts)}`);
        return;
      }
      if (answer?.status === 401) token = (await fetchToken(url, sender)) ?? token;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  return startLoad({ codes, send, alarmCode, everyMs: 100, atOnce: 40 });
}

async function fetchToken(url: string, { clientId, secret }: Sender): Promise<string | undefined> {
  const answer = await fetch(`${url}/api/v1/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&scope=telemetry:write',
  }).catch(() => undefined); // asked again with the next try
  if (!answer?.ok) return undefined;
  const said = (await answer.json().catch(() => ({}))) as { access_token?: string }; // cut off: asked again
  return said.access_token;
}
