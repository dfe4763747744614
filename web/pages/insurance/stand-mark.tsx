import { useSay, useWord } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { toneOf } from './policy-words.ts';

/** How a policy stands. One that was cancelled for a later day is in force until then, and says so. */
export function StandMark({ policy }: { policy: { state: string; leavesOn: string | null } }) {
  const say = useSay();
  const word = useWord();
  return policy.leavesOn ? (
    <Mark tone="warn">{say('web.policy.leaving', { on: policy.leavesOn })}</Mark>
  ) : (
    <Mark tone={toneOf(policy.state)}>{word('web.policy.state', policy.state)}</Mark>
  );
}
