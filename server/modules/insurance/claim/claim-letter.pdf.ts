import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { say } from '../../../kernel/language.ts';
import { printPdf } from '../../../kernel/pdf.ts';
import type { Letter } from './claim-letter.store.ts';

/** A letter on A4, as its stored content says it. The hash at its foot is that of the content. */
export const letterPdf = (letter: Letter, contentHash: string): Promise<Buffer> => printPdf(page(letter, contentHash));

function page(letter: Letter, contentHash: string): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [64, 64, 64, 72],
    defaultStyle: { font: 'Noto', fontSize: 11, lineHeight: 1.5 },
    info: { title: `${letter.title} ${letter.number}` },
    footer: (at, of) => ({
      margin: [64, 16, 64, 0],
      fontSize: 7,
      color: '#555555',
      stack: [
        { text: say('insurance.letter.page', 'zh', { page: at, of, number: letter.number }) },
        { text: say('insurance.letter.hash', 'zh', { hash: contentHash }) },
      ],
    }),
    content: [
      { text: letter.from, alignment: 'center', fontSize: 12 },
      { text: letter.title, alignment: 'center', fontSize: 18, bold: true, margin: [0, 4, 0, 4] },
      { text: letter.number, alignment: 'center', fontSize: 9, color: '#555555', margin: [0, 0, 0, 16] },
      { text: `${letter.to}${say('insurance.letter.colon', 'zh')}`, bold: true, margin: [0, 0, 0, 8] },
      ...letter.paragraphs.slice(0, 1).map(paragraph),
      facts(letter),
      ...letter.paragraphs.slice(1).map(paragraph),
      {
        text: say('insurance.paper.sealed', 'zh', { insurer: letter.from }),
        alignment: 'right',
        margin: [0, 24, 0, 0],
      },
      { text: letter.on, alignment: 'right' },
    ],
  };
}

const paragraph = (text: string): Content => ({ text, margin: [0, 0, 0, 8], leadingIndent: 22 });

const facts = ({ rows }: Letter): Content => ({
  table: {
    widths: [120, '*'],
    body: rows.map(([name, value]) => [{ text: name, color: '#444444' }, { text: value }]),
  },
  layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => '#999999', vLineColor: () => '#999999' },
  fontSize: 10,
  margin: [0, 4, 0, 12],
});
