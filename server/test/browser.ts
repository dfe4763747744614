import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { programDir } from '../kernel/program.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--no-first-run',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/**
 * A browser for tests: the machine's Chromium if it has one, else the one that came with npm, with its own libraries
 * if the machine lacks them. Chinese is drawn with the font of the project even where no font is installed.
 */
export async function openBrowser(): Promise<Browser> {
  const { path, libraries } = await findChromium();
  return chromium.launch({
    executablePath: path,
    args: FLAGS,
    headless: true,
    env: {
      ...process.env,
      FONTCONFIG_FILE: fontSettings(),
      ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}),
    },
  });
}

/** Take a picture once fonts are loaded. Returns where it stands; TIAN_SHOTS names another folder. */
export async function picture(page: Page, name: string): Promise<string> {
  await page.evaluate('document.fonts.ready');
  const path = join(process.env['TIAN_SHOTS'] ?? join(cacheDir, 'pictures'), `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

const cacheDir = join(programDir, 'node_modules', '.cache', 'tian');
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

async function findChromium(): Promise<{ path: string; libraries: string | null }> {
  const named = process.env['TIAN_TEST_BROWSER'];
  const system = [...(named ? [named] : []), ...SYSTEM].find(existsSync);
  if (system && named !== 'npm') return { path: system, libraries: null };
  const path = await chromiumPackage.executablePath();
  if (spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0) return { path, libraries: null };
  return { path, libraries: unpackLibraries() };
}

/** The npm package carries the libraries that a bare machine lacks, as a compressed archive. */
function unpackLibraries(): string {
  const to = join(tmpdir(), 'tian-chromium-libraries');
  if (existsSync(join(to, 'al2023', 'lib'))) return join(to, 'al2023', 'lib');
  mkdirSync(to, { recursive: true });
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const archive = join(to, 'libraries.tar');
  writeFileSync(archive, brotliDecompressSync(readFileSync(join(dirname(entry), '..', '..', 'bin', 'al2023.tar.br'))));
  const { status } = spawnSync('tar', ['-xf', archive, '-C', to]);
  if (status !== 0) throw new Error('the libraries of the test browser could not be unpacked: is `tar` installed?');
  return existsSync(join(to, 'al2023', 'lib')) ? join(to, 'al2023', 'lib') : join(to, 'lib');
}

/** Settings by which the browser also finds the Chinese font that the PDF writer uses. */
function fontSettings(): string {
  const fonts = join(programDir, 'node_modules', '@expo-google-fonts', 'noto-sans-sc');
  const path = join(cacheDir, 'fonts.conf');
  mkdirSync(cacheDir, { recursive: true });
  const folders = [join(fonts, '400Regular'), join(fonts, '700Bold'), '/usr/share/fonts', '/usr/local/share/fonts'];
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders
      .map((folder) => `<dir>${folder}</dir>`)
      .join('')}<cachedir>${join(cacheDir, 'fontconfig')}</cachedir></fontconfig>\n`,
  );
  return path;
}
