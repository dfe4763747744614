import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { type Say, useSay, useWord } from '../../say.ts';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { When } from '../../ui/when.tsx';

/** What happened to a claim, newest first; what stood before is kept with every step. */
export function ClaimSteps({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  return (
    <Panel title={say('claims.tab.steps')}>
      <ol className="timeline">
        {claim.steps.toReversed().map((step) => (
          <li key={`${step.at} ${step.step}`}>
            <When at={step.at} />
            <span>
              {word('claims.step', step.step)}{' '}
              <span className="muted">
                {step.phase ? word('claims.phase', step.phase) : ''}
                {step.reserve === null ? '' : ` · ${say('claims.reserve')} ${yuan(step.reserve)}`}
                {step.decided === null ? '' : ` · ${say('claims.decided')} ${yuan(step.decided)}`}
                {` · ${actorWord(step.actor, say, word)}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** People stand as the end of their account's id, so that two can be told apart: names are the administrator's. */
const actorWord = (actor: string, say: Say, word: (prefix: string, value: string) => string): string => {
  const kind = actor.startsWith('event:') ? 'event' : actor.startsWith('rule:') ? 'rule' : actor;
  return /^[0-9a-f]{8}-/.test(kind)
    ? say('claims.actor.person', { tail: kind.slice(-4).toUpperCase() })
    : word('claims.actor', kind);
};
