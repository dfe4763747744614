import type { CityPackSummary, PackFact } from '../../../contract/packs.ts';
import { useSay } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Day } from '../../ui/when.tsx';
import './packs.css';

type Props = { facts: readonly PackFact[]; notices: CityPackSummary['notices'] };

/** One line per figure: where it stands, what it says, who says so. */
export function FactTable({ facts, notices }: Props) {
  const say = useSay();
  const sourceText = ({ source }: PackFact) => {
    if ('ref' in source) return source.ref;
    const notice = notices.find(({ id }) => id === source.notice);
    return `${notice?.number ?? say('web.packs.notice', { n: source.notice })} ${source.clause}`;
  };
  const valueText = (fact: PackFact) =>
    fact.entries === null ? shown(fact.value) : say('web.packs.entries', { n: fact.entries.toLocaleString('en-US') });
  return (
    <DataTable
      label={say('web.menu.packs')}
      rows={facts}
      rowId={(row) => row.path}
      columns={[
        {
          key: 'path',
          title: say('web.packs.path'),
          cell: (row) => <code title={row.note ?? row.path}>{row.path.replace(/^\$\.?/, '')}</code>,
        },
        {
          key: 'value',
          title: say('web.packs.value'),
          cell: (row) => <span title={valueText(row)}>{valueText(row)}</span>,
          numeric: true,
        },
        { key: 'unit', title: say('web.packs.unit'), cell: (row) => row.unit },
        {
          key: 'verified',
          title: say('web.packs.verified'),
          cell: (row) =>
            row.verified ? (
              <Mark tone="good">{say('web.packs.is_verified')}</Mark>
            ) : (
              <Mark tone="warn">{say('web.packs.not_verified')}</Mark>
            ),
        },
        {
          key: 'source',
          title: say('web.packs.source'),
          cell: (row) => <span title={sourceText(row)}>{sourceText(row)}</span>,
        },
        { key: 'from', title: say('web.packs.from'), cell: (row) => <Day on={row.from} /> },
        { key: 'note', title: say('web.packs.note'), cell: (row) => <span title={row.note ?? ''}>{row.note}</span> },
      ]}
    />
  );
}

/** A plain value as it is; a composed one as short JSON. */
const shown = (value: PackFact['value']): string =>
  value === null ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);
