import { Command } from 'commander';
import { factWord } from '../../contract/packs.ts';
import { configOrExit } from '../kernel/config.ts';
import { say } from '../kernel/language.ts';
import { describePackRefusal } from '../kernel/pack-files.ts';
import { type FactLine, factsOf } from '../kernel/packs.ts';
import { programDir } from '../kernel/program.ts';
import { type CityPack, loadCityPack } from '../packs.ts';
import { CommandError, commandLanguage } from './context.ts';

/** `tian pack`: the figures of a city, read as the server would read them, without touching a database. */
export const packCommand = (): Command =>
  new Command('pack')
    .description('check a city pack and list its figures with their sources')
    .addCommand(
      new Command('check')
        .description('say every fault by file, path, reason and remedy, or what the pack holds')
        .option('--city <code>', 'six-digit division code, otherwise TIAN_CITY')
        .action(async ({ city }: { city?: string }) => {
          console.log(summary(await packOrFault(city)));
        }),
    )
    .addCommand(
      new Command('list')
        .description('list every figure of one file: name, value, source; × where nobody has verified it')
        .argument('<file>', 'such as rescue')
        .option('--city <code>', 'six-digit division code, otherwise TIAN_CITY')
        .action(async (file: string, { city }: { city?: string }) => {
          console.log(listOf(await packOrFault(city), file));
        }),
    );

async function packOrFault(city: string | undefined): Promise<CityPack> {
  const config = configOrExit();
  const loaded = await loadCityPack({ city: city ?? config.city, programDir, extraDir: config.packsDir });
  if (!loaded.ok) throw new CommandError(describePackRefusal(loaded.refusal, commandLanguage));
  return loaded.value;
}

function summary({ manifest, files, versions }: CityPack): string {
  const draft = manifest.standing === 'draft' ? ' (draft)' : '';
  const head = `${manifest.code} ${manifest.name.zh} ${manifest.name.en}${draft}`;
  const lines = Object.entries(versions).map(([file, { name }]) => {
    const facts = factsOf(new Map<string, unknown>(Object.entries(files)).get(file));
    return `  ${name}  ${facts.filter((f) => f.verified).length}/${facts.length}`;
  });
  return [head, ...lines].join('\n');
}

function listOf({ files }: CityPack, file: string): string {
  const content = new Map<string, unknown>(Object.entries(files)).get(file);
  if (content === undefined) {
    throw new CommandError(`There is no file ${file}. There are: ${Object.keys(files).join(', ')}`);
  }
  return factsOf(content)
    .map((f) => `${f.verified ? '✓' : '×'} ${nameOf(file, f)} = ${shortValue(f)}  [${sourceOf(f)}]`)
    .join('\n');
}

const nameOf = (file: string, { path }: FactLine): string => `${say(factWord(file, path), commandLanguage)} (${path})`;

const shortValue = ({ value, unit }: FactLine): string => {
  const text = JSON.stringify(value);
  return `${text.length > 80 ? `${text.slice(0, 77)}…` : text}${unit ? ` ${unit}` : ''}`;
};

const sourceOf = ({ source }: FactLine): string =>
  'ref' in source ? source.ref : say('packs.notice', commandLanguage, { id: source.notice, clause: source.clause });
