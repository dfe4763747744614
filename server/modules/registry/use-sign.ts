import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { type Language, say } from '../../kernel/language.ts';
import { printPdf } from '../../kernel/pdf.ts';
import type { NoSign, UseSign } from './use-sign.rules.ts';

/** A sheet of signs: each with the address its code leads to, and at the end those for which none is printed. */
type SignSheet = {
  signs: readonly (UseSign & { url: string })[];
  without: readonly { code: string; address: string; reason: NoSign }[];
  hotline: string;
  language: Language;
};

const POINTS_PER_MM = 72 / 25.4;
const mm = (n: number): number => n * POINTS_PER_MM;
const SIGN_MM = { width: 182, height: 80 };
const GREY = '#999999';

/** 使用标志 as PDF: A4, three on a page with cutting lines, room for the seal of the registering authority. */
export const signsPdf = (sheet: SignSheet): Promise<Buffer> => printPdf(pageOf(sheet));

function pageOf({ signs, without, hotline, language }: SignSheet): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [mm(14), mm(14), mm(14), mm(14)],
    defaultStyle: { font: 'Noto', fontSize: 9, lineHeight: 1.15 },
    info: { title: say('registry.sign.title', language) },
    footer: (page, of) => ({
      text: say('registry.plate.page', language, { page, of }),
      alignment: 'center',
      fontSize: 7,
    }),
    content: [
      ...signs.map((sign): Content => framed(drawn(sign, { hotline, language }))),
      ...(without.length === 0 ? [] : [leftOut(without, language)]),
    ],
  };
}

const framed = (content: Content): Content => ({
  table: { widths: [mm(SIGN_MM.width)], heights: mm(SIGN_MM.height), dontBreakRows: true, body: [[content]] },
  layout: { hLineWidth: () => 0.3, vLineWidth: () => 0.3, hLineColor: () => GREY, vLineColor: () => GREY },
});

type Words = { hotline: string; language: Language };

function drawn(sign: UseSign & { url: string }, { hotline, language }: Words): Content {
  const t = (key: string, params: Record<string, unknown> = {}) => say(`registry.sign.${key}`, language, params);
  const { rescueCode } = sign;
  return {
    columns: [
      {
        width: mm(46),
        stack: [
          { qr: sign.url, fit: mm(42), eccLevel: 'Q' },
          { text: t('scan'), fontSize: 8, margin: [0, 4, 0, 6] },
          { text: say('registry.plate.code', language), fontSize: 8 },
          { text: rescueCode ? `${rescueCode.slice(0, 3)} ${rescueCode.slice(3)}` : '—', bold: true, fontSize: 20 },
          { text: say('registry.plate.call', language, { number: hotline }), bold: true, color: '#b3001b' },
        ],
      },
      {
        width: '*',
        stack: [
          { text: t('title'), bold: true, fontSize: 16, alignment: 'center', margin: [0, 0, 0, 6] },
          {
            table: { widths: [mm(30), '*'], body: factsOf(sign, language).map(factRow) },
            layout: {
              hLineWidth: () => 0.3,
              vLineWidth: () => 0,
              hLineColor: () => '#cccccc',
              paddingTop: () => 1,
              paddingBottom: () => 1,
            },
          },
          { text: t('seal'), alignment: 'right', color: '#666666', margin: [0, 8, mm(20), 0] },
        ],
      },
    ],
    columnGap: mm(4),
    margin: [mm(3), mm(3), mm(3), mm(2)],
  };
}

const factRow = ([name, value]: readonly [string, string]): Content[] => [
  { text: name, color: '#555555' },
  { text: value === '' ? '—' : value },
];

/** The lines of the sign, in the order of the printed form. */
function factsOf(sign: UseSign, language: Language): readonly (readonly [string, string])[] {
  const t = (key: string) => say(`registry.sign.${key}`, language);
  return [
    [t('kind'), `${t('elevator')} · ${say(`registry.variety.${sign.variety}`, language)}`],
    [t('registration'), sign.useRegistration ?? sign.registrationCode ?? ''],
    [t('device_code'), sign.deviceCode ?? ''],
    [t('in_house_no'), sign.inHouseNo],
    [t('use_unit'), sign.useUnit ?? ''],
    [t('address'), sign.address],
    [t('maintenance'), sign.maintenance ?? ''],
    [t('maker'), sign.maker ?? ''],
    [t('inspection'), sign.inspection ?? ''],
    [t('next_inspection'), sign.nextInspectionOn ?? ''],
  ];
}

function leftOut(without: SignSheet['without'], language: Language): Content {
  return {
    stack: [
      { text: say('registry.sign.left_out', language, { n: without.length }), bold: true, margin: [0, 10, 0, 4] },
      {
        table: {
          headerRows: 0,
          widths: [mm(40), '*', mm(60)],
          body: without.map(({ code, address, reason }) => [code || '—', address, say(reason, language)]),
        },
        layout: 'lightHorizontalLines',
        fontSize: 8,
      },
    ],
  };
}
