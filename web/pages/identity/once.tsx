import { useSay } from '../../say.ts';
import { Copyable } from '../../ui/copyable.tsx';

/** A secret that is shown this once. */
export function Once({ why, lines }: { why: string; lines: readonly (readonly [string, string])[] }) {
  return (
    <div className="once" role="status">
      <p>{why}</p>
      {lines.map(([label, text]) => (
        <p key={label}>
          <Copyable label={label} text={text} />
        </p>
      ))}
    </div>
  );
}

/** A password for one use, to be handed over. */
export function OncePassword({ password }: { password: string }) {
  const say = useSay();
  return <Once why={say('web.accounts.once')} lines={[[say('web.sign_in.password_label'), password]]} />;
}
