import { post } from '../../api.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { useReread } from './field.ts';

type Props = { label: string; title: string; means: string; path: string; onDone: () => void };

/** End something for good, after it was asked: a rescuer leaves, a station closes. */
export function EndButton({ label, title, means, path, onDone }: Props) {
  const reread = useReread();
  return (
    <ActButton
      label={label}
      confirm={{ title, consequence: means }}
      onAct={async () => {
        await post(path);
        await reread();
        onDone();
      }}
    />
  );
}
