import { useQueryClient } from '@tanstack/react-query';
import Input from 'antd/es/input/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { policyFundingView, quoteFundingView } from '../../../contract/insurance-funding.ts';
import { put } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';

type View = z.infer<typeof quoteFundingView>;
type Coverage = View['coverages'][number];

const keyOf = (coverage: string, source: string) => `${coverage} ${source}`;

function typedOf({ coverages, named }: View): Readonly<Record<string, string>> {
  const own = coverages.map(({ id }) => ({ coverage: id, shares: [{ source: 'self', bp: 10_000 }] }));
  const given = named.length > 0 ? named : own;
  return Object.fromEntries(
    given.flatMap((f) => f.shares.map((s) => [keyOf(f.coverage, s.source), String(s.bp / 100)])),
  );
}

/** A percentage as typed, in basis points; null when it is none. */
const bpOf = (text: string): number | null => {
  if (text.trim() === '') return 0;
  const bp = Math.round(Number(text) * 100);
  return Number.isFinite(bp) && bp >= 0 && bp <= 10_000 ? bp : null;
};

/** Name the money of a quote, part by part; only sources the filed product lists can be chosen. */
export function FundingForm({ quoteId, view }: { quoteId: string; view: View }) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(() => typedOf(view));
  const [saved, setSaved] = useState<number | null>(null);
  const sources = [...new Set(view.coverages.flatMap((c) => c.sources))];
  const isWrong = Object.values(typed).some((text) => bpOf(text) === null);
  const send = async () => {
    const funding = view.coverages.map(({ id, sources: own }) => ({
      coverage: id,
      shares: own.map((source) => ({ source, bp: bpOf(typed[keyOf(id, source)] ?? '') ?? 0 })),
    }));
    const done = await put<{ elevators: number }>(`/insurance/quotes/${quoteId}/funding`, { funding });
    setSaved(done.elevators);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const cell = (row: Coverage, source: string) => {
    if (!row.sources.includes(source))
      return (
        <span className="muted" title={say('web.funding.not_allowed')}>
          —
        </span>
      );
    const key = keyOf(row.id, source);
    const text = typed[key] ?? '';
    return (
      <Input
        size="small"
        style={{ width: 72, textAlign: 'right' }}
        inputMode="decimal"
        aria-label={`${row.name} ${word('insurance.source', source)} %`}
        status={bpOf(text) === null ? 'error' : ''}
        value={text}
        onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
      />
    );
  };
  return (
    <Panel
      title={
        <>
          {say('web.funding.title')} <span className="muted small">{say('web.funding.what')}</span>
        </>
      }
      actions={
        view.differing > 0 ? <Mark tone="accent">{say('web.funding.differing', { n: view.differing })}</Mark> : null
      }
    >
      <Form act={act} submit={say('web.funding.save')} onSubmit={() => void (isWrong ? null : act.run(send))}>
        <DataTable
          short
          label={say('web.funding.title')}
          rows={view.coverages}
          rowId={(row) => row.id}
          columns={[
            { key: 'name', title: say('web.funding.coverage'), cell: (row) => row.name, wide: true },
            ...sources.map((source) => ({
              key: source,
              title: `${word('insurance.source', source)} %`,
              numeric: true,
              cell: (row: Coverage) => cell(row, source),
            })),
          ]}
        />
        {isWrong ? <span className="field-fault">{say('web.funding.fault')}</span> : null}
        {saved === null || act.problem ? null : <Mark tone="good">{say('web.funding.saved', { n: saved })}</Mark>}
      </Form>
    </Panel>
  );
}

type Paid = z.infer<typeof policyFundingView>[number];

/** What each source pays of a policy. */
export function PolicyFunding({ rows }: { rows: readonly Paid[] }) {
  const say = useSay();
  const word = useWord();
  if (rows.length === 0) return null;
  return (
    <Panel flush title={say('web.funding.title')}>
      <DataTable
        short
        label={say('web.funding.title')}
        rows={rows}
        rowId={(row) => `${row.coverage} ${row.source}`}
        columns={[
          {
            key: 'coverage',
            title: say('web.funding.coverage'),
            wide: true,
            cell: (row) => row.coverage ?? say('web.funding.whole'),
          },
          { key: 'source', title: say('web.funding.source'), cell: (row) => word('insurance.source', row.source) },
          { key: 'amount', title: say('web.funding.amount'), numeric: true, cell: (row) => yuan(row.amount) },
        ]}
      />
    </Panel>
  );
}
