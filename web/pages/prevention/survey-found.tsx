import { useSay } from '../../say.ts';
import { useFacts } from './facts.ts';
import { PhotoField } from './photo-field.tsx';
import type { Found } from './survey-draft.ts';
import './survey.css';

const SEVERITIES = ['general', 'serious', 'urgent'] as const;
const OWNERS = ['use_unit', 'maintenance_unit'] as const;

/** What was found, one card each, with its photos. */
export function FoundList({
  findings,
  onChange,
}: {
  findings: readonly Found[];
  onChange: (findings: Found[]) => void;
}) {
  const say = useSay();
  const { facts } = useFacts();
  const first = facts.categories[0]?.code ?? 'other';
  const add = () => {
    const fresh = {
      category: first,
      severity: 'general' as const,
      description: '',
      ownerKind: 'maintenance_unit' as const,
    };
    onChange([...findings, { id: crypto.randomUUID(), ...fresh, photos: [] }]);
  };
  return (
    <section className="stack">
      {findings.map((found, at) => (
        <FoundCard
          key={found.id}
          found={found}
          title={say('web.prevention.finding_no', { n: at + 1 })}
          onChange={(next) => onChange(findings.map((one) => (one.id === found.id ? next : one)))}
          onDrop={() => onChange(findings.filter((one) => one.id !== found.id))}
        />
      ))}
      <button type="button" className="phone-small" onClick={add}>
        ＋ {say('web.prevention.add_finding')}
      </button>
    </section>
  );
}

type CardProps = { found: Found; title: string; onChange: (found: Found) => void; onDrop: () => void };

function FoundCard({ found, title, onChange, onDrop }: CardProps) {
  const say = useSay();
  const { facts } = useFacts();
  return (
    <fieldset className="survey-found">
      <legend>{title}</legend>
      <label className="phone-field">
        {say('web.prevention.category')}
        <select value={found.category} onChange={({ target }) => onChange({ ...found, category: target.value })}>
          {facts.categories.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="phone-field">
        {say('web.prevention.what')}
        <textarea
          rows={2}
          maxLength={2_000}
          value={found.description}
          onChange={({ target }) => onChange({ ...found, description: target.value })}
        />
      </label>
      <Choice
        label={say('web.prevention.severity')}
        options={SEVERITIES.map((value) => ({ value, word: say(`web.prevention.severity.${value}`) }))}
        value={found.severity}
        onChange={(severity) => onChange({ ...found, severity })}
      />
      <Choice
        label={say('web.prevention.owner')}
        options={OWNERS.map((value) => ({ value, word: say(`web.prevention.owner.${value}`) }))}
        value={found.ownerKind}
        onChange={(ownerKind) => onChange({ ...found, ownerKind })}
      />
      <PhotoField photos={found.photos} onChange={(photos) => onChange({ ...found, photos })} />
      <button type="button" className="phone-small" onClick={onDrop}>
        {say('web.prevention.drop_finding')}
      </button>
    </fieldset>
  );
}

type ChoiceProps<V extends string> = {
  label: string;
  options: readonly { value: V; word: string }[];
  value: V;
  onChange: (value: V) => void;
};

function Choice<V extends string>({ label, options, value, onChange }: ChoiceProps<V>) {
  return (
    <section className="phone-field">
      <span>{label}</span>
      <div className={`phone-choices ${options.length === 3 ? 'three' : 'two'}`} role="radiogroup" aria-label={label}>
        {options.map((one) => (
          <button
            key={one.value}
            type="button"
            role="radio"
            aria-checked={value === one.value}
            className="phone-choice"
            onClick={() => onChange(one.value)}
          >
            {one.word}
          </button>
        ))}
      </div>
    </section>
  );
}
