const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SIGNS = '10X98765432';

/** An identity number that nobody has: a division that does not exist (999999), an invented birthday, the right check sign. */
export function residentId(n: number): string {
  const day = String(1 + (n % 28)).padStart(2, '0');
  const month = String(1 + (Math.floor(n / 28) % 12)).padStart(2, '0');
  const year = 1960 + (Math.floor(n / 336) % 40);
  const first17 = `999999${year}${month}${day}${String(1 + (n % 999)).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((at, weight, i) => at + weight * Number(first17[i]), 0);
  return `${first17}${SIGNS[sum % 11]}`;
}
