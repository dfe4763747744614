import { useSearchParams } from 'react-router';
import { useSay } from '../../say.ts';
import { changed } from '../../ui/list/list-state.ts';
import { Page } from '../../ui/page.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { BankLines } from './bank-lines.tsx';
import { BankMatches } from './bank-matches.tsx';
import { Payables } from './payables.tsx';
import { Statements } from './statements.tsx';

const TABS = ['lines', 'matches', 'payables', 'statements'] as const;
const BODIES = { lines: BankLines, matches: BankMatches, payables: Payables, statements: Statements } as const;

/** The cashier's page: what the bank says, whose money it is, what is to be paid. */
export function BankPage() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const active = TABS.find((tab) => tab === params.get('tab')) ?? 'lines';
  const Body = BODIES[active];
  return (
    <Page title={say('web.menu.bank')} note={say('web.bank.what')}>
      <TabBar
        label={say('web.menu.bank')}
        tabs={TABS.map((key) => ({ key, title: say(`web.bank.tab.${key}`) }))}
        active={active}
        onChange={(tab) => setParams((now) => changed(now, { tab, open: '', show: '' }), { replace: true })}
      />
      <Body />
    </Page>
  );
}
