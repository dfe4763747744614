import type { Config } from '../../kernel/config.ts';
import { openLines } from '../../kernel/jetstream.ts';
import type { Carrier } from './carrier.ts';
import { openReceiver, type ReceiverDeps } from './receiver.ts';
import { openSender } from './sender.ts';
import { slotsOf } from './slot.rules.ts';

/** How the elevators are shared out, and by what. */
export type SharedConfig = Pick<Config, 'natsUrl' | 'city' | 'ingestProcesses' | 'ingestNumber' | 'ingestShare'>;

/** The slots of this process, by its settings. */
export const slotsBy = ({ ingestProcesses, ingestNumber, ingestShare }: SharedConfig): readonly number[] =>
  slotsOf({
    number: (ingestShare.number - 1) * ingestProcesses + ingestNumber,
    of: ingestProcesses * ingestShare.of,
  });

/** What stands between doors and store. */
export type Between = {
  carrier: Carrier;
  stopTaking: () => Promise<void>; // nothing more comes to the journal
  close: () => Promise<void>; // once the journal is done
};

type BetweenDeps = Omit<ReceiverDeps, 'lines'> & { now: () => Date; config: SharedConfig };

export async function openBetween(deps: BetweenDeps, slots: readonly number[]): Promise<Between> {
  const { config, journal, log } = deps;
  const nothing = (): Promise<void> => Promise.resolve();
  if (config.natsUrl === null) return { carrier: journal, stopTaking: nothing, close: nothing };
  const lines = await openLines({ url: config.natsUrl, name: `TIAN_TELEMETRY_${config.city}`, log });
  const sender = openSender({ ...deps, lines });
  const receiver = openReceiver({ ...deps, lines }, slots);
  const stopTaking = async (): Promise<void> => {
    await sender.stop();
    await receiver.stop();
  };
  return { carrier: sender, stopTaking, close: lines.close };
}
