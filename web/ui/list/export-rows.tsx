import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { useAct } from '../use-act.ts';
import type { Column } from './columns.tsx';
import { MOST_EXPORTED, type RowsState } from './rows.ts';
import { saveTable, tableOf } from './sheet.ts';

type ExportProps<Row> = { name: string; rows: RowsState<Row>; columns: readonly Column<Row>[] };

/** Save the list, with its filters and all its pages, as a spreadsheet of the columns that are shown. */
export function ExportRows<Row>({ name, rows, columns }: ExportProps<Row>) {
  const say = useSay();
  const act = useAct();
  const [isCut, setCut] = useState(false);
  const save = async () => {
    const all = await rows.everything();
    setCut(all.length >= MOST_EXPORTED);
    await saveTable(`${name} ${cityDay(today())}`, tableOf(columns, all));
  };
  return (
    <span className="row" aria-live="polite">
      {act.problem ? (
        <span className="mark danger">{say('web.list.export_failed', { reason: act.problem.title })}</span>
      ) : null}
      {isCut ? (
        <span className="small muted">{say('web.list.export_cut', { n: MOST_EXPORTED.toLocaleString('en-US') })}</span>
      ) : null}
      <Button size="small" loading={act.isRunning} onClick={() => void act.run(save)}>
        {say('web.list.export_xlsx')}
      </Button>
    </span>
  );
}
