/** Policy documents for fuzzing: near the grammar, so that most of the engine is reached. */
import fc from 'fast-check'

const account = '111122223333'
const key = fc.constantFrom('aws:TagKeys', 'aws:PrincipalTag/team', 'aws:SourceIp', 'x:a', 'X:A')
const wild = fc.string({ unit: fc.constantFrom('a', '*', '?', ':', '/', '${x:a}'), maxLength: 30 })
const action = fc.oneof(
  fc.constantFrom('*', 's3:GetObject', 's3:*', 'S3:get*', 'sts:AssumeRole', 'iam:PassRole'),
  wild.map((name) => `s3:${name}`),
  fc.string(),
)
const resource = fc.oneof(
  fc.constantFrom('*', 'arn:aws:s3:::b/*', `arn:aws:iam::${account}:role/*`),
  wild.map((rest) => `arn:aws:s3:::${rest}`),
  fc.string(),
)
const value = fc.oneof(
  fc.constantFrom('a', 'true', '10.0.0.0/8', '2001:db8::/32', '2026-01-01T00:00:00Z', '1e3', '*'),
  wild,
  fc.string(),
  fc.boolean(),
  fc.integer(),
)
const base = [
  'StringEquals',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'NumericLessThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'NotIpAddress',
  'ArnLike',
  'Nonsense',
]
const operator = fc.oneof(
  fc.constant('Null'),
  fc
    .tuple(
      fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
      fc.constantFrom(...base),
      fc.constantFrom('', '', 'IfExists'),
    )
    .map((parts) => parts.join('')),
)
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { maxLength: 4 }))
const principal = fc.oneof(
  fc.constant('*'),
  fc.dictionary(
    fc.constantFrom('AWS', 'Service', 'Federated', 'Other'),
    some(
      fc.constantFrom(
        '*',
        account,
        `arn:aws:iam::${account}:root`,
        `arn:aws:iam::${account}:user/a`,
        'ec2.amazonaws.com',
      ),
    ),
  ),
)
const statement = fc.record(
  {
    Sid: fc.string({ maxLength: 5 }),
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny', 'Maybe'),
    Principal: principal,
    NotPrincipal: principal,
    Action: some(action),
    NotAction: some(action),
    Resource: some(resource),
    NotResource: some(resource),
    Condition: fc.dictionary(operator, fc.dictionary(key, some(value)), { maxKeys: 3 }),
  },
  { requiredKeys: ['Effect'] },
)
const sound = fc
  .record({
    named: fc.boolean(),
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: principal,
    Action: some(action),
    Resource: some(resource),
    Condition: fc.dictionary(operator, fc.dictionary(key, some(value)), { maxKeys: 2 }),
  })
  .map(({ named, Principal, ...rest }) => (named ? { Principal, ...rest } : rest))

/** Text of a document that is mostly well-formed. */
export const documentText: fc.Arbitrary<string> = fc
  .record(
    {
      Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', 'other'),
      Id: fc.string({ maxLength: 5 }),
      Statement: some(fc.oneof(sound, sound, statement)),
    },
    { requiredKeys: ['Version', 'Statement'] },
  )
  .map((document) => JSON.stringify(document))

const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 10 }),
  put: fc.oneof(
    fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\\ud800', '\u0000', '\ufeff', '${'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
})

/** Text that was a document before pieces of it were cut out and others put in. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(documentText, fc.array(damage, { maxLength: 4 }))
  .map(([text, damages]) =>
    damages.reduce((whole, { at, cut, put }) => {
      const from = Math.floor(at * whole.length)
      return whole.slice(0, from) + put + whole.slice(from + cut)
    }, text),
  )

const hostile = (make: (n: number) => string): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 20_000 }).map(make)

/** Text made to hurt: deep, long, repeated. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  hostile((n) => '['.repeat(n)),
  hostile((n) => '{"Statement":'.repeat(n)),
  hostile((n) => `{"Statement":[${'{},'.repeat(n)}{}]}`),
  hostile((n) => `{"Statement":{"Effect":"Allow","Action":"s3:${'*a'.repeat(n)}","Resource":"*"}}`),
  hostile((n) => `{"Statement":{"Effect":"Allow","Action":"*","Resource":"${'${'.repeat(n)}"}}`),
  hostile((n) => `{${'"Statement":1,'.repeat(n)}"Id":""}`),
  hostile((n) => `"${'\\u0041'.repeat(n)}`),
  hostile((n) => `{"Version":${'9'.repeat(n)}}`),
)
