import { expect, test } from 'vitest';
import { fileName, mediaTypeOf } from './media.rules.ts';

const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

test.each([
  ['\xff\xd8\xff\xe0JFIF', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n....', 'image/png'],
  ['RIFF1234WEBPVP8 ', 'image/webp'],
  ['RIFF1234WAVEfmt ', 'audio/wav'],
  ['\0\0\0\x18ftypheic....', 'image/heic'],
  ['\0\0\0\x18ftypM4A ....', 'audio/mp4'],
  ['\0\0\0\x18ftypisom....', 'video/mp4'],
  ['%PDF-1.7', 'application/pdf'],
  ['PK\x03\x04....readme.txt', 'application/zip'],
  ['PK\x03\x04....[Content_Types].xml....xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [
    'PK\x03\x04....[Content_Types].xml....word/',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['ID3\x03', 'audio/mpeg'],
  ['#!AMR\n', 'audio/amr'],
  ['OggS', 'audio/ogg'],
  ['\x1aE\xdf\xa3', 'video/webm'],
  ['plain words\r\n', 'text/plain'],
])('%j is %s', (head, type) => {
  expect(mediaTypeOf(bytes(head))).toBe(type);
});

test.each([
  '<html><script>alert(1)</script>',
  '  <svg onload="x">',
  '\xef\xbb\xbf<?xml version="1.0"?>',
  '#!/bin/sh\nrm -rf /',
  'MZ\x90',
  '\x7fELF',
  '',
  'text\0with nul',
])('%j is not kept', (head) => {
  expect(mediaTypeOf(bytes(head))).toBeNull();
});

test.each([
  ['现场照片.jpg', '现场照片.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\a\\b.pdf', 'b.pdf'],
  ['.htaccess', 'htaccess'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['a<b>"c".txt', 'abc.txt'],
  ['\u202Egpj.exe', 'gpj.exe'],
  ['...', 'file'],
  ['', 'file'],
  ['x'.repeat(300), 'x'.repeat(120)],
])('the name %j is kept as %j', (given, kept) => {
  expect(fileName(given)).toBe(kept);
});
