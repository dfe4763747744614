import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { DESK, OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import type { Overview } from '../../../contract/registry-search.ts';
import { get } from '../../api.ts';
import { PageMissing } from '../../frame/missing.tsx';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Goals } from './goals.tsx';
import { Headline } from './headline.tsx';
import { useOnline } from './online.ts';
import { OpenIncidents } from './open-incidents.tsx';
import { useOverviewColumns } from './overview-columns.tsx';
import { Start } from './start.tsx';
import { Waiting } from './waiting.tsx';
import './overview.css';

type Row = Overview['below'][number];

const DIVISION_CODE = /^\d{6,12}$/;

/** The city in figures, and every area below it, down to a building and its elevators. */
export function OverviewPage() {
  const { area = '' } = useParams();
  const own = useOwnArea();
  return area === '' || DIVISION_CODE.test(area) ? <Area area={area || own} /> : <PageMissing />;
}

/** The one district or street that somebody answers for: his overview begins there. Empty: it begins with the city. */
function useOwnArea(): string {
  const { reach, areas } = useMe();
  return reach === 'areas' && areas.length === 1 ? (areas[0]?.code ?? '') : '';
}

function Area({ area }: { area: string }) {
  const overview = useQuery({
    queryKey: ['registry', '/overview', area],
    queryFn: ({ signal }) => get<Overview>('/overview', { area }, signal),
  });
  return <Loaded query={overview}>{(data) => <AreaPage data={data} />}</Loaded>;
}

/** Whose empty overview is an empty city, which they fill by importing files. */
const SEE_CITY = [...OFFICIALS, ...DESK, 'housing_fund_office'];

function AreaPage({ data }: { data: Overview }) {
  const { here } = data;
  const { role } = useMe();
  const own = useOwnArea();
  const online = useOnline(BELOW[here.level], here.level === 'city' ? undefined : (here.code ?? undefined));
  // Who has no elevators of his own begins with what waits for him, and with what he can do here.
  if (here.elevators === 0 && !SEE_CITY.includes(role)) return <Start />;
  const isFirst = here.level === 'city' || here.code === own;
  return (
    <Page title={here.name} note={<Trail path={data.path} />}>
      <Headline here={here} online={online.all} />
      <OpenIncidents area={here.level === 'city' ? '' : (here.code ?? '')} />
      {isFirst ? <Waiting /> : null}
      {isFirst ? <Goals /> : null}
      <Below data={data} online={online} />
    </Page>
  );
}

/** What an area is counted by. */
const BELOW = {
  city: 'district',
  district: 'street',
  street: 'community',
  community: 'building',
  building: 'building',
} as const;

/** Where we are, from the city or one's own area down; every step leads back up. */
function Trail({ path }: { path: Overview['path'] }) {
  const own = useOwnArea();
  const from = Math.max(
    0,
    path.findIndex(({ code }) => code === own),
  );
  return (
    <nav className="row wrap trail" aria-label="breadcrumb">
      {path.slice(from, -1).map(({ code, name }, at) => (
        <span key={code} className="row">
          <Link to={paths.overview(at === 0 ? undefined : code)}>{name}</Link>
          <span aria-hidden="true">›</span>
        </span>
      ))}
    </nav>
  );
}

function Below({ data, online }: { data: Overview; online: ReturnType<typeof useOnline> }) {
  const say = useSay();
  const navigate = useNavigate();
  const columns = useOverviewColumns(online);
  const { hasEnded } = usePlace();
  const level = data.below[0]?.level ?? 'building';
  const rows = data.below.filter((row) => row.elevators > 0 || !hasEnded(row.code)); // former districts without elevators
  const open = (code: string) =>
    navigate(level === 'building' ? paths.elevators({ building: code }) : paths.overview(code));
  return (
    <Panel
      flush
      title={say(`web.overview.below.${level}`)}
      actions={<Link to={paths.elevators(areaOf(data))}>{say('web.overview.all_elevators')}</Link>}
    >
      {rows.length === 0 ? (
        <Empty title={say('web.overview.empty')} hint={say('web.overview.empty_hint')} />
      ) : (
        <DataTable
          short
          label={say(`web.overview.below.${level}`)}
          rows={rows}
          rowId={(row: Row) => row.code ?? ''}
          columns={columns}
          onOpen={(code) => void open(code)}
        />
      )}
    </Panel>
  );
}

const areaOf = ({ here }: Overview) => (here.level === 'city' ? {} : { area: here.code });
