/**
 * Computes packs/000000-national/calendar.json from the npm package chinese-days (MIT), which copies the yearly notice
 * of the State Council's General Office. Run again each November, when the notice for the next year is out:
 *
 *   npx -y node@24 packs/scripts/calendar.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FIRST_YEAR = 2014; // the oldest notice the packs rest on is of this year

type Days = Readonly<Record<string, string>>; // day → 'English,中文,length'
const years = 'node_modules/chinese-days/dist/years';
const lines: string[] = [];
for (let year = FIRST_YEAR; ; year += 1) {
  const read = yearFile(year);
  if (!read) break;
  const source = { ref: `chinese-days 1.5.7：国务院办公厅关于${year}年部分节假日安排的通知` };
  const value = { holidays: Object.keys(read.holidays).toSorted(), workdays: Object.keys(read.workdays).toSorted() };
  lines.push(`  "${year}": ${JSON.stringify({ source, verified: false, value })}`);
}
writeFileSync('packs/000000-national/calendar.json', `{\n${lines.join(',\n')}\n}\n`);
process.stdout.write(`calendar: ${lines.length} years from ${FIRST_YEAR}\n`);

function yearFile(year: number): { holidays: Days; workdays: Days } | null {
  try {
    return JSON.parse(readFileSync(`${years}/${year}.json`, 'utf8'));
  } catch {
    return null; // the notice for that year is not out yet
  }
}
