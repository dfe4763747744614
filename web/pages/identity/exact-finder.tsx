import Button from 'antd/es/button/index.js';
import Input from 'antd/es/input/index.js';
import { useState } from 'react';
import { useSay } from '../../say.ts';
import type { ListState } from '../../ui/list/list-state.ts';

/** Names and phones are kept encrypted: only the whole name or the whole number finds a person. */
export function ExactFinder({ state }: { state: ListState }) {
  const say = useSay();
  const [text, setText] = useState('');
  const find = () => {
    const whole = text.trim();
    if (whole) state.setFilter(/^\+?[\d-]{5,}$/.test(whole) ? 'phone' : 'name', whole);
    setText('');
  };
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        find();
      }}
    >
      <Input
        className="finder"
        aria-label={say('web.people.find')}
        placeholder={say('web.people.find')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit">{say('web.people.find_do')}</Button>
    </form>
  );
}
