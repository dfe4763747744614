import { useQuery } from '@tanstack/react-query';
import type { SessionState } from '../../../contract/identity-session.ts';
import { get, post } from '../../api.ts';
import { problemError } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Failing, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

export type DemoAccount = { username: string; password: string; role: string; org: string; code: string | null };

type Props = {
  chosen: DemoAccount | null;
  onChoose: (account: DemoAccount) => void;
  onDone: (next: SessionState) => void;
};

/** The demo's accounts, one per role. A press fills in the account and its code of this moment, and signs in. */
export function DemoAccounts({ chosen, onChoose, onDone }: Props) {
  const say = useSay();
  const act = useAct();
  const accounts = useQuery({ queryKey: ['identity', 'demo-accounts'], queryFn: readAccounts });
  const enter = (account: DemoAccount) => {
    onChoose(account);
    void act.run(async () => {
      const state = await post<SessionState>('/session', { username: account.username, password: account.password });
      onDone(state.stage === 'second_factor' ? await prove(account) : state);
    });
  };
  return (
    <section className="panel">
      <header>
        <h2>{say('web.sign_in.demo')}</h2>
      </header>
      <p className="muted small" style={{ padding: '8px 12px' }}>
        {say('web.sign_in.demo_hint')}
      </p>
      {act.problem ? <Failing error={problemError(act.problem)} /> : null}
      <Loaded query={accounts}>
        {(rows) => (
          <ul className="demo-accounts">
            {rows.map((account) => (
              <li key={account.username}>
                <button
                  type="button"
                  className="plain"
                  disabled={act.isRunning}
                  aria-pressed={chosen === account}
                  onClick={() => enter(account)}
                >
                  <span>{say(`identity.role.${account.role}`)}</span>
                  <span className="muted small">
                    {account.username} · {account.org}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

const readAccounts = () => get<readonly DemoAccount[]>('/demo-accounts');

/** The code is read at this moment: the one that came with the list may be half a minute old. */
async function prove({ username }: DemoAccount): Promise<SessionState> {
  const now = (await readAccounts()).find((account) => account.username === username);
  return post<SessionState>('/session/code', { code: now?.code ?? '' });
}
