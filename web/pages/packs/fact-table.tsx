import type { CityPackSummary, PackFact } from '../../../contract/packs.ts';
import { hasWords } from '../../../words/index.ts';
import { type Say, useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Day } from '../../ui/when.tsx';
import './packs.css';

type Props = { file: string; facts: readonly PackFact[]; notices: CityPackSummary['notices'] };

/** One line per figure: where it stands, what it says, who says so. */
export function FactTable({ facts, ...about }: Props) {
  const say = useSay();
  const columns = useFactColumns(about);
  return <DataTable label={say('web.menu.packs')} rows={facts} rowId={(row) => row.path} columns={columns} />;
}

function useFactColumns({ file, notices }: Omit<Props, 'facts'>): readonly Column<PackFact>[] {
  const say = useSay();
  const word = useWord();
  const sourceText = ({ source }: PackFact) => {
    if ('ref' in source) return source.ref;
    const notice = notices.find(({ id }) => id === source.notice);
    return `${notice?.number ?? say('web.packs.notice', { n: source.notice })} ${source.clause}`;
  };
  const valueText = (fact: PackFact) =>
    fact.entries === null
      ? shown(fact.value, word)
      : say('web.packs.entries', { n: fact.entries.toLocaleString('en-US') });
  return [
    {
      key: 'path',
      title: say('web.packs.path'),
      cell: (row) => <span title={row.path}>{factName(file, row.path, say)}</span>,
    },
    {
      key: 'value',
      title: say('web.packs.value'),
      cell: (row) => <span title={valueText(row)}>{valueText(row)}</span>,
      numeric: true,
    },
    {
      key: 'unit',
      title: say('web.packs.unit'),
      cell: (row) => (row.unit ? word('packs.screen.unit', row.unit) : null),
    },
    { key: 'verified', title: say('web.packs.verified'), cell: (row) => <Verified fact={row} /> },
    {
      key: 'source',
      title: say('web.packs.source'),
      cell: (row) => <span title={sourceText(row)}>{sourceText(row)}</span>,
      wide: true,
    },
    { key: 'from', title: say('web.packs.from'), cell: (row) => <Day on={row.from} /> },
    {
      key: 'note',
      title: say('web.packs.note'),
      cell: (row) => <span title={row.note ?? ''}>{row.note}</span>,
      wide: true,
    },
  ];
}

function Verified({ fact }: { fact: PackFact }) {
  const say = useSay();
  return fact.verified ? (
    <Mark tone="good">{say('web.packs.is_verified')}</Mark>
  ) : (
    <Mark tone="unknown">{say('web.packs.not_verified')}</Mark>
  );
}

/** A choice by its word, another plain value as it is, of a composed one its parts; an empty list is none. */
function shown(value: PackFact['value'], word: ReturnType<typeof useWord>): string {
  if (value === null) return '—';
  if (typeof value === 'string') return word('packs.value', value);
  if (typeof value !== 'object') return String(value);
  const parts = Object.values(value).map((part) => shown(part, word));
  return parts.length === 0 ? '—' : parts.join(Array.isArray(value) ? '；' : ' ');
}

/** What people call a figure: the name of its place, or of the nearest place above that has one; `[2]` counts from one. */
export function factName(file: string, path: string, say: Say): string {
  const steps = path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter(Boolean);
  const named = steps.filter((step) => !/^\d+$/.test(step));
  const numbers = steps.filter((step) => /^\d+$/.test(step)).map((step) => Number(step) + 1);
  for (let length = named.length; length >= 0; length -= 1) {
    const code = ['packs.fact', file, ...named.slice(0, length)].join('.');
    if (hasWords(code)) return [say(code), ...numbers, ...named.slice(length)].join(' · ');
  }
  return path;
}
