import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The demo's senders with this installation's own random secrets. They exist on loopback only. */
const FILE = 'simulator.json';

const sender = z.object({
  name: z.string(),
  codeSet: z.string(), // also chooses the habits
  orgId: z.string().nullable(), // speaks for elevators of this maker; null: for every elevator
  door: z.enum(['mqtt', 'http']),
  clientId: z.string(), // user name at the MQTT door, client_id at the token door
  secret: z.string(), // of that door
});
const content = z.object({ senders: z.array(sender) });
export type Sender = z.infer<typeof sender>;

export function writeSenders(dataDir: string, senders: readonly Sender[]): void {
  const path = join(dataDir, FILE);
  writeFileSync(path, `${JSON.stringify({ senders }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600); // also when the file was there before
}

/** The demo's senders; none where there is no demo. */
export function readSenders(dataDir: string): readonly Sender[] {
  const path = join(dataDir, FILE);
  return existsSync(path) ? content.parse(JSON.parse(readFileSync(path, 'utf8'))).senders : [];
}
