import Button from 'antd/es/button/index.js';
import { Link } from 'react-router';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { hasWords } from '../../../words/index.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Day } from '../../ui/when.tsx';
import { CLASSES } from './class-edit.tsx';
import { FileChange } from './edit-form.tsx';
import { TECHNICAL } from './file-edit.tsx';
import { LifeCycle } from './life-cycle.tsx';
import { PLACE } from './place-edit.tsx';

type Props = { elevator: ElevatorFileView };

/** What the elevator is, where it stands, how the notices count it, and what its file still lacks. */
export function FactsTab({ elevator }: Props) {
  const say = useSay();
  return (
    <>
      <Gaps elevator={elevator} />
      <Technical elevator={elevator} />
      <Place elevator={elevator} />
      <Classes elevator={elevator} />
      <div className="edits" key={elevator.version}>
        <FileChange elevator={elevator} kind={TECHNICAL} />
        <FileChange elevator={elevator} kind={PLACE} />
        <FileChange elevator={elevator} kind={CLASSES} />
        {elevator.can['merge'] === true ? (
          <Link to={paths.merge(elevator.id)}>
            <Button>{say('web.merge.title')}</Button>
          </Link>
        ) : null}
      </div>
      <LifeCycle elevator={elevator} />
    </>
  );
}

function Gaps({ elevator }: Props) {
  const say = useSay();
  const word = useWord();
  return (
    <section className="file-part">
      <h2>
        {say('web.elevator.quality', { n: elevator.quality })}{' '}
        {elevator.gaps.length === 0 ? <Mark tone="good">{say('web.elevator.no_gaps')}</Mark> : null}
      </h2>
      <ul>
        {elevator.gaps.map(({ code, points, by }) => (
          <li key={code} className="row wrap">
            <Mark tone="warn">{say(code)}</Mark>
            <span className="muted small">{say('web.elevator.gap', { points, by: word('registry.gap_by', by) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const metres = (mmPerS: number | null) => (mmPerS === null ? null : `${(mmPerS / 1_000).toFixed(2)} m/s`);
const kilograms = (kg: number | null) => (kg === null ? null : `${kg.toLocaleString('en-US')} kg`);

function Technical({ elevator }: Props) {
  const say = useSay();
  const word = useWord();
  const floors =
    elevator.bottomFloor === null || elevator.topFloor === null
      ? null
      : `${elevator.bottomFloor} – ${elevator.topFloor}`;
  const rows = [
    ['kind', word('registry.kind', elevator.kind)],
    ['variety', word('registry.variety', elevator.variety)],
    ['catalogue_2014', elevator.catalogue2014],
    ['catalogue_old', elevator.catalogueOld],
    ['brand', elevator.brand],
    ['model', elevator.model],
    ['speed', metres(elevator.speedMmPerS)],
    ['load', kilograms(elevator.loadKg)],
    ['floors', floors],
    ['stops', elevator.stops],
    ['made_on', <Day key="made" on={elevator.madeOn} />],
    ['installed_on', <Day key="installed" on={elevator.installedOn} />],
    ['in_use_on', <Day key="used" on={elevator.inUseOn} />],
    ['source', elevator.source],
  ] as const;
  const params = Object.entries(elevator.params).map(
    ([name, value]) => [word('registry.param', name), String(value)] as const,
  );
  return (
    <section className="file-part">
      <h2>{say('web.elevator.technical')}</h2>
      <Facts rows={[...rows.map(([key, value]) => [say(`web.elevator.fact.${key}`), value] as const), ...params]} />
    </section>
  );
}

function Place({ elevator }: Props) {
  const say = useSay();
  const { building, areaNames } = elevator;
  const area = [elevator.districtCode, elevator.streetCode, elevator.communityCode]
    .flatMap((code) => (code === null ? [] : [areaNames[code] ?? code]))
    .join(' › ');
  const position =
    building && building.lng !== null && building.lat !== null
      ? `${building.lng.toFixed(6)}, ${building.lat.toFixed(6)} (WGS-84)`
      : null;
  const given = building?.given ? `${building.given.lng}, ${building.given.lat} (${building.given.crs})` : null;
  return (
    <section className="file-part">
      <h2>{say('web.elevator.place')}</h2>
      <Facts
        rows={[
          [say('web.elevator.fact.area'), area],
          [say('web.elevator.fact.estate'), building?.estate],
          [say('web.elevator.fact.building'), building?.name],
          [say('web.elevator.fact.unit'), elevator.unit],
          [say('web.elevator.fact.road'), building?.road],
          [say('web.elevator.fact.position'), position],
          [say('web.elevator.fact.position_given'), given],
          [say('web.elevator.fact.power_feeder'), elevator.powerFeeder],
        ]}
      />
    </section>
  );
}

function Classes({ elevator }: Props) {
  const say = useSay();
  const word = useWord();
  const valueOf = (field: string, value: string) =>
    hasWords(`registry.class.${field}.${value}`)
      ? say(`registry.class.${field}.${value}`)
      : word(`registry.${field}`, value);
  return (
    <section className="file-part">
      <h2>{say('web.elevator.classes')}</h2>
      {elevator.classes.length === 0 ? <p className="muted">{say('web.elevator.no_classes')}</p> : null}
      <Facts
        rows={elevator.classes.map(({ field, value, source, asOfOn }) => [
          word('registry.class', field),
          <span key={field}>
            {valueOf(field, value)}{' '}
            <span className="muted small">
              {source} · {asOfOn}
            </span>
          </span>,
        ])}
      />
    </section>
  );
}
