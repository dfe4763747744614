import type { Tone } from './mark.tsx';

/** How the validity of a paper looks, whoever keeps it. Without an end it is not known to be good. */
export const VALIDITY_TONES: Readonly<
  Record<'valid' | 'expires_soon' | 'expired' | 'open_ended' | 'ended' | 'withdrawn', Tone>
> = {
  valid: 'good',
  expires_soon: 'warn',
  expired: 'warn',
  open_ended: 'unknown',
  ended: 'unknown',
  withdrawn: 'unknown',
};
