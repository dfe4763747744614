import { z } from 'zod';
import { tellSupervisor } from '../kernel/child.ts';
import type { Kernel, Module } from '../kernel/module.ts';
import type { CityPack } from '../packs.ts';
import { readSenders } from '../simulate/credentials.ts';
import { demoClaims } from './claims.ts';
import { type Ask, startCrew } from './crew.ts';
import { isBeingFilled } from './filling.ts';
import { PAST_DAYS, seedPast } from './past.ts';
import { type DemoPart, isEmptyHouse, seedDemo } from './seed.ts';

const answer = z.object({
  state: z.enum(['none', 'filling', 'ready', 'failed']),
  step: z.enum(['people', 'elevators', 'parts', 'accounts']).nullable(),
  done: z.int(),
  of: z.int(),
});
type Answer = z.infer<typeof answer>;

/** What the demo is made of, and how its people call the house. */
type Means = { parts: readonly DemoPart[]; ask: Ask };

/** Fills an empty house behind the first page, and says how far it is. Does nothing where demo is off or something is there. */
export function demoModule(kernel: Kernel, pack: CityPack, { parts, ask }: Means): Module {
  let now: Answer = { state: 'none', step: null, done: 0, of: 0 };
  return {
    name: 'demo',
    routes: async (app) => {
      app.get(
        '/demo',
        {
          config: { access: 'public' },
          schema: { summary: 'How far the demo city is filled', response: { 200: answer } },
        },
        () => now,
      );
    },
    start: async () => {
      const { demo, dataDir } = kernel.config;
      if (!demo) return () => Promise.resolve();
      const found = await whatStands(kernel);
      if (found === 'half') now = { ...now, state: 'failed' };
      if (found === 'whole' && readSenders(dataDir).length > 0) return live(kernel, pack, ask); // filled by an earlier start
      if (found !== 'nothing') return () => Promise.resolve();
      now = { ...now, state: 'filling' };
      const started = kernel.now();
      let stop = () => Promise.resolve();
      const work = seedDemo({
        kernel,
        pack,
        parts,
        progress: (step, done, of) => (now = { state: 'filling', step, done, of }),
      }).then(
        async () => {
          now = { ...now, state: 'ready' };
          stop = await live(kernel, pack, ask);
          kernel.log.info({ seconds: (kernel.now().getTime() - started.getTime()) / 1000 }, 'the demo city is ready');
        },
        (error: unknown) => {
          // Said on the first page too: a demo that stays empty without a word would look like a broken product.
          now = { ...now, state: 'failed' };
          kernel.log.error({ error }, 'the demo city could not be filled');
        },
      );
      return async () => {
        await work;
        await stop();
      };
    },
  };
}

/** Half a city is one that was cut short and not removed, because something else stands there too. */
async function whatStands(kernel: Kernel): Promise<'nothing' | 'half' | 'whole'> {
  if (await isBeingFilled(kernel)) {
    kernel.log.error('the demo city is half filled beside the work of others; use another TIAN_DATA_DIR or database');
    return 'half';
  }
  return (await isEmptyHouse(kernel)) ? 'nothing' : 'whole';
}

/** The city lives: its boxes send, its people act, and its last weeks are written down behind them. Returns how to stop. */
async function live(kernel: Kernel, pack: CityPack, ask: Ask): Promise<() => Promise<void>> {
  let isRunning = true;
  tellSupervisor({ kind: 'demo_ready' });
  const stopCrew = await startCrew(kernel, ask);
  const past = writePast(kernel, pack, () => isRunning).then(
    (done) => kernel.log.info(done, 'the last weeks of the demo city are written'),
    (error: unknown) => kernel.log.error({ error }, 'the last weeks of the demo city could not be written'),
  );
  return async () => {
    isRunning = false;
    await Promise.all([stopCrew(), past]);
  };
}

/** The rescues of the last weeks, and what the invented insurer made of those that were long enough to be paid. */
async function writePast(kernel: Kernel, pack: CityPack, goOn: () => boolean) {
  const claims = await demoClaims(kernel, pack, PAST_DAYS);
  const written = await seedPast(kernel, pack, { goOn, ...(claims && { heard: claims.heard }) });
  return { written, claimants: (await claims?.work(goOn)) ?? 0 };
}
