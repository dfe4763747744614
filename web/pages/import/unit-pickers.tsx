import Select from 'antd/es/select/index.js';
import type { ImportRunView } from '../../../contract/registry-imports.ts';
import { useSay } from '../../say.ts';
import './import.css';

type Units = ImportRunView['units'];
type Props = { fields: readonly string[]; units: Units; onChange: (units: Units) => void };

const SPEEDS: readonly Units['speed'][] = ['m/s', 'mm/s', 'ft/min'];
const LOADS: readonly Units['load'][] = ['kg', 'lb'];
const CRSS: readonly Units['crs'][] = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'];

/** In which units the table speaks, and in which reference system its coordinates are: as far as it may hold any. */
export function UnitPickers({ fields, units, onChange }: Props) {
  const say = useSay();
  const has = (field: string) => fields.includes(field);
  if (!has('lng')) return null;
  return (
    <div className="row wrap import-units">
      {has('speed') ? (
        <Picker
          label={say('web.elevator.fact.speed')}
          options={SPEEDS}
          value={units.speed}
          onChange={(speed) => onChange({ ...units, speed })}
        />
      ) : null}
      {has('load') ? (
        <Picker
          label={say('web.elevator.fact.load')}
          options={LOADS}
          value={units.load}
          onChange={(load) => onChange({ ...units, load })}
        />
      ) : null}
      <Picker
        label={say('web.elevator.fact.position')}
        options={CRSS}
        value={units.crs}
        onChange={(crs) => onChange({ ...units, crs })}
      />
    </div>
  );
}

type PickerProps<Unit extends string> = {
  label: string;
  options: readonly Unit[];
  value: Unit;
  onChange: (unit: Unit) => void;
};

function Picker<Unit extends string>({ label, options, value, onChange }: PickerProps<Unit>) {
  return (
    <label className="row">
      <span className="muted">{label}</span>
      <Select<Unit>
        aria-label={label}
        value={value}
        options={options.map((unit) => ({ value: unit, label: unit }))}
        onChange={onChange}
      />
    </label>
  );
}
