import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { REGULATORS } from '../../../contract/identity-vocabulary.ts';
import { post, take } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Panel } from '../../ui/page.tsx';
import { saveBlob } from '../../ui/save.ts';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import type { Annex } from './annex.tsx';

type Report = Annex['reports'][number];

/** What was handed in, newest first, each to take away; and the act of handing in. */
export function AnnexReports({ data }: { data: Annex }) {
  const say = useSay();
  const { role, reach, areas } = useMe();
  const mayReport = REGULATORS.includes(role) && (reach === 'city' || areas.some(({ code }) => code === data.areaCode));
  const [printed, setPrinted] = useState({ contact: '', phone: '' });
  const keep = async ({ id, no }: Report) =>
    saveBlob(
      `annex-${data.areaCode}-${data.year}-${no}.xlsx`,
      await take(`/insurance/annex/reports/${id}/export`, printed),
    );
  const columns: readonly Column<Report>[] = [
    {
      key: 'no',
      title: say('web.annex.no'),
      cell: (row) => (row.no === 0 ? say('web.annex.first') : say('web.annex.correction', { no: row.no })),
    },
    { key: 'frozen', title: say('web.annex.frozen'), cell: (row) => <When at={row.frozenAt} /> },
    { key: 'until', title: say('web.annex.until'), cell: (row) => <When at={row.until} /> },
    { key: 'reporter', title: say('web.annex.reporter'), cell: (row) => row.reporter },
    { key: 'reason', title: say('web.annex.reason'), cell: (row) => row.reason || '—', wide: true },
    {
      key: 'elevators',
      title: say('insurance.annex.form1.elevators'),
      numeric: true,
      cell: (row) => row.elevators.toLocaleString('en-US'),
    },
    { key: 'hash', title: say('web.annex.hash'), cell: (row) => <code title={row.hash}>{row.hash.slice(0, 12)}</code> },
    {
      key: 'export',
      title: say('web.annex.take'),
      cell: (row) => <ActButton label="XLSX" onAct={() => keep(row)} />,
    },
  ];
  return (
    <Panel title={say('web.annex.reports')}>
      {data.reports.length === 0 ? (
        <Empty title={say('web.annex.none')} hint={say('web.annex.none_hint')} />
      ) : (
        <>
          <DataTable
            short
            label={say('web.annex.reports')}
            rows={data.reports}
            rowId={(row) => row.id}
            columns={columns}
          />
          <div className="facts">
            <TextField
              label={say('web.annex.contact')}
              hint={say('web.annex.contact_hint')}
              value={printed.contact}
              onChange={(contact) => setPrinted({ ...printed, contact })}
            />
            <TextField
              label={say('web.annex.phone')}
              value={printed.phone}
              onChange={(phone) => setPrinted({ ...printed, phone })}
            />
          </div>
        </>
      )}
      {mayReport ? <HandIn data={data} /> : null}
    </Panel>
  );
}

function HandIn({ data }: { data: Annex }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const { org } = useMe();
  const [given, setGiven] = useState({ reporter: org?.name ?? '', reason: '' });
  const isCorrection = data.reports.length > 0;
  const send = async () => {
    const { areaCode, kind, year } = data;
    await post('/insurance/annex/reports', { areaCode, kind, year, ...given });
    setGiven({ ...given, reason: '' });
    await queries.invalidateQueries({ queryKey: ['insurance', '/insurance/annex'] });
  };
  return (
    <Form
      act={act}
      submit={say(isCorrection ? 'web.annex.correct' : 'web.annex.hand_in')}
      onSubmit={() => void act.run(send)}
    >
      <div className="facts">
        <TextField
          label={say('web.annex.reporter')}
          value={given.reporter}
          onChange={(reporter) => setGiven({ ...given, reporter })}
        />
        {isCorrection ? (
          <TextField
            label={say('web.annex.reason')}
            hint={say('web.annex.reason_hint')}
            value={given.reason}
            onChange={(reason) => setGiven({ ...given, reason })}
          />
        ) : null}
      </div>
    </Form>
  );
}
