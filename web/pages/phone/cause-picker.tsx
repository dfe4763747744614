import { useSay } from '../../say.ts';
import { CAUSE_CLASSES, causeDetailsOf, causeWord } from '../rescue/causes.rules.ts';

export type Cause = { classCode: string; detailCode: string };

/** Class first, then what belongs to it. Empty: not known yet. */
export function CausePicker({
  label,
  cause,
  onChange,
}: {
  label: string;
  cause: Cause;
  onChange: (cause: Cause) => void;
}) {
  const say = useSay();
  const { classCode, detailCode } = cause;
  return (
    <div className="stack">
      <label className="phone-field">
        {label}
        <select value={classCode} onChange={({ target }) => onChange({ classCode: target.value, detailCode: '' })}>
          <option value="">{say('phone.release.unknown')}</option>
          {CAUSE_CLASSES.map((code) => (
            <option key={code} value={code}>
              {say(causeWord(code))}
            </option>
          ))}
        </select>
      </label>
      {classCode ? (
        <label className="phone-field">
          {say('phone.release.cause_detail')}
          <select value={detailCode} onChange={({ target }) => onChange({ classCode, detailCode: target.value })}>
            <option value="">{say('phone.release.unknown')}</option>
            {causeDetailsOf(classCode).map((code) => (
              <option key={code} value={code}>
                {say(causeWord(code))}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}
