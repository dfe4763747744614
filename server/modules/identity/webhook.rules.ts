import { accept, type Result, refuse } from '../../kernel/result.ts';

export type WebhookRefusal = {
  code: 'identity.webhook_url' | 'identity.webhook_changed' | 'identity.no_webhook' | 'identity.webhook_without_org';
};

/** After so many tries a call is given up and waits for somebody: about five hours after the first. */
export const MOST_TRIES = 12;

/** Seconds before the next try after `attempts` that failed: 10, 20, 40 … at most an hour. */
export const retrySeconds = (attempts: number): number => Math.min(3_600, 5 * 2 ** attempts);

/** This machine by any of its names; the address parser has written numbers in their plain form. */
const OWN_HOST = /^(?:localhost|.+\.localhost|127\..+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.+\])$/;
/** Addresses that a machine gives itself: behind one of them a cloud tells its machines their secrets. */
const LINK_LOCAL = /^(?:169\.254\..+|\[::ffff:a9fe:.+\]|\[fe[89ab].:.+\])$/;

/**
 * An address that may be called: HTTPS without credentials in it. This machine, and then by plain HTTP too, only where the
 * system itself is reached on this machine alone: nobody looks about behind our doors by us.
 */
export function judgeUrl(text: string, loopback: boolean): Result<string, WebhookRefusal> {
  if (!URL.canParse(text)) return refuse({ code: 'identity.webhook_url' });
  const { protocol, hostname, username, password, href } = new URL(text);
  const isFit = protocol === 'https:' || (protocol === 'http:' && OWN_HOST.test(hostname));
  return isFit && mayCall(hostname, loopback) && username === '' && password === ''
    ? accept(href)
    : refuse({ code: 'identity.webhook_url' });
}

/** May this host be called, a name or an address (of version 6 in brackets)? */
export const mayCall = (host: string, loopback: boolean): boolean =>
  (loopback || !OWN_HOST.test(host)) && !LINK_LOCAL.test(host);

export type Told = {
  eventId: string;
  type: string;
  v: number;
  subject: string;
  version: number;
  occurredAt: Date;
};

/** What a call says: which event, of what, in which version. Everything else is read through the receiver's own scope. */
export const bodyOf = ({ eventId, type, v, subject, version, occurredAt }: Told): string =>
  JSON.stringify({ id: eventId, type, v, occurredAt: occurredAt.toISOString(), subject, version });

/** What of a call is signed: the second it is sent in, so that an old call cannot be played again, and the body. */
export const signedText = (second: number, body: string): string => `${second}.${body}`;
