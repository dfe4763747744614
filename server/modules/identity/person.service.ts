import { keepAct } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { dayOf } from '../../kernel/time.ts';
import { type DirectoryRefusal, judgeTerm, phoneText } from './directory.rules.ts';
import type { DirectoryDeps } from './org.service.ts';
import { findOrg } from './org.store.ts';
import {
  type CertificateFacts,
  endCertificate,
  findPerson,
  insertCertificates,
  insertPeople,
  NAME,
  type Person,
  type PersonFacts,
  PHONE,
  savePerson,
  sealFacts,
} from './person.store.ts';
import type { IdentityTables } from './tables.ts';

export type PersonDeps = DirectoryDeps & { secret: SecretData };

/** Record a person of an organisation. Name and phone are sealed before they are stored. */
export async function createPerson(
  deps: PersonDeps,
  viewer: Viewer,
  { orgId, ...facts }: PersonFacts & { orgId: OrgId },
): Promise<Result<PersonId, DirectoryRefusal>> {
  const phone = phoneText(facts.phone);
  if (!phone.ok) return phone;
  return deps.scoped(viewer, async (tx) => {
    const org = await findOrg(tx, orgId);
    if (!org) return refuse({ code: 'identity.not_found' } as const);
    if (org.closedOn) return refuse({ code: 'identity.org_closed' } as const);
    const id = deps.newId() as PersonId;
    await insertPeople(tx, deps.secret, [{ ...facts, phone: phone.value, id, org }]);
    return accept(id);
  });
}

export type PersonChange = { id: PersonId; version: number } & Partial<{
  [K in keyof PersonFacts]: PersonFacts[K] | undefined;
}>;

/** Change a person's name, phone or duties; what is left out stays. */
export const changePerson = (
  deps: PersonDeps,
  viewer: Viewer,
  { id, version, ...to }: PersonChange,
): Promise<Result<null, DirectoryRefusal>> =>
  onPerson(deps, { viewer, id }, async (tx, person) => {
    if (person.version !== version) return refuse({ code: 'identity.changed_meanwhile' });
    const phone = phoneText(to.phone ?? openPhone(deps.secret, person));
    if (!phone.ok) return phone;
    const name = to.name ?? openName(deps.secret, person);
    const facts = sealFacts(deps.secret, { name, phone: phone.value });
    const saved = await savePerson(tx, person, { facts, duties: to.duties ?? person.duties });
    return saved ? accept(null) : refuse({ code: 'identity.changed_meanwhile' });
  });

/** A person has left the organisation. Name and phone go when the retention rule says so. */
export const leavePerson = (deps: PersonDeps, viewer: Viewer, id: PersonId): Promise<Result<null, DirectoryRefusal>> =>
  onPerson(deps, { viewer, id }, async (tx, person) => {
    const saved = await savePerson(tx, person, { leftOn: dayOf(deps.now()) });
    return saved ? accept(null) : refuse({ code: 'identity.changed_meanwhile' });
  });

/** Record a certificate. The same number of the same kind counts once. */
export const addCertificate = (
  deps: PersonDeps,
  viewer: Viewer,
  { personId, ...certificate }: CertificateFacts & { personId: PersonId },
): Promise<Result<string, DirectoryRefusal>> =>
  onPerson(deps, { viewer, id: personId }, async (tx, person) => {
    const good = judgeTerm(certificate);
    if (!good.ok) return good;
    const org = person.orgId ? await findOrg(tx, person.orgId) : undefined;
    if (!org) return refuse({ code: 'identity.not_found' });
    const id = deps.newId();
    const added = await insertCertificates(tx, deps.secret, [{ ...certificate, id, personId, org }]);
    return added === 1 ? accept(id) : refuse({ code: 'identity.number_taken', number: certificate.number });
  });

/** A certificate was withdrawn, or replaced before its time. */
export const endCertificateOn = (
  deps: PersonDeps,
  viewer: Viewer,
  of: { personId: PersonId; id: string },
): Promise<Result<null, DirectoryRefusal>> =>
  deps.scoped(viewer, async (tx) =>
    (await endCertificate(tx, of, dayOf(deps.now()))) ? accept(null) : refuse({ code: 'identity.not_found' }),
  );

/** The plain name and phone of a person one may see. Who looked, when and why stays in the audit for ever. */
export const unmask = (
  deps: PersonDeps,
  viewer: Viewer,
  { id, reason }: { id: PersonId; reason: string },
): Promise<Result<{ id: PersonId; name: string; phone: string }, DirectoryRefusal>> =>
  onPerson(deps, { viewer, id }, async (tx, person) => {
    await keepAct(tx, { action: 'unmask', object: 'identity.person', rowId: id, after: { reason } });
    return accept({ id, name: openName(deps.secret, person), phone: openPhone(deps.secret, person) });
  });

/** The plain name; empty once erased. */
export const openName = (secret: SecretData, { name }: Pick<Person, 'name'>): string =>
  name ? secret.open(NAME, name) : '';
/** The plain phone; empty when none is known. */
export const openPhone = (secret: SecretData, { phone }: Pick<Person, 'phone'>): string =>
  phone ? secret.open(PHONE, phone) : '';

/** The shape of every act on a person: they must be seen, and not be erased. */
async function onPerson<T>(
  deps: PersonDeps,
  { viewer, id }: { viewer: Viewer; id: PersonId },
  act: (tx: Tx<IdentityTables>, person: Person) => Promise<Result<T, DirectoryRefusal>>,
): Promise<Result<T, DirectoryRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const person = await findPerson(tx, id);
    if (!person) return refuse({ code: 'identity.not_found' } as const);
    if (person.erasedAt) return refuse({ code: 'identity.erased' } as const);
    return act(tx, person);
  });
}
