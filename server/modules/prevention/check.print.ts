import { writeXlsx } from 'hucre';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { z } from 'zod';
import type { checkItem } from '../../../contract/prevention-figures.ts';
import { say } from '../../kernel/language.ts';
import { printPdf } from '../../kernel/pdf.ts';
import { dayOf } from '../../kernel/time.ts';

type Check = z.output<typeof checkItem>;
const word = (code: string, params: Readonly<Record<string, unknown>> = {}) =>
  say(`prevention.report.${code}`, 'zh', params);
const cell = (hours: number | null): string => (hours === null ? word('blank') : hours.toFixed(1));
const yuan = (fen: number): string =>
  (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** How many of what fell due were kept. */
const kept = (part: number, { whole, percent }: { whole: number; percent: number | null }): string =>
  percent === null ? word('none_due') : word('of', { part, whole, percent });

/** The figures of a check line by line, as both prints show them: name and value. */
export function linesOf({ figures }: Check): readonly (readonly [name: string, value: string])[] {
  const { payments, findings, letters, satisfaction } = figures;
  return [
    [word('paid_items'), `${payments.n + payments.withoutStart}`],
    [word('paid_amount'), yuan(payments.amount)],
    [word('hours_min'), cell(payments.min)],
    [word('hours_p50'), cell(payments.p50)],
    [word('hours_p90'), cell(payments.p90)],
    [word('hours_max'), cell(payments.max)],
    ...figures.promises.map(
      (p) => [word('promise', { name: p.name }), kept(p.kept, { whole: p.due, percent: p.percent })] as const,
    ),
    [word('visits'), `${figures.visits}`],
    [word('findings'), `${findings.found}`],
    [word('findings_in_time'), kept(findings.inTime, { whole: findings.due, percent: findings.percent })],
    [word('letters_in_time'), kept(letters.inTime, { whole: letters.due, percent: letters.percent })],
    [
      word('satisfaction'),
      satisfaction.percent === null
        ? word('too_few', { n: satisfaction.n })
        : word('satisfied', { percent: satisfaction.percent, n: satisfaction.n }),
    ],
  ];
}

/** The report of a check on A4: what was counted, what the office says, what the insurer answered. */
export async function checkPdf(check: Check): Promise<Buffer> {
  return printPdf(pageOf(check));
}

const heading = (text: string): Content => ({ text, bold: true, margin: [0, 12, 0, 4] });

function pageOf(check: Check): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [64, 64, 64, 72],
    defaultStyle: { font: 'Noto', fontSize: 11, lineHeight: 1.4 },
    info: { title: `${word('title')} ${check.number}` },
    footer: (page, of) => ({
      margin: [64, 16, 64, 0],
      fontSize: 7,
      color: '#555555',
      stack: [{ text: word('page', { page, of }) }, { text: word('hash', { hash: check.hash }) }],
    }),
    content: [
      { text: word('title'), alignment: 'center', fontSize: 18, bold: true },
      { text: check.number, alignment: 'center', fontSize: 9, color: '#555555', margin: [0, 2, 0, 12] },
      { text: word('about', { insurer: check.insurer, from: check.from, to: check.to }) },
      heading(word('figures')),
      {
        table: {
          widths: ['*', 160],
          body: linesOf(check).map(([name, value]) => [name, { text: value, alignment: 'right' as const }]),
        },
        layout: {
          hLineWidth: () => 0.5,
          vLineWidth: () => 0.5,
          hLineColor: () => '#999999',
          vLineColor: () => '#999999',
        },
        fontSize: 10,
      },
      { text: word('definitions'), fontSize: 8, color: '#555555', margin: [0, 4, 0, 0] },
      heading(word('opinion')),
      { text: check.opinion },
      ...(check.demands ? [heading(word('demands', { on: check.replyDueOn })), { text: check.demands }] : []),
      ...(check.repliedAt
        ? [heading(word('reply', { on: dayOf(new Date(check.repliedAt)) })), { text: check.reply }]
        : []),
      { text: check.office, alignment: 'right', margin: [0, 32, 0, 0] },
      { text: dayOf(new Date(check.madeAt)), alignment: 'right' },
    ],
  };
}

/** A figure stays one in a spreadsheet: 1,700.00 can be added up. */
const numberOf = (value: string): string | number =>
  /^[\d,]+(\.\d+)?$/.test(value) ? Number(value.replaceAll(',', '')) : value;

/** The same lines as a spreadsheet. */
export async function checkXlsx(check: Check): Promise<Buffer> {
  const rows = [
    [word('title'), check.number],
    [word('insurer'), check.insurer],
    [word('span'), `${check.from} – ${check.to}`],
    ...linesOf(check).map(([name, value]) => [name, numberOf(value)]),
    [word('opinion'), check.opinion],
    [word('demands', { on: check.replyDueOn }), check.demands],
    [word('reply', { on: check.repliedAt ? dayOf(new Date(check.repliedAt)) : '' }), check.reply],
    [word('hash', { hash: '' }), check.hash],
  ];
  const columns = [{ width: 44 }, { width: 60 }];
  return Buffer.from(await writeXlsx({ sheets: [{ name: word('title'), columns, rows }] }));
}
