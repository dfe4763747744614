import type { Content } from 'pdfmake/interfaces.js';
import { type Language, say } from '../../../kernel/language.ts';
import { type DocumentContent, yuan } from './document.rules.ts';

type Body = NonNullable<Extract<Content, { table: unknown }>['table']>['body'];
type Sheet = NonNullable<DocumentContent['settlement']>;
type T = (key: string, params?: Record<string, unknown>) => string;

const right = (amount: number) => ({ text: yuan(amount), alignment: 'right' as const });
const title = (text: string): Content => ({ text, bold: true, margin: [0, 10, 0, 4] });
const table = (widths: (number | string)[], body: Body, headerRows: 0 | 1 = 1): Content => ({
  table: { headerRows, widths, body },
  layout: 'lightHorizontalLines',
  fontSize: 8,
});

/** The head of a column; amounts and their heads stand at the right. */
const heading = (key: string) => (t: T) => ({ text: t(key), bold: true });
const overAmounts = (key: string) => (t: T) => ({ text: t(key), bold: true, alignment: 'right' as const });

/** The sheet of a 接续 or 赎回 on paper: who leaves and who comes, what was used, what goes back, line by line. */
export function settlementContent({ settlement: s }: DocumentContent, language: Language): Content[] {
  if (!s) return [];
  const t: T = (key, params = {}) => say(`insurance.settle.${key}`, language, params);
  return [
    title(t(`title.${s.kind}`)),
    head(s, { t, language }),
    { text: t(`note.${s.kind}`), fontSize: 8, margin: [0, 4, 0, 0] },
    title(t('payers')),
    payers(s, { t, language }),
    title(t('lines', { n: s.lines.length })),
    lines(s, t),
  ];
}

type Saying = { t: T; language: Language };

const head = (s: Sheet, { t, language }: Saying): Content =>
  table(
    [110, '*'],
    [
      [{ text: t('from'), bold: true }, s.from],
      ...(s.to === null ? [] : [[{ text: t('to'), bold: true }, s.to]]),
      ...(s.reasonCode === null
        ? []
        : [[{ text: t('reason'), bold: true }, say(`web.endorse.reason.${s.reasonCode}`, language)]]),
      [{ text: t('on'), bold: true }, t(`on.${s.kind}`, { on: s.on })],
      [{ text: t('days'), bold: true }, t('days_value', { used: s.usedDays, term: s.termDays })],
      ...(['premium', 'used', 'left', 'written'] as const).map((key) => [{ text: t(key), bold: true }, yuan(s[key])]),
      [{ text: t('claims'), bold: true }, t('claims_value', { paid: yuan(s.claims.paid), open: s.claims.open })],
    ],
    0,
  );

const payers = (s: Sheet, { t, language }: Saying): Content =>
  table(
    ['*', 66, 66, 66, 66, 66],
    [
      [heading('payer'), ...['premium', 'arrived', 'used', 'refund', 'receivable'].map(overAmounts)].map((cell) =>
        cell(t),
      ),
      ...s.payers.map((p) => [
        say(`insurance.payer.${p.payer}`, language),
        ...[p.premium, p.arrived, p.used, p.refund, p.receivable].map(right),
      ]),
    ],
  );

const lines = (s: Sheet, t: T): Content =>
  table(
    [62, '*', 66, 66, 66],
    [
      [...['code', 'address'].map(heading), ...['premium', 'used', 'left'].map(overAmounts)].map((cell) => cell(t)),
      ...s.lines.map((l) => [l.code, l.address, ...[l.premium, l.used, l.left].map(right)]),
    ],
  );
