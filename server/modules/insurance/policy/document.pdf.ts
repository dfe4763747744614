import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { capitals } from '../../../kernel/capital.ts';
import { type Language, say } from '../../../kernel/language.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { printPdf } from '../../../kernel/pdf.ts';
import { type DocumentContent, yuan } from './document.rules.ts';
import { settlementContent } from './settlement.pdf.ts';

export type Paper = { content: DocumentContent; hash: string; code: string; madeAt: Date; verifyUrl: string };

/** A paper as PDF, A4: only from its kept content, so that a reprint says what the first one said. */
export const documentPdf = (paper: Paper, language: Language): Promise<Buffer> => printPdf(sheet(paper, language));

function sheet({ content, hash, code, madeAt, verifyUrl }: Paper, language: Language): TDocumentDefinitions {
  const t = (key: string, params: Record<string, unknown> = {}) => say(`insurance.paper.${key}`, language, params);
  return {
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 60],
    info: { title: `${t(`title.${content.kind}`)} ${content.number}`, creationDate: madeAt, modDate: madeAt },
    defaultStyle: { font: 'Noto', fontSize: 9, lineHeight: 1.2 },
    footer: (page, of) => ({
      columns: [
        { text: `${t('hash')} ${hash.slice(0, 32)}\n${hash.slice(32)}`, fontSize: 6, color: '#666666' },
        { text: t('page', { page, of }), alignment: 'right', fontSize: 7 },
      ],
      margin: [48, 12, 48, 0],
    }),
    content: [
      head(content, { code, verifyUrl, t }),
      facts(content, { t, language }),
      ...changed(content, { t, language }),
      ...received(content, { t, language }),
      ...settlementContent(content, language),
      ...(isWhole(content) ? [covers(content, t)] : []),
      ...(content.kind === 'settlement' ? [] : [payers(content, { t, language })]),
      ...(isWhole(content) ? [schedule(content, t)] : []),
      seal(content, t),
    ],
  };
}

/** Papers that say the whole contract; a receipt and a settlement say what the money did. */
const isWhole = ({ kind }: DocumentContent) => kind === 'policy' || kind === 'endorsement';

type T = (key: string, params?: Record<string, unknown>) => string;
type Saying = { t: T; language: Language };
const payerName = (payer: string, language: Language) => say(`insurance.payer.${payer}`, language);

const head = (
  content: DocumentContent,
  { code, verifyUrl, t }: { code: string; verifyUrl: string; t: T },
): Content => ({
  columns: [
    {
      width: '*',
      stack: [
        { text: t(`title.${content.kind}`), bold: true, fontSize: 20 },
        { text: content.product, fontSize: 12, margin: [0, 4, 0, 0] },
        {
          text: `${t('number')} ${content.number}${content.no > 0 ? ` · ${t('no', { no: content.no })}` : ''}`,
          fontSize: 11,
        },
        { text: `${t('made')} ${content.on}` },
      ],
    },
    {
      width: 92,
      stack: [
        { qr: verifyUrl, fit: 84, eccLevel: 'M' },
        { text: t('verify'), fontSize: 6, margin: [0, 2, 0, 0] },
        { text: code, fontSize: 6 },
      ],
    },
  ],
  margin: [0, 0, 0, 12],
});

/** A sum that money was or will be paid by: in figures, and as bills are written. */
const inWords = (amountFen: number, { t, language }: Saying): string =>
  language === 'zh' ? t('in_words', { figure: yuan(amountFen), text: capitals(fen(amountFen)) }) : yuan(amountFen);

const facts = (c: DocumentContent, { t, language }: Saying): Content =>
  grid(
    [
      [t('holder'), c.holder],
      ...(c.agent ? [[t('agent'), c.agent]] : []),
      [t('term'), t('term_value', { from: c.from, to: c.to })],
      [t('filing'), t('filing_value', { filing: c.filingNo, version: c.tariffVersion })],
      [t('scheme'), c.scheme],
      ...c.members.map((m, i) => [i === 0 ? t('lead') : t('member'), `${m.name}  ${(m.shareBp / 100).toFixed(2)} %`]),
      [t('premium'), inWords(c.premium, { t, language })],
    ],
    [90, '*'],
  );

function changed({ change }: DocumentContent, { t, language }: Saying): Content[] {
  if (!change) return [];
  const rows = [
    [t('change'), t(`change.${change.kind}`)],
    [t('effective'), t('effective_value', { on: change.on })],
    [t('delta'), yuan(change.delta)],
    ...change.owed.map((p) => [payerName(p.payer, language), yuan(p.amount)]),
    ...(change.elevators.length > 0 ? [[t('elevators'), change.elevators.join('、')]] : []),
  ];
  return [{ text: t('change'), bold: true, margin: [0, 10, 0, 4] }, grid(rows, [90, '*'])];
}

const received = ({ received: rows }: DocumentContent, { t, language }: Saying): Content[] =>
  rows.length === 0
    ? []
    : [
        { text: t('received'), bold: true, margin: [0, 10, 0, 4] },
        grid(
          [
            ...rows.map((r) => [payerName(r.payer, language), r.on, amount(yuan(r.amount))]),
            [t('sum'), '', amount(yuan(total(rows)))],
          ],
          ['*', 90, 90],
        ),
        { text: inWords(total(rows), { t, language }), alignment: 'right', margin: [0, 4, 0, 0] },
      ];

const covers = (c: DocumentContent, t: T): Content => ({
  stack: [
    { text: t('coverages'), bold: true, margin: [0, 10, 0, 4] },
    grid(
      [
        [t('coverage'), ...[t('per_person'), t('per_accident'), t('aggregate'), t('deductible')].map(amount)],
        ...c.coverages.map((v) => [
          v.name,
          ...[limit(v.perPerson), limit(v.perAccident), limit(v.aggregate), yuan(v.deductible)].map(amount),
        ]),
      ],
      ['*', 90, 90, 90, 70],
    ),
  ],
});
const limit = (most: number | null) => (most === null ? '—' : yuan(most));

const payers = (c: DocumentContent, { t, language }: Saying): Content => ({
  stack: [
    { text: t('payers'), bold: true, margin: [0, 10, 0, 4] },
    grid(
      [
        ...c.owed.map((p) => [payerName(p.payer, language), amount(yuan(p.amount))]),
        [t('sum'), amount(yuan(total(c.owed)))],
      ],
      ['*', 110],
    ),
  ],
});

const schedule = (c: DocumentContent, t: T): Content => ({
  stack: [
    { text: t('schedule', { n: c.lines.length }), bold: true, margin: [0, 10, 0, 4] },
    {
      table: {
        headerRows: 1,
        widths: [62, '*', 58, 58, 62],
        body: [
          [
            ...[t('code'), t('address'), t('from'), t('to')].map((text) => ({ text, bold: true })),
            { ...amount(t('premium')), bold: true },
          ],
          ...c.lines.map((l) => [l.code, l.address, l.from, l.to, amount(yuan(l.premium))]),
        ],
      },
      layout: 'lightHorizontalLines',
      fontSize: 8,
    },
  ],
});

const total = (rows: readonly { amount: number }[]) => sum(rows.map((r) => fen(r.amount)));

/** An amount, or the head of its column: at the right. */
const amount = (text: string) => ({ text, alignment: 'right' as const });

/** The place for the lead insurer's seal, with the day the paper was made. */
const seal = (c: DocumentContent, t: T): Content => ({
  stack: [t('sealed', { insurer: c.members[0]?.name ?? '' }), c.on],
  alignment: 'right',
  fontSize: 10,
  margin: [0, 24, 0, 36],
  unbreakable: true,
});

const grid = (rows: (string | { text: string; alignment: 'right' })[][], widths: (number | string)[]): Content => ({
  table: { widths, body: rows },
  layout: {
    hLineWidth: () => 0.4,
    vLineWidth: () => 0.4,
    hLineColor: () => '#888888',
    vLineColor: () => '#888888',
  },
});
