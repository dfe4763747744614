import { useState } from 'react';
import { useSay } from '../../say.ts';
import { Sheet } from './sheet.tsx';

const REASONS = ['busy', 'far', 'traffic', 'unwell', 'off_duty', 'other'] as const;

/** Why not: one tap for the usual reasons, own words for the rest. */
export function RefuseSheet({ onClose, onRefuse }: { onClose: () => void; onRefuse: (reason: string) => void }) {
  const say = useSay();
  const [chosen, setChosen] = useState<(typeof REASONS)[number] | null>(null);
  const [text, setText] = useState('');
  const reason = chosen === 'other' ? text.trim() : chosen ? say(`phone.refuse.${chosen}`) : '';
  return (
    <Sheet title={say('phone.refuse.title')} onClose={onClose}>
      <div className="phone-choices" role="radiogroup" aria-label={say('phone.refuse.title')}>
        {REASONS.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={chosen === one}
            className="phone-choice"
            onClick={() => setChosen(one)}
          >
            {say(`phone.refuse.${one}`)}
          </button>
        ))}
      </div>
      {chosen === 'other' ? (
        <label className="phone-field">
          {say('phone.refuse.text')}
          <input maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
      ) : null}
      <button type="button" className="phone-act" disabled={reason === ''} onClick={() => onRefuse(reason)}>
        {say('phone.refuse.do')}
      </button>
    </Sheet>
  );
}
