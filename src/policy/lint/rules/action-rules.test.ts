import type { actionRules } from './action-rules.ts'
import { allow, deny, policy, type RuleCase, testRules, trust, when } from './rule-case.fixture.ts'

const sound = policy(allow())
const resource = (value: string | string[], Action: string | string[] = 's3:GetObject'): object =>
  policy(allow({ Action, Resource: value }))
const action = (value: string | string[], Resource: string | string[] = '*'): object =>
  policy(allow({ Action: value, Resource }))
const home = (value: string): object => resource(`arn:aws:s3:::reports/${value}`)

testRules({
  'invalid-action': { bad: action('s3:GetObjekt'), good: action('S3:getobject') },
  'action-pattern-matches-nothing': { bad: action('s3:Fetch*'), good: action('s3:Get*') },
  'invalid-service-in-action': { bad: action('s4:GetObject'), good: sound },
  'wildcard-in-service-name': { bad: action('s*:GetObject'), good: action('s3:*Object') },
  'unsupported-action-in-policy': {
    kind: 'trust',
    bad: trust({ Action: 's3:GetObject' }),
    good: trust({ Action: ['sts:AssumeRole', 'sts:TagSession'] }),
  },
  'invalid-arn-prefix': { bad: resource('s3:::reports/*'), good: sound },
  'missing-arn-field': { bad: resource('arn:aws:s3:reports'), good: sound },
  'invalid-partition': { bad: resource('arn:asw:s3:::reports/*'), good: sound },
  'invalid-service-in-arn': { bad: resource('arn:aws:s33:::reports/*'), good: sound },
  'invalid-arn-service-case': { bad: resource('arn:aws:S3:::reports/*'), good: sound },
  'wildcard-in-arn-service': { bad: resource('arn:aws:*:::reports/*'), good: resource('*') },
  'invalid-arn-region': {
    bad: resource('arn:aws:sqs:us-east-1f:111122223333:q', 'sqs:SendMessage'),
    good: resource('arn:aws:sqs:us-east-*:111122223333:q', 'sqs:SendMessage'),
  },
  'invalid-arn-account': {
    bad: resource('arn:aws:sqs:us-east-1:1111222233:q', 'sqs:SendMessage'),
    good: resource('arn:aws:sqs:us-east-1:*:q', 'sqs:SendMessage'),
  },
  'arn-region-not-allowed': {
    bad: resource('arn:aws:iam:us-east-1:111122223333:user/ada', 'iam:GetUser'),
    good: resource('arn:aws:iam::111122223333:user/ada', 'iam:GetUser'),
  },
  'arn-account-not-allowed': { bad: resource('arn:aws:s3::111122223333:reports/*'), good: sound },
  'missing-arn-region': {
    bad: resource('arn:aws:sqs::111122223333:q', 'sqs:SendMessage'),
    good: resource('arn:aws:sqs:*:111122223333:q', 'sqs:SendMessage'),
  },
  'missing-arn-account': {
    bad: resource('arn:aws:sqs:us-east-1::q', 'sqs:SendMessage'),
    good: resource('arn:aws:ssm:us-east-1::document/AWS-RunShellScript', 'ssm:SendCommand'),
  },
  'invalid-arn-resource': {
    bad: resource('arn:aws:iam::111122223333:usr/ada', 'iam:GetUser'),
    good: resource('arn:aws:iam::111122223333:*', 'iam:GetUser'),
  },
  'resource-mismatch': {
    bad: resource('arn:aws:s3:::reports', 's3:ListAllMyBuckets'),
    good: sound,
  },
  'ineffective-action': {
    bad: resource('arn:aws:s3:::reports/*', ['s3:GetObject', 's3:ListAllMyBuckets']),
    good: resource('arn:aws:s3:::reports/*', ['s3:GetObject', 's3:PutObject']),
  },
  'unused-resource': {
    bad: resource(['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*']),
    good: resource(['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'], 's3:*'),
  },
  'redundant-action': {
    bad: action(['s3:Get*', 's3:getobject']),
    good: action(['s3:Get*', 's3:PutObject']),
  },
  'redundant-resource': {
    bad: resource(['arn:aws:s3:::reports/*', 'arn:aws:s3:::reports/a']),
    good: resource(['arn:aws:s3:::reports/a', 'arn:aws:s3:::reports/b']),
  },
  'redundant-statement': {
    bad: policy(allow({ Sid: 'A' }), allow({ Action: ['s3:GetObject'] })),
    good: policy(allow(), deny()),
  },
  'variable-unsupported-in-element': { bad: action('s3:${aws:username}'), good: sound },
  'variable-unsupported-in-version': {
    kind: 'session',
    bad: { Statement: allow({ Resource: 'arn:aws:s3:::reports/${aws:username}' }) },
    good: home('${aws:username}'),
  },
  'empty-variable': { bad: home('${}'), good: home('${$}') },
  'missing-brace-in-variable': { bad: home('${aws:username'), good: home('${aws:username}') },
  'missing-quote-in-variable': {
    bad: home('${aws:username, nobody}'),
    good: home("${aws:username, 'nobody'}"),
  },
  'unsupported-space-in-variable': {
    bad: home('${aws:user name}'),
    good: home('${aws:PrincipalTag/cost center}'),
  },
  'unknown-variable': { bad: home('${aws:user}'), good: home('${aws:userid}') },
  'multivalued-variable': {
    bad: when({ StringEquals: { 's3:prefix': '${aws:TagKeys}' } }),
    good: when({ StringEquals: { 's3:prefix': '${aws:username}' } }),
  },
} satisfies Record<keyof typeof actionRules, RuleCase>)
