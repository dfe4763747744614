import Select from 'antd/es/select/index.js';
import type { ImportRunView } from '../../../contract/registry.ts';
import { useSay } from '../../say.ts';
import './import.css';

type Units = ImportRunView['units'];
type Props = { units: Units; onChange: (units: Units) => void };

const SPEEDS: readonly Units['speed'][] = ['m/s', 'mm/s', 'ft/min'];
const LOADS: readonly Units['load'][] = ['kg', 'lb'];
const CRSS: readonly Units['crs'][] = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'];

/** In which units the table speaks, and in which reference system its coordinates are. */
export function UnitPickers({ units, onChange }: Props) {
  const say = useSay();
  const options = <Unit extends string>(list: readonly Unit[]) => list.map((unit) => ({ value: unit, label: unit }));
  return (
    <div className="row wrap import-units">
      <label className="row">
        <span className="muted">{say('web.elevator.fact.speed')}</span>
        <Select<Units['speed']>
          value={units.speed}
          options={options(SPEEDS)}
          onChange={(speed) => onChange({ ...units, speed })}
        />
      </label>
      <label className="row">
        <span className="muted">{say('web.elevator.fact.load')}</span>
        <Select<Units['load']>
          value={units.load}
          options={options(LOADS)}
          onChange={(load) => onChange({ ...units, load })}
        />
      </label>
      <label className="row">
        <span className="muted">{say('web.elevator.fact.position')}</span>
        <Select<Units['crs']>
          value={units.crs}
          options={options(CRSS)}
          onChange={(crs) => onChange({ ...units, crs })}
        />
      </label>
    </div>
  );
}
