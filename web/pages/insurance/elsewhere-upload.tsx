import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { elsewhereTableDone } from '../../../contract/insurance-elsewhere.ts';
import { apiUrl, upload } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { FileField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { useAct } from '../../ui/use-act.ts';

type Done = z.infer<typeof elsewhereTableDone>;

/** A table of policies issued elsewhere: looked at first, then recorded. Every fault is named with its row and column. */
export function ElsewhereUpload() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const isSeen = done?.dry === true && done.taken > 0;
  const send = async (dry: boolean) => {
    if (!file) return;
    setDone(await upload<Done>(`/insurance/policies/elsewhere/table?dry=${dry ? '1' : '0'}`, file));
    if (!dry) await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <>
      <Form
        act={act}
        submit={say(isSeen ? 'web.elsewhere.send' : 'web.elsewhere.look')}
        onSubmit={() => void act.run(() => send(!isSeen))}
      >
        <p className="muted">{say('web.elsewhere.table_what')}</p>
        <p>
          <a href={apiUrl('/insurance/policies/elsewhere/template.xlsx')}>{say('web.elsewhere.template')}</a>
        </p>
        <FileField
          label={say('web.roster.file')}
          accept=".xlsx,.csv"
          file={file}
          onChange={(chosen) => {
            setFile(chosen);
            setDone(null);
          }}
        />
      </Form>
      {done ? <Outcome done={done} /> : null}
    </>
  );
}

function Outcome({ done }: { done: Done }) {
  const say = useSay();
  const { rows, taken, known, policies } = done;
  const params = { rows, taken, known, policies, faults: done.faults.length };
  return (
    <section className="file-part" aria-live="polite">
      <h2>{say(done.dry ? 'web.elsewhere.would' : 'web.elsewhere.did', params)}</h2>
      {done.faults.length > 0 ? (
        <DataTable
          short
          label={say('web.elsewhere.faults')}
          rows={done.faults}
          rowId={(row) => `${row.row} ${row.column} ${row.code}`}
          columns={[
            { key: 'row', title: say('web.roster.row'), numeric: true, cell: (row) => row.row },
            { key: 'column', title: say('web.elsewhere.column'), cell: (row) => row.column },
            { key: 'value', title: say('web.elsewhere.value'), cell: (row) => row.value || '—' },
            { key: 'why', title: say('web.elsewhere.why'), wide: true, cell: (row) => row.why },
          ]}
        />
      ) : null}
    </section>
  );
}
