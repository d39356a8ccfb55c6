import type { grammarRules } from './grammar-rules.ts'
import {
  allow,
  onBucket,
  policy,
  type RuleCase,
  testRules,
  trust,
  when,
} from './rule-case.fixture.ts'

const sound = policy(allow())
const version2008 = { Version: '2008-10-17', Statement: [allow()] }
const denyAll = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' }
const long = (count: number): object =>
  policy(allow({ Resource: `arn:aws:s3:::reports/${'x'.repeat(count)}` }))

testRules({
  'json-syntax-error': { bad: '{"Version": "2012-10-17",}', good: sound },
  'duplicate-key': {
    bad: '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}',
    good: sound,
  },
  'policy-too-large': { bad: ' '.repeat(1_048_577), good: sound },
  'data-type-mismatch': { bad: policy(allow({ Action: 7 })), good: sound },
  'missing-statement': { bad: { Version: '2012-10-17' }, good: sound },
  'empty-statement': { bad: policy({}), good: sound },
  'invalid-policy-element': { bad: policy(allow({ Resources: '*' })), good: sound },
  'invalid-version': { bad: { Version: '2012-10-18', Statement: [allow()] }, good: sound },
  'missing-effect': { bad: policy(allow({ Effect: undefined })), good: sound },
  'invalid-effect': { bad: policy(allow({ Effect: 'allow' })), good: sound },
  'invalid-condition-operator': {
    bad: when({ StringEqual: { 's3:prefix': 'a' } }),
    good: when({ StringEquals: { 's3:prefix': 'a' } }),
  },
  'null-with-if-exists': {
    bad: when({ NullIfExists: { 's3:prefix': 'true' } }),
    good: when({ Null: { 's3:prefix': 'true' } }),
  },
  'null-with-qualifier': {
    bad: when({ 'ForAnyValue:Null': { 's3:prefix': 'true' } }),
    good: when({ Null: { 's3:prefix': 'true' } }),
  },
  'unsupported-element-combination': {
    bad: policy(allow({ NotAction: 's3:GetObject' })),
    good: sound,
  },
  'missing-action': { bad: policy(allow({ Action: undefined })), good: sound },
  'missing-resource': { bad: policy(allow({ Resource: undefined })), good: sound },
  'missing-principal': { kind: 'trust', bad: trust({ Principal: undefined }), good: trust() },
  'unsupported-principal-element': { bad: onBucket(), good: sound },
  'unsupported-resource-element': { kind: 'trust', bad: trust({ Resource: '*' }), good: trust() },
  'unsupported-element': {
    kind: 'rcp',
    bad: policy({ ...denyAll, Action: undefined, NotAction: 's3:GetObject' }),
    good: policy(denyAll),
  },
  'unsupported-effect': {
    kind: 'rcp',
    bad: policy({ ...denyAll, Effect: 'Allow' }),
    good: policy(denyAll),
  },
  'invalid-character': { bad: policy(allow({ Sid: 'Привет' })), good: sound },
  'missing-version': { bad: { Statement: [allow()] }, good: sound },
  'old-version': {
    kind: 'resource',
    bad: { ...onBucket(), Version: '2008-10-17' },
    good: onBucket(),
  },
  'unsupported-version': { bad: version2008, good: sound },
  'unique-sids-required': {
    bad: policy(allow({ Sid: 'One' }), allow({ Sid: 'One', Action: 's3:PutObject' })),
    good: policy(allow({ Sid: 'One' }), allow({ Sid: 'one', Action: 's3:PutObject' })),
  },
  'unsupported-sid': {
    bad: policy(allow({ Sid: 'With spaces' })),
    good: policy(allow({ Sid: 'Without9' })),
  },
  'empty-array-action': { bad: policy(allow({ Action: [] })), good: sound },
  'empty-array-resource': { bad: policy(allow({ Resource: [] })), good: sound },
  'empty-array-principal': {
    kind: 'resource',
    bad: onBucket({ Principal: { AWS: [] } }),
    good: onBucket(),
  },
  'empty-array-condition': {
    bad: when({ StringEquals: { 's3:prefix': [] } }),
    good: when({ StringEquals: { 's3:prefix': ['a'] } }),
  },
  'empty-object-condition': { bad: when({}), good: sound },
  'policy-size-exceeds-quota': { bad: long(6100), good: long(5700) },
  'policy-size-near-quota': { bad: long(5700), good: long(5000) },
} satisfies Record<keyof typeof grammarRules, RuleCase>)
