import Button from 'antd/es/button/index.js';
import Select from 'antd/es/select/index.js';
import { STATISTIC_GROUPS } from '../../../contract/rescue-vocabulary.ts';
import { useSay } from '../../say.ts';
import { today } from '../../time.ts';
import { CalendarInput } from '../../ui/calendar-input.tsx';
import { type Period, spans } from './period.ts';
import '../../ui/list/filters.css';
import './statistics.css';

/** From, to, the usual spans, and what the figures are grouped by. */
export function PeriodBar({ period }: { period: Period }) {
  const say = useSay();
  return (
    <div className="filters">
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="row">
          <span className="muted">{say(`web.statistics.${end}`)}</span>
          <CalendarInput kind="day" value={period[end]} onChange={(day) => day && period.set({ [end]: day })} />
        </label>
      ))}
      {Object.entries(spans(today())).map(([name, span]) => (
        <Button
          key={name}
          aria-pressed={span.from === period.from && span.to === period.to}
          onClick={() => period.set(span)}
        >
          {say(`web.statistics.span.${name}`)}
        </Button>
      ))}
      <Select
        aria-label={say('web.statistics.by')}
        value={period.by}
        onChange={(by) => period.set({ by })}
        options={STATISTIC_GROUPS.map((group) => ({
          value: group,
          label: say('web.statistics.by_group', { group: say(`web.statistics.group.${group}`) }),
        }))}
        popupMatchSelectWidth={false}
      />
    </div>
  );
}
