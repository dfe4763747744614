import { writeXlsxStream } from 'hucre/xlsx';

/** Rows as the bytes of a spreadsheet, written as they come. */
export async function* xlsxBytes(rows: AsyncIterable<string[]>, name: string): AsyncGenerator<Uint8Array> {
  const reader = writeXlsxStream(rows, { name }).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}
