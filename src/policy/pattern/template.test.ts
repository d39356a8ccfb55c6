import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from './template.ts'

test('a template is text, literal wildcards and variables', () => {
  assert.deepEqual(parseTemplate("a*${aws:UserName}${*}b${x:y, 'it, is'}"), [
    { type: 'text', text: 'a*' },
    {
      type: 'variable',
      name: 'aws:UserName',
      key: 'aws:username',
      multivalued: false,
      fallback: undefined,
    },
    { type: 'literal', text: '*' },
    { type: 'text', text: 'b' },
    { type: 'variable', name: 'x:y', key: 'x:y', multivalued: false, fallback: 'it, is' },
  ])
  assert.deepEqual(parseTemplate(''), [{ type: 'text', text: '' }])
  assert.deepEqual(parseTemplate('${$}'), [{ type: 'literal', text: '$' }])
})

test('what is not a whole variable stays text', () => {
  for (const text of ['${', '${a', '${a,b}', "${a,'b}", '$a', '{a}']) {
    assert.deepEqual(parseTemplate(text), [{ type: 'text', text }])
  }
  assert.equal(parseTemplate('${${a}').length, 2)
})

test('variables that never close take linear time', () => {
  for (const text of ['${', "${a,'", '${$', '${a, ', "${'"]) {
    assert.ok(parseTemplate(text.repeat(200_000)).length > 0)
  }
})
