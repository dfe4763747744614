import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import type { Account } from './accounts.tsx';
import { OncePassword } from './once.tsx';

/** One account beside the list, and what an administrator may do with it. */
export function AccountSheet({ id }: { id: string }) {
  const account = useQuery({
    queryKey: ['identity', '/accounts', id],
    queryFn: ({ signal }) => get<Account>(`/accounts/${id}`, {}, signal),
  });
  return <Loaded query={account}>{(data) => <AccountFacts account={data} />}</Loaded>;
}

function AccountFacts({ account }: { account: Account }) {
  const say = useSay();
  const { nameOf } = usePlace();
  return (
    <article className="file-body">
      <h1 className="mono">{account.username}</h1>
      <p className="row">
        <Mark tone={account.state === 'active' ? 'good' : 'warn'}>{say(`web.accounts.state.${account.state}`)}</Mark>
        {account.demo ? <Mark tone="unknown">{say('web.sign_in.demo')}</Mark> : null}
      </p>
      <Facts
        rows={[
          [say('web.accounts.role'), say(`identity.role.${account.role}`)],
          [say('web.people.org'), account.org?.name],
          [say('web.accounts.person'), account.person ?? account.label],
          [say('web.accounts.areas'), account.areas.map(nameOf).join(say('web.and'))],
          [say('web.sign_in.second_factor'), account.hasSecondFactor ? say('web.list.yes') : say('web.list.no')],
          [say('web.accounts.sessions'), account.openSessions],
          [say('web.accounts.last'), <When key="last" at={account.lastSignInAt} />],
        ]}
      />
      <AccountActs account={account} />
    </article>
  );
}

function AccountActs({ account }: { account: Account }) {
  const say = useSay();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const does = (act: string) => async () => {
    await post(`/accounts/${account.id}/${act}`);
    await queries.invalidateQueries({ queryKey: ['identity', '/accounts'] });
  };
  const asking = (act: string) => ({
    title: say(`web.accounts.${act}_title`, { name: account.username }),
    consequence: say(`web.accounts.${act}_consequence`),
  });
  const { suspend, resetSecondFactor } = account.can;
  return (
    <div className="stack">
      {password ? <OncePassword password={password} /> : null}
      <div className="row wrap">
        {account.state === 'active' ? (
          <ActButton
            label={say('web.accounts.suspend')}
            can={suspend}
            confirm={asking('suspend')}
            onAct={does('suspension')}
          />
        ) : (
          <ActButton label={say('web.accounts.resume')} onAct={does('resumption')} />
        )}
        <ActButton
          label={say('web.accounts.reset_password')}
          confirm={asking('reset_password')}
          onAct={async () =>
            setPassword((await post<{ password: string }>(`/accounts/${account.id}/password-reset`)).password)
          }
        />
        <ActButton
          label={say('web.accounts.reset_factor')}
          can={resetSecondFactor}
          confirm={asking('reset_factor')}
          onAct={does('second-factor-reset')}
        />
        <ActButton
          label={say('web.accounts.end_sessions')}
          confirm={asking('end_sessions')}
          onAct={does('sessions-end')}
        />
      </div>
    </div>
  );
}
