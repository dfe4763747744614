import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { say } from '../kernel/language.ts';
import { bookOf, KNOWN_CODE_SETS } from '../modules/telemetry/codes.ts';
import { newCheck, type Remark } from '../simulate/conformance.ts';
import { CommandError, commandLanguage } from './context.ts';

type Options = { codeSet: string; live?: true; each: number };

/** `tian conformance`: what is wrong with a sender's stream, message by message and in sum. Ends with 1 on errors. */
export const conformanceCommand = (): Command =>
  new Command('conformance')
    .description("check a sender's messages (NDJSON, one a line) against the telemetry interface")
    .argument('[file]', 'the stream; standard input if not given or -')
    .option('--code-set <name>', `how its codes are read: ${KNOWN_CODE_SETS.map((s) => s.name).join(', ')}`, 'gbt24476')
    .option('--live', 'lines arrive as they are sent: compare their clocks with ours')
    .option('--each <n>', 'how many remarks of one kind to print in full', whole, 20)
    .action(run);

async function run(file: string | undefined, { codeSet, live, each }: Options): Promise<void> {
  const book = bookOf(KNOWN_CODE_SETS);
  if (!book.has(codeSet)) throw new CommandError(`There is no code set "${codeSet}".`);
  const check = newCheck({ book, codeSet });
  const counts = new Map<string, { grade: Remark['grade']; n: number }>();
  const hear = (remarks: readonly Remark[]) => {
    for (const remark of remarks) {
      const count = counts.get(remark.code) ?? { grade: remark.grade, n: 0 };
      counts.set(remark.code, { ...count, n: count.n + 1 });
      if (count.n < each) print(remark);
    }
  };
  const input = file === undefined || file === '-' ? process.stdin : createReadStream(file);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    hear(live ? check.line(line, Date.now()) : check.line(line));
  }
  hear(check.end());
  printSum(counts, { lines: String(check.lines()), elevators: String(check.elevators()) });
}

function print({ line, grade, code, params }: Remark): void {
  const where = line > 0 ? `${say('conformance.line', commandLanguage, { line })} ` : '';
  process.stdout.write(
    `${where}${say(`conformance.${grade}`, commandLanguage)}: ${say(code, commandLanguage, params)}\n`,
  );
}

type Counts = ReadonlyMap<string, { grade: Remark['grade']; n: number }>;

function printSum(counts: Counts, size: { lines: string; elevators: string }): void {
  const total = (grade: Remark['grade']) =>
    [...counts.values()].reduce((sum, c) => sum + (c.grade === grade ? c.n : 0), 0);
  const errors = total('error');
  process.stdout.write('\n');
  for (const [code, { grade, n }] of [...counts].sort((a, b) => b[1].n - a[1].n)) {
    process.stdout.write(`${String(n).padStart(8)}  ${grade.padEnd(8)} ${code}\n`);
  }
  const sum = { ...size, errors, warnings: total('warning') };
  process.stdout.write(`${say('conformance.sum', commandLanguage, sum)}\n`);
  process.stdout.write(`${say(errors > 0 ? 'conformance.fail' : 'conformance.pass', commandLanguage)}\n`);
  if (errors > 0) process.exitCode = 1;
}

function whole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('give a whole number');
}
