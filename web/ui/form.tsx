import Button from 'antd/es/button/index.js';
import type { ReactNode } from 'react';
import { problemError } from '../problem.ts';
import { useSay } from '../say.ts';
import { Failing } from './states.tsx';
import type { Act } from './use-act.ts';

type FormProps = {
  act: Act;
  submit: string;
  onSubmit: () => void;
  children: ReactNode;
  onCancel?: () => void;
  block?: boolean;
  secondary?: boolean; // the other way out beside a primary act
};

/** Fields, then what was refused, then the one button that does it. Enter does it too. */
export function Form({ act, submit, onSubmit, children, onCancel, block = false, secondary = false }: FormProps) {
  const say = useSay();
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.isRunning) onSubmit();
      }}
    >
      {children}
      {act.problem ? <Failing error={problemError(act.problem)} /> : null}
      <div className="row">
        <Button
          type={secondary ? 'default' : 'primary'}
          htmlType="submit"
          loading={act.isRunning}
          block={block}
          size={block ? 'large' : 'middle'}
        >
          {submit}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{say('web.act.cancel')}</Button> : null}
      </div>
    </form>
  );
}
