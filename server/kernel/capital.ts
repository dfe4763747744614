import { say } from './language.ts';
import type { Fen } from './money.ts';

const digits = [...say('kernel.capital.digits', 'zh')];
/** What stands behind a digit within four of them: nothing, ten, a hundred, a thousand. */
const places = ['', ...say('kernel.capital.places', 'zh')];
/** What stands behind four digits: nothing, ten thousand, a hundred million. */
const groups = ['', ...say('kernel.capital.groups', 'zh')];
const zero = digits[0] ?? '';
const word = (name: string): string => say(`kernel.capital.${name}`, 'zh');

/** Four digits, with one zero for any number of zeros between others. */
function four(n: number): string {
  let text = '';
  let isGap = false;
  for (const [i, digit] of [...String(n)].map(Number).entries()) {
    if (digit === 0) {
      isGap = true;
      continue;
    }
    text += `${isGap && text ? zero : ''}${digits[digit]}${places[String(n).length - 1 - i]}`;
    isGap = false;
  }
  return text;
}

function whole(yuan: number): string {
  let text = '';
  let isGap = false;
  for (let group = groups.length - 1; group >= 0; group -= 1) {
    const n = Math.floor(yuan / 10_000 ** group) % 10_000;
    if (n === 0) {
      isGap = text !== '';
      continue;
    }
    text += `${text && (isGap || n < 1_000) ? zero : ''}${four(n)}${groups[group]}`;
    isGap = false;
  }
  return text;
}

/**
 * An amount in the capital figures of bills and receipts (《正确填写票据和结算凭证的基本规定》, 支付结算办法 附一): nobody adds a
 * stroke to them. Up to a trillion yuan.
 */
export function capitals(amount: Fen): string {
  const size = Math.abs(amount);
  const [yuan, jiao, cents] = [Math.floor(size / 100), Math.floor(size / 10) % 10, size % 10];
  const sign = amount < 0 ? word('minus') : '';
  const head = yuan === 0 ? '' : `${whole(yuan)}${word('yuan')}`;
  if (jiao === 0 && cents === 0) return `${sign}${head || `${zero}${word('yuan')}`}${word('exactly')}`;
  const tenths = jiao > 0 ? `${digits[jiao]}${word('jiao')}` : head ? zero : '';
  return `${sign}${head}${tenths}${cents > 0 ? `${digits[cents]}${word('fen')}` : word('exactly')}`;
}
