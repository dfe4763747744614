import type { OrgId, PersonId } from '../kernel/ids.ts';
import type { CommunityPoint } from '../modules/identity/index.ts';
import { chineseNumber, type DemoOrg, demoOrgs } from '../modules/registry/demo-orgs.rules.ts';
import { type Seeded, seeded } from '../modules/registry/seeded.rules.ts';

/** The invented organisations and people of a demo city. Every name says that it is an example; phones begin with 100. */
export type Cast = { orgs: CastOrg[]; people: CastPerson[]; stations: Station[] };

export type CastOrg = {
  id: OrgId;
  key: string; // maker-3: how the rest of the demo names it
  kind: string;
  name: string;
  uscc: string | null;
  seatAreas: string[];
  workAreas: string[];
  licences: {
    id: string;
    kind: string;
    number: string;
    scope: string;
    issuer: string;
    issuedOn: string;
    expiresOn: string;
  }[];
};

export type CastPerson = {
  id: PersonId;
  orgId: OrgId;
  orgKey: string;
  name: string;
  phone: string;
  duties: string[];
  certificates: { id: string; kind: string; number: string; issuer: string; issuedOn: string; expiresOn: string }[];
};

/** A base of rescuers: a public station, or the duty room of a maintenance unit. */
export type Station = {
  orgId: OrgId;
  orgKey: string;
  name: string;
  lng: number;
  lat: number;
  areaCodes: string[];
  people: PersonId[];
  level: 1 | 2;
};

type Making = {
  elevators: number;
  places: readonly CommunityPoint[];
  districts: readonly { code: string; name: string }[];
  today: string;
  newId: () => string;
  checkSign: (first17: string) => string | null;
};

/** Everybody the demo needs, the same people every time but for their ids. */
export function makeCast(making: Making): Cast {
  const random = seeded(119);
  const orgs = [...unitsOf(making), ...officesOf(making)];
  const people: CastPerson[] = [];
  const serial = { n: 0 };
  for (const org of orgs) people.push(...staffOf(org, { making, random, serial }));
  return { orgs, people, stations: stationsOf({ making, random, orgs, people }) };
}

function unitsOf({ elevators, districts, today, newId, checkSign }: Making): CastOrg[] {
  const codes = districts.map((d) => d.code);
  return demoOrgs(elevators, codes, checkSign).map((org) => ({
    ...bare(org),
    id: newId() as OrgId,
    licences: licencesOf(org, today, newId),
  }));
}

const bare = (org: DemoOrg) => ({
  key: org.key,
  kind: org.kind,
  name: org.name,
  uscc: org.uscc,
  seatAreas: [org.districtCode],
  workAreas: [],
});

const LICENCE: Partial<Record<DemoOrg['kind'], string>> = {
  maintenance_unit: 'maintenance',
  maker: 'making',
  installer: 'installation',
  inspection_body: 'inspection',
};

function licencesOf(org: DemoOrg, today: string, newId: () => string): CastOrg['licences'] {
  const kind = LICENCE[org.kind];
  if (!kind) return [];
  const year = Number(today.slice(0, 4));
  const expiresOn = `${year + 1 + (org.name.length % 3)}-06-30`;
  const number = `示例TS${org.uscc.slice(-7)}`;
  const issuedOn = `${year - 2}-07-01`;
  return [{ id: newId(), kind, number, scope: '示例范围', issuer: '示例市场监督管理局', issuedOn, expiresOn }];
}

/** The broker may be paid commission: it holds a licence. */
function brokingLicence(today: string, newId: () => string): CastOrg['licences'][number] {
  const year = Number(today.slice(0, 4));
  const term = { issuedOn: `${year - 2}-01-01`, expiresOn: `${year + 1}-12-31` };
  return {
    id: newId(),
    kind: 'broking',
    number: '示例JJ0000001',
    scope: '示例范围',
    issuer: '示例金融监督管理局',
    ...term,
  };
}

/** Offices and others of whom a city has one, or one per district. */
function officesOf({ districts, today, newId }: Making): CastOrg[] {
  const org = (key: string, [kind, name]: readonly [kind: string, name: string], areas: string[] = []): CastOrg => ({
    id: newId() as OrgId,
    key,
    kind,
    name,
    uscc: null,
    seatAreas: areas,
    workAreas: areas,
    licences: [],
  });
  const all = districts.map((d) => d.code);
  return [
    org('regulator', ['regulator', '示例市特种设备安全监察处'], all),
    org('desk', ['rescue_centre', '示例市电梯应急处置中心'], all),
    org('department', ['department', '示例市住房和城乡建设局'], all),
    org('fund', ['housing_fund_office', '示例市住房维修资金管理中心'], all),
    org('insurer', ['insurer', '示例财产保险公司']),
    org('insurer-2', ['insurer', '示例安康保险公司']),
    org('insurer-3', ['insurer', '示例长江责任保险公司']),
    org('insurer-4', ['insurer', '示例惠民保险公司']),
    { ...org('broker', ['broker', '示例保险经纪公司']), licences: [brokingLicence(today, newId)] },
    org('association', ['association', '示例市电梯行业协会'], all),
    ...districts.map((d) => org(`regulator-${d.code}`, ['regulator', `示例${d.name}市场监督管理局`], [d.code])),
    ...districts.map((d) => org(`street-${d.code}`, ['street_office', `示例${d.name}街道办事处`], [d.code])),
    ...districts.map((d) => org(`station-${d.code}`, ['rescue_station', `示例${d.name}公共救援站`], [d.code])),
  ];
}

/** How many of which duty an organisation of a kind has. */
const STAFF: Readonly<Record<string, readonly (readonly [duty: string, count: number])[]>> = {
  property_company: [
    ['head', 1],
    ['safety_director', 1],
    ['safety_officer', 2],
  ],
  use_unit: [
    ['head', 1],
    ['safety_director', 1],
    ['safety_officer', 1],
  ],
  maintenance_unit: [
    ['maintenance_manager', 1],
    ['technician', 6],
  ],
  rescue_station: [['rescuer', 5]],
};

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];

type Staffing = { making: Making; random: Seeded; serial: { n: number } };

function staffOf(org: CastOrg, { making, random, serial }: Staffing): CastPerson[] {
  const year = Number(making.today.slice(0, 4));
  return (STAFF[org.kind] ?? []).flatMap(([duty, count]) =>
    Array.from({ length: count }, (): CastPerson => {
      serial.n += 1;
      const works = duty === 'technician' || duty === 'rescuer';
      const kind = works ? 'elevator_work' : 'safety_manager';
      const certificate = {
        id: making.newId(),
        kind,
        number: `示例T${String(serial.n).padStart(8, '0')}`,
        issuer: '示例市场监督管理局',
        issuedOn: `${year - 3}-05-01`,
        expiresOn: `${year + 1}-${String(random.between(1, 12)).padStart(2, '0')}-28`,
      };
      return {
        id: making.newId() as PersonId,
        orgId: org.id,
        orgKey: org.key,
        name: `${random.pick(SURNAMES)}示例${chineseNumber(1 + (serial.n % 999))}`,
        phone: `100${String(serial.n).padStart(8, '0')}`,
        duties: works ? [...new Set([duty, 'rescuer'])] : [duty],
        certificates: works || duty.startsWith('safety') ? [certificate] : [],
      };
    }),
  );
}

type Basing = { making: Making; random: Seeded; orgs: readonly CastOrg[]; people: readonly CastPerson[] };

/** Every maintenance unit has a duty room, every district a public station, somewhere among its elevators. */
function stationsOf({ making, random, orgs, people }: Basing): Station[] {
  return orgs
    .filter((org) => org.kind === 'maintenance_unit' || org.kind === 'rescue_station')
    .flatMap((org) => {
      const district = org.seatAreas[0];
      const near = making.places.filter((p) => p.districtCode === district);
      const place = near.length > 0 ? random.pick(near) : making.places[0];
      if (!place) return [];
      const crew = people.filter((p) => p.orgId === org.id && p.duties.includes('rescuer'));
      return [
        {
          orgId: org.id,
          orgKey: org.key,
          name: org.kind === 'rescue_station' ? org.name : `${org.name}值班点`,
          lng: place.lng,
          lat: place.lat,
          areaCodes: [place.districtCode, place.streetCode, place.communityCode],
          people: crew.map((p) => p.id),
          level: org.kind === 'rescue_station' ? (2 as const) : (1 as const),
        },
      ];
    });
}
