import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { sm4 } from 'sm-crypto-v2';
import type { Keys } from './keys.ts';
import { invariant } from './result.ts';

/** How personal data is encrypted: AES-256-GCM, or SM4-GCM where commercial cryptography rules ask for it. */
export type Cipher = 'aes' | 'sm4';

/** Seals and opens personal data, and finds it by exact value without opening it. */
export type SecretData = {
  /** Cipher text that names its algorithm and key. `use` binds it to its column: moved elsewhere it does not open. */
  seal: (use: string, plain: string) => string;
  /** The plain text. Throws when the text was changed, moved, or its key is gone. */
  open: (use: string, sealed: string) => string;
  /** The same value gives the same key, and without the key file nobody can tell which value it was. */
  lookup: (use: string, value: string) => string;
};

const IV_BYTES = 12;
const TAG_BYTES = 16;

export function secretData(keys: Keys, cipher: Cipher): SecretData {
  const oldest = keys.ids[0] ?? keys.currentId; // look-up keys stay the same when the key is changed
  return {
    seal: (use, plain) => {
      const iv = randomBytes(IV_BYTES);
      const body =
        cipher === 'aes'
          ? sealAes({ keys, id: keys.currentId, use, iv }, plain)
          : sealSm4({ keys, id: keys.currentId, use, iv }, plain);
      return `${cipher}.${keys.currentId}.${Buffer.concat([iv, body]).toString('base64url')}`;
    },
    open: (use, sealed) => {
      const [algorithm, id, text] = sealed.split('.');
      invariant(
        (algorithm === 'aes' || algorithm === 'sm4') && id && text,
        'a sealed text names its algorithm and key',
      );
      const bytes = Buffer.from(text, 'base64url');
      invariant(bytes.length >= IV_BYTES + TAG_BYTES, 'a sealed text holds vector and tag');
      const at = { keys, id, use, iv: bytes.subarray(0, IV_BYTES) };
      return algorithm === 'aes' ? openAes(at, bytes.subarray(IV_BYTES)) : openSm4(at, bytes.subarray(IV_BYTES));
    },
    lookup: (use, value) =>
      createHmac('sha256', keys.derive(oldest, 'field.lookup'))
        .update(use)
        .update('\0')
        .update(value)
        .digest('base64url'),
  };
}

type At = { keys: Keys; id: string; use: string; iv: Buffer };

function sealAes({ keys, id, use, iv }: At, plain: string): Buffer {
  const aes = createCipheriv('aes-256-gcm', keys.derive(id, 'field.aes'), iv).setAAD(Buffer.from(use));
  return Buffer.concat([aes.update(plain, 'utf8'), aes.final(), aes.getAuthTag()]);
}

function openAes({ keys, id, use, iv }: At, body: Buffer): string {
  const aes = createDecipheriv('aes-256-gcm', keys.derive(id, 'field.aes'), iv, { authTagLength: TAG_BYTES });
  aes.setAAD(Buffer.from(use)).setAuthTag(body.subarray(-TAG_BYTES));
  return Buffer.concat([aes.update(body.subarray(0, -TAG_BYTES)), aes.final()]).toString('utf8');
}

// SM4 has keys of 128 bits: the first half of the derived key.
const sm4Key = ({ keys, id }: At) => keys.derive(id, 'field.sm4').export().subarray(0, 16).toString('hex');
const sm4Options = ({ iv, use }: At) => ({
  mode: 'gcm' as const,
  iv: iv.toString('hex'),
  associatedData: Buffer.from(use).toString('hex'),
});

function sealSm4(at: At, plain: string): Buffer {
  const { output, tag } = sm4.encrypt(plain, sm4Key(at), { ...sm4Options(at), outputTag: true });
  return Buffer.concat([Buffer.from(output, 'hex'), Buffer.from(String(tag), 'hex')]);
}

function openSm4(at: At, body: Buffer): string {
  return sm4.decrypt(body.subarray(0, -TAG_BYTES).toString('hex'), sm4Key(at), {
    ...sm4Options(at),
    tag: body.subarray(-TAG_BYTES).toString('hex'),
  });
}

/** SHA-256 as stored for tokens and machine secrets: 256 random bits need no slow hash. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A new secret of 256 random bits, safe in addresses and headers. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A phone as lists show it: `138****1234`. Short numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  if (phone.length >= 11) return `${phone.slice(0, -8)}****${phone.slice(-4)}`;
  return `${'*'.repeat(Math.max(3, phone.length - 2))}${phone.length > 4 ? phone.slice(-2) : ''}`;
}

/** A name as lists show it: the first character stays, `张*`, `欧**`. */
export function maskName(name: string): string {
  const [first, ...rest] = name.trim();
  return first === undefined ? '' : `${first}${'*'.repeat(Math.min(Math.max(rest.length, 1), 3))}`;
}

/** Phones that begin with 100 are invented ones of the demo: nothing is ever sent to them. */
export const isDemoPhone = (phone: string): boolean => /^(\+?86)?100/.test(phone);
