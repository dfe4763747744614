import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const bundled = createRequire(import.meta.url);
const font = (weight: string) => bundled.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`);

/** Set a page as PDF. Its font is called `Noto`: Chinese letters, carried in the file. */
export async function printPdf(definition: TDocumentDefinitions): Promise<Buffer> {
  const [regular, bold] = [font('400Regular'), font('700Bold')];
  pdfmake.setFonts({ Noto: { normal: regular, bold, italics: regular, bolditalics: bold } });
  // Only what we name may be read, and nothing is fetched.
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);
  pdfmake.setUrlAccessPolicy(() => false);
  return pdfmake.createPdf(definition).getBuffer();
}
