import { expect, test } from 'vitest';
import { faultsByField, isProblem, problemError, problemOf, problemWords } from './problem.ts';

const tooMany = { status: 429, code: 'kernel.too_many', title: 'said by the server', seconds: 7 };

test('a refusal is said in the reader’s language, with what it is about', () => {
  expect(problemWords(tooMany, 'zh').title).toBe('操作过于频繁，请在 7 秒后重试');
  expect(problemWords(tooMany, 'en').title).toBe('Too many requests; try again in 7 s');
});

test('a refusal this console has no words for keeps those of the server', () => {
  const unknown = { status: 409, code: 'elsewhere.new_reason', title: '新的原因', detail: '细节' };
  expect(problemWords(unknown, 'zh')).toEqual({ title: '新的原因', detail: '细节' });
});

test('silence of the server says so, and what to do', () => {
  const { title, detail } = problemWords({ status: 0, code: 'web.offline', title: '' }, 'zh');
  expect(title).toContain('连不上服务器');
  expect(detail).toContain('请检查网络');
});

test('anything thrown becomes a problem with its reason', () => {
  expect(problemOf(problemError(tooMany))).toEqual(tooMany);
  expect(problemOf(new TypeError('boom'))).toMatchObject({ code: 'web.failed', reason: 'boom' });
  expect(problemOf('text')).toMatchObject({ code: 'web.failed', reason: 'text' });
});

test('an answer that is no problem document is not taken for one', () => {
  expect(isProblem(tooMany)).toBe(true);
  expect(isProblem({ error: 'gateway' })).toBe(false);
  expect(isProblem(null)).toBe(false);
});

test('a field shows its first fault', () => {
  const fault = (field: string, message: string) => ({ field, message, value: '' });
  const problem = { ...tooMany, faults: [fault('name', 'first'), fault('name', 'second'), fault('uscc', 'third')] };
  expect(faultsByField(problem)['name']?.message).toBe('first');
  expect(faultsByField(problem)['uscc']?.message).toBe('third');
  expect(faultsByField(null)).toEqual({});
});
