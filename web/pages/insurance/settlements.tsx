import Button from 'antd/es/button/index.js';
import type { z } from 'zod';
import type { settlementView } from '../../../contract/insurance-policies.ts';
import { apiUrl } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Facts, Panel } from '../../ui/page.tsx';

type Sheet = z.infer<typeof settlementView>;

/** The sheet of a 接续 or 赎回 on screen: the same figures as on paper, and whether the books say them too. */
export function Settlement({ sheet }: { sheet: Sheet }) {
  const say = useSay();
  const word = useWord();
  return (
    <Panel
      title={say(`insurance.settle.title.${sheet.kind}`)}
      actions={
        <>
          <Mark tone={sheet.ties ? 'good' : 'warn'}>{say(sheet.ties ? 'web.settle.ties' : 'web.settle.differs')}</Mark>
          <Button size="small" href={apiUrl(`/insurance/documents/${sheet.id}/pdf`)} target="_blank">
            PDF
          </Button>
        </>
      }
    >
      <Facts
        rows={[
          [say('insurance.settle.from'), sheet.from],
          ...(sheet.to === null ? [] : [[say('insurance.settle.to'), sheet.to] as const]),
          [say('insurance.settle.reason'), sheet.reasonCode ? word('web.endorse.reason', sheet.reasonCode) : null],
          [say('insurance.settle.on'), say(`insurance.settle.on.${sheet.kind}`, { on: sheet.on })],
          [
            say('insurance.settle.days'),
            say('insurance.settle.days_value', { used: sheet.usedDays, term: sheet.termDays }),
          ],
          [say('insurance.settle.premium'), yuan(sheet.premium)],
          [say('insurance.settle.used'), yuan(sheet.used)],
          [say('insurance.settle.left'), yuan(sheet.left)],
        ]}
      />
      <DataTable
        short
        label={say('insurance.settle.payers')}
        rows={sheet.payers}
        rowId={(row) => row.payer}
        columns={[
          { key: 'payer', title: say('insurance.settle.payer'), cell: (row) => word('insurance.payer', row.payer) },
          { key: 'premium', title: say('insurance.settle.premium'), numeric: true, cell: (row) => yuan(row.premium) },
          { key: 'arrived', title: say('insurance.settle.arrived'), numeric: true, cell: (row) => yuan(row.arrived) },
          { key: 'used', title: say('insurance.settle.used'), numeric: true, cell: (row) => yuan(row.used) },
          { key: 'refund', title: say('insurance.settle.refund'), numeric: true, cell: (row) => yuan(row.refund) },
          {
            key: 'receivable',
            title: say('insurance.settle.receivable'),
            numeric: true,
            cell: (row) => yuan(row.receivable),
          },
        ]}
      />
      <p className="muted small">{say(`insurance.settle.note.${sheet.kind}`)}</p>
    </Panel>
  );
}
