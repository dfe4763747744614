import type { Config } from '../../kernel/config.ts';
import type { Logger } from '../../kernel/log.ts';
import { type MqttDoor, openMqttDoor } from '../../kernel/mqtt.ts';
import type { Caller, Callers } from './callers.service.ts';
import { ROOM_FOR_BOXES } from './carrier.ts';
import { MOST_MESSAGE_BYTES } from './ingest.ts';
import type { Intake } from './intake.ts';

export type MqttDeps = {
  config: Pick<Config, 'mqttPort' | 'host' | 'mqttTls'>;
  log: Logger;
  now: () => Date;
  callers: Callers;
  intake: Intake;
};

/** Connections one process holds; more are refused and counted. */
const MOST_CONNECTIONS = 20_000;
/** A packet may hold a message and its topic; a much larger one is cut off before it is read. */
const MOST_PACKET_BYTES = 4 * MOST_MESSAGE_BYTES;
/** Messages for elevators of others that a connection may send in a minute before it is shown out. */
const MOST_FOREIGN_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** One connection and what it has done wrong in this minute. */
type Connection = { caller: Caller; minute: number; foreign: number };

/** The MQTT door: QoS 1 is acknowledged when the message's commit stands. */
export function openTelemetryMqtt({ config, log, now, callers, intake }: MqttDeps): Promise<MqttDoor> {
  let inHand = 0; // messages not yet answered
  return openMqttDoor<Connection>({
    port: config.mqttPort,
    host: config.host,
    tls: config.mqttTls,
    maxConnections: MOST_CONNECTIONS,
    maxPacketBytes: MOST_PACKET_BYTES,
    log,
    full: () => inHand >= ROOM_FOR_BOXES,
    authenticate: async (username, password) => {
      const caller = await callers.byMqtt(username, password);
      return caller && { caller, minute: 0, foreign: 0 };
    },
    receive: (connection, message, answer) => {
      const source = callers.source(connection.caller);
      if (!source) return answer('close'); // its client was taken away while it was connected
      inHand += 1;
      intake.takeOne(source, message, (outcomes) => {
        inHand -= 1;
        if (outcomes === 'away') return answer('close');
        if (outcomes[0] !== 'foreign_elevator') return answer('acknowledge');
        const count = countForeign(connection, now().getTime());
        if (count > MOST_FOREIGN_A_MINUTE)
          log.warn({ source: source.id, count }, 'a sender speaks for elevators of others: disconnected');
        answer(count > MOST_FOREIGN_A_MINUTE ? 'acknowledge_and_close' : 'acknowledge');
      });
    },
  });
}

function countForeign(connection: Connection, nowMs: number): number {
  const minute = Math.floor(nowMs / MINUTE_MS);
  if (connection.minute !== minute) connection.foreign = 0;
  connection.minute = minute;
  connection.foreign += 1;
  return connection.foreign;
}
