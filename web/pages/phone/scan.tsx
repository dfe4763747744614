import { useEffect, useState } from 'react';
import { useSay } from '../../say.ts';
import { codeIn, plateIn } from './job.rules.ts';
import { canScan, Scanner } from './scanner.tsx';

type ScanProps = { onCode: (code: string) => void; onPlate: (plate: string) => void };

/** The camera, where the browser can read codes by itself; elsewhere the digits are typed. */
export function Scan({ onCode, onPlate }: ScanProps) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const [isPossible, setPossible] = useState(false);
  const [isDenied, setDenied] = useState(false);
  useEffect(() => {
    void canScan().then(setPossible);
  }, []);
  if (!isPossible) return null;
  const denied = () => {
    setDenied(true);
    setOpen(false);
  };
  const read = (text: string) => {
    const [plate, code] = [plateIn(text), codeIn(text)];
    if (plate) onPlate(plate);
    else if (code) onCode(code);
    else return;
    setOpen(false);
  };
  return (
    <div className="stack">
      {isOpen ? <Scanner onText={read} onDenied={denied} /> : null}
      <button type="button" className="phone-small" onClick={() => setOpen(!isOpen)}>
        {say(isOpen ? 'phone.arrive.scan_stop' : 'phone.arrive.scan')}
      </button>
      <p className="muted">{say(isDenied ? 'phone.arrive.scan_denied' : 'phone.arrive.scan_why')}</p>
    </div>
  );
}
