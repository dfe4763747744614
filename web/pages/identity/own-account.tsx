import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { sessionItemSchema } from '../../../contract/identity-session.ts';
import { get, remove } from '../../api.ts';
import { useSay } from '../../say.ts';
import { keepSession, useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { NewPasswordForm } from '../session/password-form.tsx';
import { browserOf } from './browser-of.ts';

type Session = z.infer<typeof sessionItemSchema>;

/** One's own account: what it may see, its password, where it is signed in. */
export function OwnAccountPage() {
  const say = useSay();
  const me = useMe();
  const queries = useQueryClient();
  return (
    <Page title={say('web.frame.account')} wide={false}>
      <Panel title={me.displayName}>
        <Facts
          rows={[
            [say('web.sign_in.username'), <code key="name">{me.username}</code>],
            [say('web.accounts.role'), say(`identity.role.${me.role}`)],
            [say('web.people.org'), me.org?.name],
            [
              say('web.accounts.areas'),
              me.areas.map(({ name }) => name).join(say('web.and')) || say(`web.accounts.reach.${me.reach}`),
            ],
            [say('web.sign_in.second_factor'), me.hasSecondFactor ? say('web.list.yes') : say('web.list.no')],
          ]}
        />
      </Panel>
      <OwnSessions />
      <Panel title={say('web.sign_in.change_password')}>
        <NewPasswordForm ownWish onDone={(state) => keepSession(queries, state)} />
      </Panel>
    </Page>
  );
}

function OwnSessions() {
  const say = useSay();
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: ['identity', '/me/sessions'],
    queryFn: () => get<readonly Session[]>('/me/sessions'),
  });
  const end = (id: string) => async () => {
    await remove(`/me/sessions/${id}`);
    await queries.invalidateQueries({ queryKey: ['identity', '/me/sessions'] });
  };
  return (
    <Panel flush title={say('web.accounts.sessions')}>
      <Loaded query={sessions} lines={3}>
        {(rows) => (
          <DataTable
            short
            label={say('web.accounts.sessions')}
            rows={rows}
            rowId={(row) => row.id}
            columns={[
              { key: 'started', title: say('web.accounts.started'), cell: (row) => <When at={row.startedAt} /> },
              { key: 'seen', title: say('web.accounts.seen'), cell: (row) => <When at={row.lastSeenAt} /> },
              { key: 'address', title: say('web.accounts.address'), cell: (row) => <code>{row.address}</code> },
              {
                key: 'agent',
                title: say('web.accounts.agent'),
                cell: (row) => <span title={row.agent}>{browserOf(row.agent) || say('web.state.unknown')}</span>,
              },
              {
                key: 'end',
                title: '',
                cell: (row) =>
                  row.current ? (
                    <Mark tone="good">{say('web.accounts.this_session')}</Mark>
                  ) : (
                    <ActButton label={say('web.accounts.end_session')} onAct={end(row.id)} />
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
