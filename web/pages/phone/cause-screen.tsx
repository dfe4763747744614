import { useState } from 'react';
import { useSay } from '../../say.ts';
import { CausePicker } from './cause-picker.tsx';
import type { ScreenProps } from './job-page.tsx';
import { Thumb } from './next-act.tsx';

/** The cause as it was found afterwards, in both levels. */
export function CauseScreen({ onAct }: ScreenProps) {
  const say = useSay();
  const [cause, setCause] = useState({ classCode: '', detailCode: '' });
  const [remark, setRemark] = useState('');
  const isWhole = cause.classCode !== '' && cause.detailCode !== '';
  return (
    <>
      <main className="phone-body">
        <p className="phone-where">{say('phone.cause.title')}</p>
        <CausePicker label={say('phone.cause.class')} cause={cause} onChange={setCause} />
        <label className="phone-field">
          {say('phone.release.remark')}
          <textarea rows={3} maxLength={2_000} value={remark} onChange={({ target }) => setRemark(target.value)} />
        </label>
      </main>
      <Thumb
        main={
          <button
            type="button"
            className="phone-act"
            disabled={!isWhole}
            onClick={() => onAct({ do: 'cause', ...cause, method: '', remark: remark.trim(), corrects: null })}
          >
            {say('phone.cause.do')}
          </button>
        }
      />
    </>
  );
}
