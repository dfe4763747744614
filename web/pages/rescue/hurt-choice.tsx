import { useSay } from '../../say.ts';

type Props = { value: boolean | null; onChange: (isHurt: boolean | null) => void };

const VALUES: Readonly<Record<string, boolean | null>> = { unknown: null, no: false, yes: true };
const nameOf = (value: boolean | null) => Object.keys(VALUES).find((name) => VALUES[name] === value) ?? 'unknown';

/** Was somebody hurt? Asked with the release: claims hear of it from here. */
export function HurtChoice({ value, onChange }: Props) {
  const say = useSay();
  return (
    <label className="row">
      {say('phone.release.injuries')}
      <select value={nameOf(value)} onChange={(e) => onChange(VALUES[e.target.value] ?? null)}>
        <option value="unknown">{say('rescue.act.hurt_unknown')}</option>
        <option value="no">{say('phone.release.no')}</option>
        <option value="yes">{say('phone.release.yes')}</option>
      </select>
    </label>
  );
}
