import Button from 'antd/es/button/index.js';
import Dropdown from 'antd/es/dropdown/index.js';
import { apiUrl, type Query } from '../../api.ts';
import { useSay } from '../../say.ts';

/** Download what the list shows, with its filters and order. The server writes the file and the browser saves it. */
export function ExportButton({ path, query }: { path: string; query: Query }) {
  const say = useSay();
  const items = (['csv', 'xlsx'] as const).map((format) => ({
    key: format,
    label: (
      <a href={apiUrl(path, { ...query, format })} download>
        {say(`web.list.export_${format}`)}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{say('web.list.export')} ▾</Button>
    </Dropdown>
  );
}
