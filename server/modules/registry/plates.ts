import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { type Language, say } from '../../kernel/language.ts';
import { printPdf } from '../../kernel/pdf.ts';

/** One nameplate: what stands on it. */
export type Plate = { rescueCode: string; address: string; url: string };

const COLUMNS = 2;
const PLATE_MM = { width: 88, height: 50 };
const POINTS_PER_MM = 72 / 25.4;
const mm = (n: number): number => n * POINTS_PER_MM;

/** A sheet of nameplates as PDF: A4, ten on a page, with cutting lines. */
export async function platesPdf({ plates, ...words }: Words & { plates: readonly Plate[] }): Promise<Uint8Array> {
  return printPdf(sheet(plates, words));
}

type Words = { hotline: string; language: Language };

function sheet(plates: readonly Plate[], words: Words): TDocumentDefinitions {
  const rows: Content[][] = [];
  for (let i = 0; i < plates.length; i += COLUMNS) {
    const row = plates.slice(i, i + COLUMNS).map((plate) => drawn(plate, words));
    while (row.length < COLUMNS) row.push('');
    rows.push(row);
  }
  return {
    pageSize: 'A4',
    pageMargins: [mm(14), mm(14), mm(14), mm(16)],
    defaultStyle: { font: 'Noto', fontSize: 8, lineHeight: 1.1 },
    footer: (page, of) => ({
      text: say('registry.plate.page', words.language, { page, of }),
      alignment: 'center',
      fontSize: 7,
    }),
    content: [
      {
        table: {
          widths: Array.from({ length: COLUMNS }, () => mm(PLATE_MM.width)),
          heights: mm(PLATE_MM.height),
          dontBreakRows: true,
          body: rows,
        },
        layout: {
          hLineWidth: () => 0.3,
          vLineWidth: () => 0.3,
          hLineColor: () => '#999999',
          vLineColor: () => '#999999',
        },
      },
    ],
  };
}

const drawn = (plate: Plate, { hotline, language }: Words): Content => ({
  columns: [
    { width: mm(38), qr: plate.url, fit: mm(36), eccLevel: 'Q' },
    {
      width: '*',
      stack: [
        { text: say('registry.plate.title', language), bold: true, fontSize: 11 },
        { text: say('registry.plate.code', language), margin: [0, 4, 0, 0] },
        { text: `${plate.rescueCode.slice(0, 3)} ${plate.rescueCode.slice(3)}`, bold: true, fontSize: 24 },
        { text: say('registry.plate.call', language, { number: hotline }), bold: true, fontSize: 11, color: '#b3001b' },
        { text: say('registry.plate.scan', language), margin: [0, 2, 0, 0] },
        { text: plate.address, fontSize: 7, margin: [0, 2, 0, 0] },
      ],
    },
  ],
  columnGap: mm(3),
  margin: [mm(2), mm(4), mm(2), mm(2)],
});
