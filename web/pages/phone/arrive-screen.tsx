import { useState } from 'react';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { codeIn } from './job.rules.ts';
import type { ScreenProps } from './job-page.tsx';
import { Thumb } from './next-act.tsx';
import { findPlace } from './position.ts';
import { Scan } from './scan.tsx';

/** On site: the plate proves the car, the position proves the place; neither holds the report back. */
export function ArriveScreen({ job, onAct }: ScreenProps) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [plate, setPlate] = useState(''); // an identity code the camera read: only the server can say whose it is
  const [isFinding, setFinding] = useState(false);
  const code = codeIn(typed);
  const arrive = async () => {
    setFinding(true);
    const at = await findPlace();
    const scanned = plate || code;
    onAct({ do: 'arrive', ...(at ? { at } : {}), ...(scanned ? { scanned } : {}) });
  };
  return (
    <>
      <main className="phone-body">
        <p className="phone-where">{say('phone.arrive.title')}</p>
        <p className="muted">{say('phone.arrive.hint')}</p>
        <label className="phone-field">
          {say('phone.arrive.code')}
          <input
            className="phone-digits"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={typed}
            onChange={(event) => setTyped(event.target.value.replaceAll(/\D/g, ''))}
          />
        </label>
        <Fit code={code} wanted={job.rescueCode} />
        {plate ? <Mark tone="good">{say('phone.arrive.plate_read')}</Mark> : null}
        <Scan onCode={setTyped} onPlate={setPlate} />
        <p className="muted">{say('phone.arrive.position')}</p>
      </main>
      <Thumb
        main={
          <button type="button" className="phone-act" disabled={isFinding} onClick={() => void arrive()}>
            {say(isFinding ? 'phone.arrive.locating' : 'phone.act.arrive')}
          </button>
        }
      />
    </>
  );
}

function Fit({ code, wanted }: { code: string | null; wanted: string | null }) {
  const say = useSay();
  if (!code || !wanted) return null;
  if (code === wanted) return <Mark tone="good">{say('phone.arrive.fits')}</Mark>;
  return (
    <p className="phone-held" role="alert">
      {say('phone.arrive.differs', { code: wanted })}
    </p>
  );
}
