import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { CityPackSummary, PackFileFacts } from '../../../contract/packs.ts';
import { get } from '../../api.ts';
import { usePreferences } from '../../preferences.ts';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { When } from '../../ui/when.tsx';
import { FactTable } from './fact-table.tsx';

/** The figures this city works with: each with its source, and whether somebody read it there. */
export function PacksPage() {
  const say = useSay();
  const pack = useQuery({ queryKey: ['packs', '/city-pack'], queryFn: () => get<CityPackSummary>('/city-pack') });
  return (
    <Page title={say('web.menu.packs')}>
      <Loaded query={pack}>{(data) => <PackBody pack={data} />}</Loaded>
    </Page>
  );
}

function PackBody({ pack }: { pack: CityPackSummary }) {
  const say = useSay();
  const { language } = usePreferences();
  const [params, setParams] = useSearchParams();
  const file = params.get('file') ?? pack.files[0]?.file ?? '';
  const version = pack.files.find((one) => one.file === file)?.version;
  return (
    <>
      <Panel
        title={`${pack.name[language]} ${pack.code}`}
        actions={
          pack.standing === 'issued' ? (
            <Mark tone="good">{say('web.packs.issued')}</Mark>
          ) : (
            <Mark tone="warn">{say('web.packs.draft')}</Mark>
          )
        }
      >
        <Facts rows={pack.notices.map((notice) => [say('web.packs.notice', { n: notice.id }), noticeText(notice)])} />
        {pack.remarks.map((remark) => (
          <p key={remark} className="muted small">
            {remark}
          </p>
        ))}
      </Panel>
      <section className="panel">
        <TabBar
          label={say('web.menu.packs')}
          tabs={pack.files.map(({ file: key, facts, verified }) => ({
            key,
            title: `${say(`web.packs.file.${key}`)} ${verified}/${facts}`,
          }))}
          active={file}
          onChange={(key) => setParams({ file: key }, { replace: true })}
        />
        {version ? <FileFacts key={version} version={version} pack={pack} /> : null}
      </section>
    </>
  );
}

const noticeText = ({ title, number, on }: CityPackSummary['notices'][number]): string =>
  [title, number, on].filter(Boolean).join(' · ');

function FileFacts({ version, pack }: { version: string; pack: CityPackSummary }) {
  const say = useSay();
  const facts = useQuery({
    queryKey: ['packs', '/city-pack', version],
    queryFn: () => get<PackFileFacts>(`/city-pack/${encodeURIComponent(version)}`),
  });
  return (
    <Loaded query={facts}>
      {(data) => (
        <>
          <p className="pack-version muted small">
            <code>{data.version}</code> · {say('web.packs.since')} <When at={data.since} />
          </p>
          <FactTable file={data.file} facts={data.facts} notices={pack.notices} />
        </>
      )}
    </Loaded>
  );
}
