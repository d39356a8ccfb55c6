import assert from 'node:assert/strict'
import { test } from 'node:test'
import { both, holds, type Values } from './try-condition.fixture.ts'

const [T, F] = [true, false]

test('ignoring case lowers without folding', () => {
  for (const [a, b] of [
    ['\u212a', 'K'],
    ['ẞ', 'ß'],
    ['É', 'é'],
    ['ΟΣ', 'ος'],
    ['ΟΣΑ', 'οσα'],
    ['Σ', 'σ'],
    ['AΣ𐐀', 'aσ𐐀'],
    ['𐐀Σ', '𐐀ς'],
    ['İ', 'i\u0307'],
    ['𐐀', '𐐀'],
    ['İ𐐀A', 'i\u0307𐐀a'],
  ] as const) {
    assert.equal(holds('StringEqualsIgnoreCase', a, b), T, `${a} ${b}`)
    assert.equal(holds('StringNotEqualsIgnoreCase', a, b), F, `${a} ${b}`)
  }
  for (const [a, b] of [
    ['ſ', 's'],
    ['ı', 'I'],
    ['İ', 'i'],
    ['ß', 'SS'],
    ['ΟΣ', 'οσ'],
    ['Σ', 'ς'],
    ['𐐀', '𐐨'],
  ] as const) {
    assert.equal(holds('StringEqualsIgnoreCase', a, b), F, `${a} ${b}`)
  }
})

test('wildcards stand for UTF-16 units, and only in Like', () => {
  for (const [pattern, text, matches] of [
    ['?', '𐐀', F],
    ['??', '𐐀', T],
    ['a?b', 'a𐐀b', F],
    ['a??b', 'a𐐀b', T],
    ['a*?b', 'a𐐀b', T],
    ['a?*b', 'a𐐀b', T],
    ['a[b]', 'ab', F],
    ['a[b]', 'a[b]', T],
    ['*', '', T],
    ['', '', T],
    ['a*c', 'a/b:c', T],
    ['a*', 'a\nb', T],
    ['a\\*', 'a*', F],
  ] as const) {
    assert.equal(holds('StringLike', pattern, text), matches, `${pattern} ${text}`)
  }
  assert.equal(holds('StringEquals', 'a*', 'ab'), F)
  assert.equal(holds('StringEquals', 'a*', 'a*'), T)
  assert.equal(holds('StringEquals', '', ''), T)
  assert.equal(holds('StringEquals', '', undefined), F)
})

test('variables expand to literal text, in 2012 documents only', () => {
  const like = (wanted: string, values: Values, version?: string): boolean =>
    both({ StringLike: { 'x:k': wanted } }, values, version)[0]
  assert.equal(like('home/${aws:UserName}/*', { 'x:k': 'home/ann/a', 'aws:username': 'ann' }), T)
  assert.equal(like('${x:v}', { 'x:k': 'anything', 'x:v': '*' }), F)
  assert.equal(like('${x:v}', { 'x:k': '*', 'x:v': '*' }), T)
  assert.equal(like('a${*}b${?}c${$}', { 'x:k': 'a*b?c$' }), T)
  assert.equal(like('a${*}', { 'x:k': 'ab' }), F)
  assert.equal(like("${x:v, 'none'}", { 'x:k': 'none' }), T)
  assert.equal(like("${x:v, 'none'}", { 'x:k': 'some', 'x:v': 'some' }), T)
  assert.equal(like('${x:v}', { 'x:k': 'a' }), F)
  assert.equal(like('${x:v}', { 'x:k': '${x:v}' }, '2008-10-17'), T)
  assert.equal(like('${x:v', { 'x:k': '${x:v' }), T)
  const unequal = { StringNotEquals: { 'x:k': "${aws:TagKeys, 'a'}" } }
  assert.deepEqual(both(unequal, { 'x:k': 'a', 'aws:tagkeys': ['a'] }), [T, T])
  const equal = { StringEquals: { 'x:k': "${aws:TagKeys, 'a'}" } }
  assert.deepEqual(both(equal, { 'x:k': 'a', 'aws:tagkeys': ['a'] }), [F, F])
  assert.deepEqual(both({ Bool: { 'x:k': '${x:v}' } }, { 'x:k': 'true', 'x:v': 'true' }), [F, F])
})
