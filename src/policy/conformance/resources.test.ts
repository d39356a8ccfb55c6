/**
 * Which resources a Resource reaches: wildcards, case, variables.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reaches } from './verdict.fixture.ts'

const s3 = (rest: string): string => `arn:aws:s3:::${rest}`

const patterns: readonly (readonly [string, string, boolean])[] = [
  ['*', s3('b'), true],
  ['*', '*', true],
  [s3('b'), '*', false],
  [s3('*'), '*', false],
  [s3('b'), s3('b'), true],
  [s3('b'), s3('B'), false],
  [s3('b'), s3('b/k'), false],
  [s3('b*'), s3('b/k'), true],
  [s3('b/*'), s3('b'), false],
  [s3('b/*'), s3('b/'), true],
  [s3('b/*/test/*'), s3('b//test/x'), true],
  [s3('b/*/test/*'), s3('b/1/test/'), true],
  [s3('b/*/test/*'), s3('b/1-test/x'), false],
  [s3('b/*/test/*'), s3('b/test/x'), false],
  [s3('b/*/test/*'), s3('b/1/2/test.jpg'), false],
  [s3('b/???/x'), s3('b/abc/x'), true],
  [s3('b/???/x'), s3('b/ab/x'), false],
  [s3('b/???/x'), s3('b/a/c/x'), true],
  [s3('b/folder/*/object'), s3('b/folder/a:b/object'), true],
  [s3('b/folder/*/object'), s3('b/folder/a/b/object'), true],
  [s3('name*'), s3('name:suffix/x'), true],
  [s3('a[b]'), s3('ab'), false],
  [s3('a[b]'), s3('a[b]'), true],
  [s3('a.c'), s3('abc'), false],
  [s3('a\\*'), s3('a\\x'), true],
  [s3('?'), s3('\ud801\udc00'), false],
  [s3('??'), s3('\ud801\udc00'), true],
  ['arn:aws:kms', 'arn:aws:kms:r:1:key/x', false],
  ['arn:aws:kms*', 'arn:aws:kms:r:1:key/x', true],
  ['arn:aws:dynamodb:*:table/T', 'arn:aws:dynamodb:eu-west-1:111122223333:table/T', true],
  ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', true],
  ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/p/x', false],
  ['arn:*:s3:::b', s3('b'), true],
  ['arn:aws:s3:*:*:b', s3('b'), true],
  ['', s3('b'), false],
  ['**', s3('b'), true],
  [s3('*b*b*'), s3('ab'), false],
  [s3('*b*b*'), s3('abab'), true],
  [s3('ab*ba'), s3('aba'), false],
  [s3('ab*ba'), s3('abba'), true],
]
for (const [pattern, resource, expected] of patterns) {
  test(`Resource ${pattern} ${expected ? 'reaches' : 'does not reach'} ${resource}`, () => {
    assert.equal(reaches({ Resource: pattern }, resource), expected)
    assert.equal(reaches({ NotResource: pattern }, resource), !expected)
    assert.equal(reaches({ Resource: ['arn:aws:s3:::none', pattern] }, resource), expected)
  })
}

type Context = Readonly<Record<string, string | readonly string[]>>
const variables: readonly (readonly [string, string, Context, boolean])[] = [
  [s3('home/${aws:username}/*'), s3('home/ada/x'), { 'aws:username': 'ada' }, true],
  [s3('home/${aws:username}/*'), s3('home/bob/x'), { 'aws:username': 'ada' }, false],
  [s3('home/${AWS:UserName}/*'), s3('home/ada/x'), { 'aws:username': 'ada' }, true],
  [s3('home/${aws:username}/*'), s3('home/ada/x'), {}, false],
  [s3('home/${aws:username}/*'), s3('home/${aws:username}/x'), {}, false],
  [s3("home/${aws:username, 'guest'}/*"), s3('home/guest/x'), {}, true],
  [s3("home/${aws:username, 'guest'}/*"), s3('home/guest/x'), { 'aws:username': 'ada' }, false],
  [s3("home/${aws:username,'guest'}/*"), s3('home/guest/x'), {}, true],
  [s3('${x:a}/*'), s3('*/k'), { 'x:a': '*' }, true],
  [s3('${x:a}/*'), s3('b/k'), { 'x:a': '*' }, false],
  [s3('${x:a}'), s3('b'), { 'x:a': '?' }, false],
  [s3('a${*}b'), s3('a*b'), {}, true],
  [s3('a${*}b'), s3('axb'), {}, false],
  [s3('a${?}b'), s3('a?b'), {}, true],
  [s3('a${?}b'), s3('axb'), {}, false],
  [s3('a${$}b'), s3('a$b'), {}, true],
  [s3('a${$}{x:a}'), s3('a${x:a}'), { 'x:a': 'v' }, true],
  [s3('${x:a}${x:b}'), s3('12'), { 'x:a': '1', 'x:b': '2' }, true],
  [s3('${x:a}?${x:b}*'), s3('1-2z'), { 'x:a': '1', 'x:b': '2' }, true],
  [s3('${x:a}'), s3('${x:b}'), { 'x:a': '${x:b}', 'x:b': '1' }, true],
  [s3('${x:a}'), s3('1'), { 'x:a': '${x:b}', 'x:b': '1' }, false],
  [s3('b/${x:a}'), s3('b/'), { 'x:a': '' }, true],
  [s3('b/${aws:TagKeys}'), s3('b/t'), { 'aws:TagKeys': ['t'] }, false],
  [s3("b/${aws:TagKeys, 't'}"), s3('b/t'), { 'aws:TagKeys': ['t'] }, false],
  ['arn:${x:p}:s3:::b', s3('b'), { 'x:p': 'aws' }, true],
  ['arn:aws:${x:s}:::b', s3('b'), { 'x:s': 's3' }, true],
  ['${x:arn}', s3('b'), { 'x:arn': s3('b') }, true],
  ['${x:arn}', s3('b'), { 'x:arn': '*' }, false],
  [s3('b/${x:a}'), s3('b/abc'), { 'x:a': 'a' }, false],
  [s3('b/${x:a}/c'), s3('b/a/cd'), { 'x:a': 'a' }, false],
  [s3('b/${x:a}'), s3('b/a'), { 'x:a': ['a'] }, true],
  [s3('b/${x:a}'), s3('b/a'), { 'x:a': ['a', 'b'] }, false],
  [s3("b/${x:a, 'a'}"), s3('b/a'), { 'x:a': ['c', 'd'] }, false],
  [s3("b/${x:a, 'a'}"), s3('b/a'), { 'x:a': [] }, true],
]
for (const [pattern, resource, context, expected] of variables) {
  test(`Resource ${pattern} with ${JSON.stringify(context)} and ${resource}: ${expected}`, () => {
    assert.equal(reaches({ Resource: pattern }, resource, context), expected)
  })
}
