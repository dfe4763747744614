import { useEffect, useState } from 'react';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { codeIn, plateIn } from './job.rules.ts';
import type { ScreenProps } from './job-page.tsx';
import { Thumb } from './next-act.tsx';
import { findPlace } from './position.ts';
import { canScan, Scanner } from './scanner.tsx';

/** On site: the plate proves the car, the position proves the place; neither holds the report back. */
export function ArriveScreen({ job, onAct }: ScreenProps) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [plate, setPlate] = useState(''); // an identity code the camera read: only the server can say whose it is
  const [isScanning, setScanning] = useState(false);
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
        <Scan isOpen={isScanning} onOpen={setScanning} onCode={setTyped} onPlate={setPlate} />
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

type ScanProps = {
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onCode: (code: string) => void;
  onPlate: (plate: string) => void;
};

/** The camera, where the browser can read codes by itself; elsewhere the digits are typed. */
function Scan({ isOpen, onOpen, onCode, onPlate }: ScanProps) {
  const say = useSay();
  const [isPossible, setPossible] = useState(false);
  const [isDenied, setDenied] = useState(false);
  useEffect(() => {
    void canScan().then(setPossible);
  }, []);
  if (!isPossible) return null;
  const denied = () => {
    setDenied(true);
    onOpen(false);
  };
  const read = (text: string) => {
    const [plate, code] = [plateIn(text), codeIn(text)];
    if (plate) onPlate(plate);
    else if (code) onCode(code);
    else return;
    onOpen(false);
  };
  return (
    <div className="stack">
      {isOpen ? <Scanner onText={read} onDenied={denied} /> : null}
      <button type="button" className="phone-small" onClick={() => onOpen(!isOpen)}>
        {say(isOpen ? 'phone.arrive.scan_stop' : 'phone.arrive.scan')}
      </button>
      <p className="muted">{say(isDenied ? 'phone.arrive.scan_denied' : 'phone.arrive.scan_why')}</p>
    </div>
  );
}
