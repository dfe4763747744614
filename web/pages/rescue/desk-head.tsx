import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';

const KEYS = [
  ['N', 'N'],
  ['/', 'slash'],
  ['D 1–5', 'D'],
  ['A', 'A'],
  ['R', 'R'],
  ['M', 'M'],
  ['E', 'E'],
  ['↑ ↓', 'arrows'],
  ['→ ←', 'fold'],
  ['?', 'help'],
] as const;

type Props = {
  count: number;
  drills: number;
  unplaced: number;
  keysOn: boolean;
  mutedSeconds: number;
  mute: () => void;
  onKeys: () => void;
  onFind: (code: string) => void;
  onCall: () => void;
  onShift: () => void;
};

/** The desk's own line: how many, one box for six digits, sound, keys. */
export function DeskHead({
  count,
  drills,
  unplaced,
  keysOn,
  mutedSeconds,
  mute,
  onKeys,
  onFind,
  onCall,
  onShift,
}: Props) {
  const say = useSay();
  const [code, setCode] = useState('');
  const type = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 6);
    setCode(digits);
    if (digits.length < 6) return;
    onFind(digits);
    setCode('');
  };
  return (
    <header className="desk-head">
      <h1>{say('rescue.desk.title')}</h1>
      <Mark tone={count > 0 ? 'danger' : 'good'}>{count}</Mark>
      {unplaced > 0 ? <Mark tone="danger">{say('rescue.unplaced.count', { n: unplaced })}</Mark> : null}
      {drills > 0 ? <Mark tone="plain">{say('rescue.desk.drills', { n: drills })}</Mark> : null}
      <input
        id="desk-find"
        inputMode="numeric"
        placeholder={say('rescue.desk.find')}
        aria-label={say('rescue.desk.find')}
        value={code}
        onChange={(e) => type(e.target.value)}
      />
      <Button type="primary" onClick={onCall}>
        {say('rescue.desk.new_call')} N
      </Button>
      <Button onClick={onShift}>{say('rescue.shift.title')}</Button>
      <span className="push" />
      <Button onClick={mute} disabled={mutedSeconds > 0}>
        {mutedSeconds > 0 ? say('rescue.desk.muted', { s: mutedSeconds }) : say('rescue.desk.mute')}
      </Button>
      <Button onClick={onKeys}>{say(keysOn ? 'rescue.desk.keys_on' : 'rescue.desk.keys_off')}</Button>
      <details id="desk-help">
        <summary>{say('rescue.desk.help')} ?</summary>
        <dl>
          {KEYS.map(([key, name]) => (
            <div key={name}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{say(`rescue.key.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </header>
  );
}
