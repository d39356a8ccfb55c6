import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintPolicy } from './lint-policy.ts'

const policy = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => of(i))

/** Texts that a search of more than linear time would not finish on. */
const hostile: Readonly<Record<string, () => string>> = {
  'patterns of many stars': () =>
    policy({ ...allow, Action: many(3000, (i) => `ec2:${'*a'.repeat(i % 20)}*${i}`) }),
  'misspelt actions': () => policy({ ...allow, Action: many(20_000, (i) => `ec2:Descrbe${i}`) }),
  'resources of many stars': () =>
    policy({ ...allow, Resource: many(200, (i) => `arn:aws:s3:::${'a*'.repeat(1000)}${i}`) }),
  'one endless resource': () =>
    policy({ ...allow, Resource: `arn:aws:s3:::${'a*'.repeat(200_000)}` }),
  'one endless action': () => policy({ ...allow, Action: `s3:${'*a?'.repeat(200_000)}` }),
  'wildcards that might cover each other': () =>
    policy({ ...allow, Resource: many(8000, (i) => `arn:aws:s3:::b/${i}*`) }),
  'variables that never close': () =>
    policy({ ...allow, Resource: 'arn:aws:s3:::${'.repeat(50_000) }),
  'spellings of one condition key': () =>
    policy({
      ...allow,
      Condition: {
        'ForAllValues:StringLike': Object.fromEntries(
          many(4096, (i) => [
            [...'tagkeysabcde']
              .map((c, b) => ((i >> b) & 1 ? c.toUpperCase() : c))
              .join('')
              .replace(/^/, 'aws:'),
            'x',
          ]),
        ),
      },
    }),
  'empty statements': () =>
    `{"Version":"2012-10-17","Statement":[${many(40_000, () => '{}').join()}]}`,
  'statements that differ in one number': () =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: many(5000, (i) => ({ ...allow, Sid: `S${i}` })),
    }),
  'a path of white space': () => `{"Version":"2012-10-17",${' '.repeat(900_000)}"Statement":[]}`,
}

for (const [name, make] of Object.entries(hostile)) {
  test(`linting ends soon on hostile text: ${name}`, () => {
    const text = make()
    const start = performance.now()
    lintPolicy(text, 'identity')
    const took = performance.now() - start
    assert.ok(took < 4000, `${Math.round(took)} ms for ${text.length} characters`)
  })
}
