import { Command, Option } from 'commander';
import { z } from 'zod';
import type { OrgId } from '../kernel/ids.ts';
import type { Result } from '../kernel/result.ts';
import type { Manager } from '../modules/identity/account.service.ts';
import { GRANTS } from '../modules/identity/client.rules.ts';
import { changeClient, createClient, issueSecret } from '../modules/identity/client.service.ts';
import { listClients } from '../modules/identity/client.store.ts';
import { type IdentityDeps, identityDeps } from '../modules/identity/index.ts';
import { listOrgs } from '../modules/identity/org.views.ts';
import { CommandError, refused, withHouse } from './context.ts';

const TERMINAL: Manager = { actor: 'cli' };
const DOORS = ['api', 'mqtt'] as const;
const doorOption = () => new Option('-d, --door <door>', 'api (HTTPS) or mqtt').choices(DOORS).makeOptionMandatory();

/** `tian client`: other systems that send telemetry or read, and their secrets. */
export const clientCommand = (): Command =>
  new Command('client')
    .description('machine clients: make one, give it a secret per door, suspend it')
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(secretCommand())
    .addCommand(stateCommand('suspend', 'suspended', 'turn a client away, from this moment'))
    .addCommand(stateCommand('resume', 'active', 'let a suspended client work again'));

const listCommand = (): Command =>
  new Command('list').description('all machine clients: id, state, grants, name').action(() =>
    withHouse('tian client list', async ({ kernel }) => {
      for (const c of await listClients(identityDeps(kernel).db))
        print([c.id, c.state, c.grants.join(' '), c.name].join('\t'));
    }),
  );

type CreateOptions = { org?: string; wholeCity?: true; grant: string[]; door: string[] };

const createCommand = (): Command =>
  new Command('create')
    .description('make a machine client; prints its id and a secret for each door, this once')
    .argument('<name>', 'what it is called')
    .option('-o, --org <name or code>', 'the organisation it speaks for: its name, or the beginning of its credit code')
    .option('-w, --whole-city', 'it speaks for the whole city')
    .addOption(new Option('-g, --grant <grant...>', 'what it may do').choices(GRANTS).makeOptionMandatory())
    .addOption(new Option('-d, --door <door...>', 'doors it gets a secret for').choices(DOORS).default(['api']))
    .action((name: string, { org, wholeCity, grant, door }: CreateOptions) =>
      withHouse('tian client create', async ({ kernel }) => {
        const deps = identityDeps(kernel);
        const orgId = org === undefined ? null : await findOneOrg(deps, org);
        const id = valueOf(
          await createClient(deps, TERMINAL, { name, orgId, wholeCity: wholeCity ?? false, grants: grant }),
        );
        print(`client_id\t${id}`);
        for (const to of DOORS.filter((d) => door.includes(d)))
          await handOut(deps, { clientId: id, door: to, overlapHours: 0 });
      }),
    );

const secretCommand = (): Command =>
  new Command('secret')
    .description('give a client a new secret for one door; the one before it works on for a while')
    .argument('<id>', 'the client_id')
    .addOption(doorOption())
    .option('--overlap-hours <hours>', 'how long the old one still works, 0 to 720', '24')
    .action((clientId: string, { door, overlapHours }: { door: 'api' | 'mqtt'; overlapHours: string }) =>
      withHouse('tian client secret', ({ kernel }) => {
        const hours = z.coerce.number().int().min(0).max(720).safeParse(overlapHours);
        if (!hours.success) throw new CommandError('--overlap-hours: give a whole number from 0 to 720');
        return handOut(identityDeps(kernel), { clientId: uuid(clientId), door, overlapHours: hours.data });
      }),
    );

const stateCommand = (name: string, state: 'active' | 'suspended', about: string): Command =>
  new Command(name)
    .description(about)
    .argument('<id>', 'the client_id')
    .action((id: string) =>
      withHouse(`tian client ${name}`, async ({ kernel }) => {
        valueOf(await changeClient(identityDeps(kernel), TERMINAL, { id: uuid(id), state }));
      }),
    );

async function handOut(
  deps: IdentityDeps,
  of: { clientId: string; door: 'api' | 'mqtt'; overlapHours: number },
): Promise<void> {
  const { secret } = valueOf(await issueSecret(deps, TERMINAL, of));
  print(`${of.door}_secret\t${secret}`);
}

/** The organisation that a name or code means; refused when it means none, or several. */
async function findOneOrg({ db }: IdentityDeps, q: string): Promise<OrgId> {
  const found = await listOrgs(db, { q, closed: false, after: null, limit: 20 });
  const exact = found.filter((o) => o.name === q || o.uscc === q);
  const [only, ...others] = exact.length > 0 ? exact : found;
  if (!only) throw new CommandError(`No organisation is called ${q}.`);
  if (others.length > 0)
    throw new CommandError(
      `${q} may mean: ${[only, ...others].map((o) => `${o.name} (${o.uscc ?? 'no code'})`).join(', ')}.`,
    );
  return only.id;
}

function uuid(text: string): string {
  if (!z.uuid().safeParse(text).success)
    throw new CommandError(`${text} is no client_id: give the UUID that tian client list shows`);
  return text;
}

function valueOf<T>(result: Result<T, { code: string }>): T {
  if (!result.ok) throw refused(result.refusal);
  return result.value;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
