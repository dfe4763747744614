import { hasWords, wordCodes } from '../../../words/index.ts';
import { useSay } from '../../say.ts';

/** The two-level list of causes: a class of one digit, a detail of three that begins with it. */
const codes = wordCodes().flatMap((code) => /^rescue\.cause\.(\d+)$/.exec(code)?.[1] ?? []);
const CLASSES = codes.filter((code) => code.length === 1);
const detailsOf = (classCode: string) => codes.filter((code) => code.length === 3 && code.startsWith(classCode));

export type Cause = { classCode: string; detailCode: string };

/** What the cause is called; the code itself where the list has grown past our words. */
const wordOf = (code: string): string => (hasWords(`rescue.cause.${code}`) ? `rescue.cause.${code}` : code);

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
          {CLASSES.map((code) => (
            <option key={code} value={code}>
              {say(wordOf(code))}
            </option>
          ))}
        </select>
      </label>
      {classCode ? (
        <label className="phone-field">
          {say('phone.release.cause_detail')}
          <select value={detailCode} onChange={({ target }) => onChange({ classCode, detailCode: target.value })}>
            <option value="">{say('phone.release.unknown')}</option>
            {detailsOf(classCode).map((code) => (
              <option key={code} value={code}>
                {say(wordOf(code))}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}
