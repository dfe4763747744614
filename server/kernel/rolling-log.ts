import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Append to a file that never grows beyond `maxBytes`: the full one is kept once, as `<file>.1`. */
export function openRollingLog(
  file: string,
  maxBytes = 20_000_000,
): { write: (chunk: Uint8Array) => void; close: () => void } {
  mkdirSync(dirname(file), { recursive: true });
  let bytes = existsSync(file) ? statSync(file).size : 0;
  let to = openSync(file, 'a', 0o600);
  return {
    write: (chunk) => {
      if (bytes + chunk.length > maxBytes && bytes > 0) {
        closeSync(to);
        renameSync(file, `${file}.1`);
        to = openSync(file, 'a', 0o600);
        bytes = 0;
      }
      writeSync(to, chunk);
      bytes += chunk.length;
    },
    close: () => closeSync(to),
  };
}
