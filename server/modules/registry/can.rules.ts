import { type Step, stepsFrom } from './life-cycle.rules.ts';
import type { State } from './vocabulary.rules.ts';

type Answer = true | { code: string };

/** What a role may do with a file in this state: a button that is not allowed says why. */
export function fileCan(
  file: { state: State; merged: boolean },
  { registrar, asker }: { registrar: boolean; asker: boolean },
): Record<string, Answer> {
  const closed: Answer = file.merged ? { code: 'registry.merged' } : true;
  const only = (may: boolean): Answer => (may ? closed : { code: 'kernel.forbidden' });
  const steps = stepsFrom(file.state).map((step: Step): [string, Answer] => [`step.${step}`, only(registrar)]);
  return {
    edit: only(registrar),
    ask: only(asker && !registrar),
    merge: only(registrar),
    ...Object.fromEntries(steps),
  };
}
