import type { z } from 'zod';
import type { elsewhereTableDone } from '../../../contract/insurance-elsewhere.ts';
import { queryText } from '../../api.ts';
import { useSay } from '../../say.ts';
import { AnswerRows } from '../../ui/list/answer-rows.tsx';
import { TableUpload } from '../../ui/table-upload.tsx';

type Done = z.infer<typeof elsewhereTableDone>;

/** A table of policies issued elsewhere: looked at first, then recorded. Every fault is named with its row and column. */
export function ElsewhereUpload() {
  const say = useSay();
  return (
    <TableUpload<Done>
      words={{
        what: say('web.elsewhere.table_what'),
        template: say('web.elsewhere.template'),
        look: say('web.elsewhere.look'),
        send: say('web.elsewhere.send'),
      }}
      template="/insurance/policies/elsewhere/template.xlsx"
      to={(dry) => `/insurance/policies/elsewhere/table${queryText({ dry })}`}
      area="insurance"
      outcome={(done) => <Outcome done={done} />}
    />
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
        <AnswerRows
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
