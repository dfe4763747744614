import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { capitals } from '../../../kernel/capital.ts';
import { type Language, say } from '../../../kernel/language.ts';
import { fen } from '../../../kernel/money.ts';
import { printPdf } from '../../../kernel/pdf.ts';
import { yuan } from './document.rules.ts';
import type { NoticeContent } from './notice.store.ts';

export type NoticePaper = { content: NoticeContent; hash: string; madeAt: Date };

/** A premium notice on A4, only from its kept content. */
export const noticePdf = (paper: NoticePaper, language: Language): Promise<Buffer> => printPdf(sheet(paper, language));

function sheet({ content: c, hash, madeAt }: NoticePaper, language: Language): TDocumentDefinitions {
  const t = (key: string, params: Record<string, unknown> = {}) => say(`insurance.notice.${key}`, language, params);
  const inWords = (figure: string, text: string) => (language === 'zh' ? t('in_words', { figure, text }) : figure);
  const kindOf = (kind: string) => say(`web.endorse.kind.${kind}`, language);
  const rows = [
    [t('number'), c.number],
    ...(c.endorsement
      ? [[t('endorsement'), t('endorsement_value', { ...c.endorsement, kind: kindOf(c.endorsement.kind) })]]
      : []),
    [t('product'), c.product],
    [t('holder'), c.holder],
    [t('term'), t('term_value', { from: c.from, to: c.to })],
    [t('elevators'), String(c.elevators)],
    [t('part'), say(`insurance.payer.${c.payer}`, language)],
    ...(c.part ? [[t('instalment'), t('instalment_value', c.part)]] : []),
    [t('amount'), inWords(yuan(c.amount), capitals(fen(c.amount)))],
    [t('due'), c.dueOn],
    [t('account'), c.account.holder],
    [t('bank'), c.account.bank],
    [t('account_no'), c.account.number],
  ];
  return {
    pageSize: 'A4',
    pageMargins: [64, 64, 64, 72],
    info: { title: `${t('title')} ${c.number}-${c.no}`, creationDate: madeAt, modDate: madeAt },
    defaultStyle: { font: 'Noto', fontSize: 11, lineHeight: 1.4 },
    footer: () => ({ text: t('hash', { hash }), fontSize: 7, color: '#555555', margin: [64, 16, 64, 0] }),
    content: [
      { text: t('title'), alignment: 'center', fontSize: 18, bold: true },
      { text: `${t('no')} ${c.number}-${c.no}`, alignment: 'center', fontSize: 9, margin: [0, 4, 0, 16] },
      { text: t('to', { name: c.payerName }), bold: true, margin: [0, 0, 0, 8] },
      {
        table: {
          widths: [120, '*'],
          body: rows.map(([name = '', value = '']) => [{ text: name, color: '#444444' }, value]),
        },
        layout: {
          hLineWidth: () => 0.5,
          vLineWidth: () => 0.5,
          hLineColor: () => '#999999',
          vLineColor: () => '#999999',
        },
      },
      { text: remarkOf(c, t), margin: [0, 12, 0, 24] },
      { text: c.insurer, alignment: 'right' },
      { text: c.on, alignment: 'right' },
    ],
  };
}

type Say = (key: string, params: Record<string, unknown>) => string;

/** What to write with the transfer, and what follows when the money does not come. */
function remarkOf(c: NoticeContent, t: Say): string {
  if (!c.part) return t('remark', { number: c.number });
  return t(c.part.graceUntil ? 'remark_later' : 'remark_first', { ...c.part, number: `${c.number}-${c.no}` });
}
