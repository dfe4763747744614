import { Agent, request } from 'node:http';
import { statusOf } from './stage.ts';

export type HttpLoad = {
  port: number;
  token: string;
  elevators: number;
  batches: number;
  batchMessages: number;
  clients: number;
};
export type HttpResult = { seconds: number; acknowledged: number; cpuShare: number };

/** Send batches that were encoded before the clock starts, several at a time, each on a kept connection. */
export async function pushBatches(load: HttpLoad): Promise<HttpResult> {
  const { batches, batchMessages, elevators, clients } = load;
  const bodies = Array.from({ length: batches }, (_body, b) =>
    Buffer.from(
      Array.from({ length: batchMessages }, (_message, i) => {
        const n = b * batchMessages + i;
        return statusOf(n % elevators, Math.floor(n / elevators) + 1, new Date());
      }).join('\n'),
    ),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let acknowledged = 0;
  let next = 0;
  const client = async (): Promise<void> => {
    for (let body = bodies[next++]; body; body = bodies[next++]) {
      const answer = await post(load, agent, body);
      acknowledged += answer.stored;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, acknowledged, cpuShare: (user + system) / 1e6 / seconds };
}

const post = ({ port, token }: HttpLoad, agent: Agent, body: Buffer): Promise<{ stored: number }> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'content-length': body.length,
    };
    const sent = request(
      { port, host: '127.0.0.1', path: '/api/v1/telemetry/batches', method: 'POST', agent, headers },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${answer.statusCode} ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
