import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const bundled = createRequire(import.meta.url);
const font = (weight: string) => bundled.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`);

/** A paper as PDF in the project's own font `Noto`. Only what we name may be read, and nothing is fetched. */
export async function pdfOf(definition: TDocumentDefinitions): Promise<Buffer> {
  const [regular, bold] = [font('400Regular'), font('700Bold')];
  pdfmake.setFonts({ Noto: { normal: regular, bold, italics: regular, bolditalics: bold } });
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);
  pdfmake.setUrlAccessPolicy(() => false);
  return pdfmake.createPdf(definition).getBuffer();
}
