import Button from 'antd/es/button/index.js';
import Checkbox from 'antd/es/checkbox/index.js';
import Popover from 'antd/es/popover/index.js';
import { type ReactNode, useState } from 'react';
import { useSay } from '../../say.ts';

/** One column of a list. `title` is already in the reader's language. */
export type Column<Row> = {
  key: string; // also the name it is sorted by
  title: string;
  cell: (row: Row) => ReactNode;
  text?: (row: Row) => string | number; // in an exported file, where it is not what the cell says
  numeric?: boolean;
  sortable?: boolean;
  offered?: boolean; // not shown until chosen
  wide?: boolean; // may take more room before it is cut off
};

type Chooser<Row> = {
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  toggle: (key: string) => void;
  reset: () => void;
};

/** Which columns a person sees in a list, kept on this device under the list's name. */
export function useColumns<Row>(list: string, columns: readonly Column<Row>[]): Chooser<Row> {
  const store = `tian_columns_${list}`;
  const [toggled, setToggled] = useState<readonly string[]>(() =>
    (localStorage.getItem(store) ?? '').split(',').filter(Boolean),
  );
  const keep = (keys: readonly string[]) => {
    localStorage.setItem(store, keys.join(','));
    setToggled(keys);
  };
  return {
    columns,
    shown: columns.filter(({ key, offered }) => Boolean(offered) === toggled.includes(key)),
    toggle: (key) => keep(toggled.includes(key) ? toggled.filter((k) => k !== key) : [...toggled, key]),
    reset: () => keep([]),
  };
}

/** The button that opens the list of columns. */
export function ColumnsButton<Row>({ chooser }: { chooser: Chooser<Row> }) {
  const say = useSay();
  const isShown = new Set(chooser.shown.map(({ key }) => key));
  const content = (
    <div className="stack">
      {chooser.columns.map(({ key, title }) => (
        <Checkbox key={key} checked={isShown.has(key)} onChange={() => chooser.toggle(key)}>
          {title}
        </Checkbox>
      ))}
      <Button size="small" onClick={chooser.reset}>
        {say('web.list.columns_reset')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button>{say('web.list.columns')}</Button>
    </Popover>
  );
}
