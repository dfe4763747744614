import { expect, test } from 'vitest';
import { judgePassword } from './password.rules.ts';

const code = (password: string, username = 'duty-officer') => {
  const judged = judgePassword(password, username);
  return judged.ok ? 'good' : judged.refusal.code;
};

test.each([
  ['correct horse battery', 'good'],
  ['月下独酌花间一壶酒一', 'good'],
  ['kitchen-7-lamp', 'good'],
  ['short-1', 'identity.password_short'],
  ['九个汉字不够长的呀', 'identity.password_short'],
  ['a1b2c3d4e5'.repeat(13), 'identity.password_long'],
  ['aaaaaaaaaaaa', 'identity.password_plain'],
  ['abababababab', 'identity.password_plain'],
  ['1234567890', 'identity.password_plain'],
  ['0987654321', 'identity.password_plain'],
  ['qwertyuiop', 'identity.password_plain'],
  ['poiuytrewq', 'identity.password_plain'],
  ['1qaz2wsx3edc', 'identity.password_plain'],
  ['P@ssw0rd2026', 'identity.password_common'],
  ['Password1234', 'identity.password_common'],
  ['admin-123456', 'identity.password_common'],
  ['passwordpassword', 'identity.password_common'],
  ['20261121!!345', 'identity.password_common'],
  ['my-duty-officer-9', 'identity.password_has_name'],
])('%s: %s', (password, expected) => {
  expect(code(password)).toBe(expected);
});

test('a name of three letters may stand in a password by chance', () => {
  expect(code('sandcastle-77', 'and')).toBe('good');
});
