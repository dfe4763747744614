import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programDir } from '../kernel/program.ts';
import { MACHINE, ROLES } from '../modules/identity/roles.rules.ts';
import { STATES, VARIETIES } from '../modules/registry/vocabulary.rules.ts';

const glossary = readFileSync(join(programDir, 'GLOSSARY.md'), 'utf8');
const chapter = (title: string) => glossary.split(/^## /m).find((part) => part.startsWith(title)) ?? '';

test('the roles of the glossary are the roles of the code, no more and no fewer', () => {
  const listed = [...chapter('Roles').matchAll(/^\| `(\w+)` \|/gm)].map((found) => found[1]);
  expect(new Set(listed)).toEqual(new Set([...ROLES, MACHINE]));
  expect(listed).toHaveLength(ROLES.length + 1);
});

test('every state and variety of an elevator has its Chinese word in the glossary', () => {
  const missing = [...STATES, ...Object.keys(VARIETIES)].filter((word) => !glossary.includes(`\`${word}\` `));
  expect(missing).toEqual([]);
});
