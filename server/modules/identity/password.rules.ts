import { PASSWORD_LEAST as LEAST } from '../../../contract/identity-vocabulary.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';

export type PasswordRefusal =
  | { code: 'identity.password_short'; least: number }
  | { code: 'identity.password_long'; most: number }
  | { code: 'identity.password_plain' }
  | { code: 'identity.password_common' }
  | { code: 'identity.password_has_name' };

const MOST = 128;
const LEAST_DIFFERENT = 5;

/** The text that is hashed: the same characters typed on another keyboard give the same password. */
export const passwordText = (password: string): string => password.normalize('NFKC');

/**
 * Is a new password strong enough? Length counts more than odd characters: ten or more, at least five different ones,
 * no run such as 1234567890 or qwertyuiop, none of the words everybody tries first, and not the account's own name.
 */
export function judgePassword(password: string, username: string): Result<null, PasswordRefusal> {
  const text = passwordText(password);
  const signs = [...text];
  if (signs.length < LEAST) return refuse({ code: 'identity.password_short', least: LEAST });
  if (signs.length > MOST) return refuse({ code: 'identity.password_long', most: MOST });
  const plain = text.toLowerCase();
  if (new Set(signs).size < LEAST_DIFFERENT || isRun(plain)) return refuse({ code: 'identity.password_plain' });
  const name = username.normalize('NFKC').trim().toLowerCase();
  if (name.length >= 4 && plain.includes(name)) return refuse({ code: 'identity.password_has_name' });
  return isCommon(plain) ? refuse({ code: 'identity.password_common' }) : accept(null);
}

const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** One long run of neighbouring keys or signs, forwards or backwards. */
const isRun = (text: string): boolean =>
  RUNS.some((run) => run.includes(text) || [...run].toReversed().join('').includes(text));

// What is left when digits, marks and the usual swaps of letters are taken off. Compared whole, so that a long
// sentence may well contain one of them.
const COMMON = new Set([
  '',
  'password',
  'passwort',
  'passwd',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'woaizhongguo',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abc',
  'abcd',
  'abcdef',
  'dianti',
  'elevator',
  'tian',
  'tianan',
  'mima',
  'zhongguo',
  'china',
  'wuxi',
  'chongqing',
  'nanjing',
  'hangzhou',
  'yiyang',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  'changeme',
  'default',
  'secret',
  'login',
  'master',
  'superman',
]);
const SWAPS: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
};

function isCommon(plain: string): boolean {
  // Another script is no entry of the list.
  if (/\P{ASCII}/u.test(plain)) return false;
  const half = /^(.+?)\1+$/.exec(plain)?.[1] ?? plain; // passwordpassword
  return [plain, half].some((text) => {
    const core = text.replace(/^[\d\W_]+|[\d\W_]+$/gu, '');
    const swapped = [...core].map((sign) => SWAPS[sign] ?? sign).join('');
    return [core, swapped].some((word) => COMMON.has(word.replace(/[\d\W_]/gu, '')));
  });
}
