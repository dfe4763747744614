import { expect, test } from 'vitest';
import { z } from 'zod';
import { hasWords, say } from '../../words/index.ts';
import { fieldFault } from './field-fault.rules.ts';

/** The sentence about the first thing a schema does not take. */
function told(schema: z.ZodType, value: unknown): string {
  const read = schema.safeParse(value);
  if (read.success) throw new Error('the schema takes it');
  const [issue] = read.error.issues;
  const { code: keyword = '', path: _, message: __, ...params } = issue ?? {};
  const { code, params: filled } = fieldFault(value, { keyword, params });
  expect(hasWords(code)).toBe(true);
  return say(code, 'zh', { field: '理由', ...filled });
}

test('whoever typed something wrong is told in his own words how to mend it', () => {
  expect(told(z.string(), undefined)).toBe('「理由」必填');
  expect(told(z.string().min(1), '')).toBe('「理由」必填');
  expect(told(z.string().min(2), '好')).toBe('「理由」至少 2 个字');
  expect(told(z.string().max(3), '一二三四')).toBe('「理由」最多 3 个字');
  expect(told(z.int().min(1), 0)).toBe('「理由」不得小于 1');
  expect(told(z.int().max(1_000), 1_001)).toBe('「理由」不得大于 1,000');
  expect(told(z.array(z.string()).min(1), [])).toBe('「理由」至少选 1 项');
  expect(told(z.array(z.string()).max(1), ['a', 'b'])).toBe('「理由」最多 1 项');
  expect(told(z.iso.date(), '11/20')).toBe('「理由」应为日期，如 2026-11-20');
  expect(told(z.iso.datetime(), 'soon')).toBe('「理由」应为时间，如 2026-11-20 21:35:08');
  expect(told(z.uuid(), 'x')).toBe('请从列表中选择「理由」');
  expect(told(z.enum(['a', 'b']), 'c')).toBe('请从列表中选择「理由」');
  expect(told(z.number(), 'x')).toBe('「理由」应为数字');
  expect(told(z.int(), 1.5)).toBe('「理由」应为整数');
  expect(told(z.string().regex(/^\d{6}$/), 'abc')).toBe('「理由」格式不正确');
});
