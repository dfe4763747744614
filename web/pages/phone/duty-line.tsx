import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useReadAgain } from './jobs.ts';

/** Who I am to the desk, and whether I am on duty; the button turns it round. */
export function DutyLine({ label, isOn }: { label: string; isOn: boolean }) {
  const say = useSay();
  const act = useAct();
  const readAgain = useReadAgain();
  const turn = async () => {
    if (await act.run(() => post('/rescue/duty', { on: !isOn }))) readAgain();
  };
  return (
    <section className="phone-duty">
      <span className="stack">
        <strong>{label}</strong>
        <Mark tone={isOn ? 'good' : 'unknown'}>{say(isOn ? 'phone.duty.on' : 'phone.duty.off')}</Mark>
      </span>
      <button type="button" className="phone-small push" disabled={act.isRunning} onClick={() => void turn()}>
        {say(isOn ? 'phone.duty.end' : 'phone.duty.begin')}
      </button>
      {act.problem ? (
        <p className="phone-held" role="alert">
          {say('phone.duty.failed')}
        </p>
      ) : null}
    </section>
  );
}
