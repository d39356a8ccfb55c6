import type { conditionRules } from './condition-rules.ts'
import { deny, policy, type RuleCase, testRules, when } from './rule-case.fixture.ts'

const denied = (Condition: object): object =>
  policy(deny({ Action: '*', Resource: '*', Condition }))
const tagged = (operator: string, key: string): object =>
  when({ [operator]: { [key]: 'a' } }, { Action: 'ec2:CreateTags', Resource: '*' })
const noMfa = (operator: string): object =>
  denied({ [operator]: { 'aws:MultiFactorAuthPresent': 'false' } })
const issued = (key: string): object => denied({ DateLessThan: { [key]: '2026-01-01T00:00:00Z' } })
const from = (...ranges: readonly string[]): object =>
  when({ IpAddress: { 'aws:SourceIp': ranges } })
const arn = 'arn:aws:sns:us-east-1:111122223333:topic'

testRules({
  'revocation-revokes-nothing': {
    bad: issued('aws:TokeIssueTime'),
    good: issued('aws:TokenIssueTime'),
  },
  'date-without-zone': {
    bad: denied({ DateLessThan: { 'aws:TokenIssueTime': '2026-01-01T00:00:00' } }),
    good: denied({ DateLessThan: { 'aws:TokenIssueTime': '2026-01-01' } }),
  },
  'invalid-date-value': {
    bad: when({ DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }),
    good: when({ DateLessThan: { 'aws:CurrentTime': '1789151746' } }),
  },
  'invalid-condition-key-format': {
    bad: when({ StringEquals: { prefix: 'a' } }),
    good: when({ StringEquals: { 'S3:Prefix': 'a' } }),
  },
  'invalid-global-condition-key': {
    bad: when({ StringEquals: { 'aws:usernam': 'a' } }),
    good: when({ StringEquals: { 'AWS:UserName': 'a' } }),
  },
  'invalid-service-condition-key': {
    bad: when({ StringEquals: { 's3:prefx': 'a' } }),
    good: when({ StringEquals: { 's3:prefix': 'a' } }),
  },
  'invalid-condition-key-service': {
    bad: when({ StringEquals: { 'awss:username': 'a' } }),
    good: when({ StringEquals: { 'oidc.eks.us-east-1.amazonaws.com/id/A1:sub': 'a' } }),
  },
  'unknown-provider-claim': {
    bad: when({ StringEquals: { 'id.example.com:groups': 'a' } }),
    good: when({ StringEquals: { 'id.example.com:aud': 'a' } }),
  },
  'missing-tag-key-in-condition': {
    bad: tagged('StringEquals', 'aws:RequestTag'),
    good: tagged('StringEquals', 'aws:RequestTag/team'),
  },
  'duplicate-keys-with-different-case': {
    bad: when({ StringEquals: { 's3:prefix': 'a', 'S3:prefix': 'b' } }),
    good: when({ StringEquals: { 's3:prefix': 'a' }, StringLike: { 'S3:prefix': 'b' } }),
  },
  'unsupported-action-for-condition-key': {
    bad: when({ StringEquals: { 's3:x-amz-storage-class': 'STANDARD' } }),
    good: when({ StringEquals: { 's3:x-amz-storage-class': 'STANDARD' } }, { Action: 's3:*' }),
  },
  'type-mismatch': {
    bad: when({ StringEquals: { 'aws:SourceIp': '192.0.2.1' } }),
    good: when({ IpAddress: { 'aws:SourceIp': '192.0.2.1' } }),
  },
  'type-mismatch-number': {
    bad: when({ NumericEquals: { 's3:max-keys': 'NaN' } }),
    good: when({ NumericEquals: { 's3:max-keys': ['10', 20] } }),
  },
  'type-mismatch-boolean': {
    bad: when({ Bool: { 'aws:SecureTransport': 'yes' } }),
    good: when({ Bool: { 'aws:SecureTransport': true } }),
  },
  'type-mismatch-ip-range': {
    bad: from('192.0.2.0/33'),
    good: from('192.0.2.0/24', '2001:db8::/32'),
  },
  'type-mismatch-arn': {
    bad: when({ ArnEquals: { 'aws:SourceArn': 'topic' } }),
    good: when({ ArnEquals: { 'aws:SourceArn': arn } }),
  },
  'type-mismatch-binary': {
    bad: when({ BinaryEquals: { 's3:prefix': 'no-binary' } }),
    good: when({ BinaryEquals: { 's3:prefix': 'YQ==' } }),
  },
  'ip-range-never-matches': { bad: from('2001:db8::5/64'), good: from('2001:db8::/64') },
  'improve-ip-range': { bad: from('192.0.2.5/24'), good: from('192.0.2.5') },
  'private-ip-address': {
    bad: from('10.1.0.0/16'),
    good: when({ IpAddress: { 'aws:VpcSourceIp': '10.1.0.0/16' } }),
  },
  'arn-key-with-string-operator': {
    bad: when({ StringEquals: { 'aws:SourceArn': arn } }),
    good: when({ ArnEquals: { 'aws:SourceArn': arn } }),
  },
  'string-like-operator-with-arn-key': {
    bad: when({ StringLike: { 'aws:SourceArn': 'arn:aws:sns:*:topic' } }),
    good: when({ StringLike: { 'aws:SourceArn': `${arn}*` } }),
  },
  'missing-qualifier': {
    bad: tagged('StringEquals', 'aws:TagKeys'),
    good: tagged('ForAnyValue:StringEquals', 'aws:TagKeys'),
  },
  'for-all-values-with-single-valued-key': {
    bad: tagged('ForAllValues:StringEquals', 'aws:RequestTag/team'),
    good: tagged('StringEquals', 'aws:RequestTag/team'),
  },
  'for-any-value-with-single-valued-key': {
    bad: tagged('ForAnyValue:StringEquals', 'aws:RequestTag/team'),
    good: tagged('ForAnyValue:StringEquals', 'aws:TagKeys'),
  },
  'for-all-values-without-null-check': {
    bad: when({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } }),
    good: when({
      'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' },
      Null: { 'aws:PrincipalOrgPaths': 'false' },
    }),
  },
  'wildcard-without-like-operator': {
    bad: when({ StringEquals: { 's3:prefix': 'home/*' } }),
    good: when({ StringLike: { 's3:prefix': 'home/*' } }),
  },
  'wildcard-in-sensitive-key': {
    bad: when({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }),
    good: when({ StringLike: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  },
  'invalid-vpc-format': {
    bad: when({ StringEquals: { 'aws:SourceVpc': 'vpce-1a2b' } }),
    good: when({ StringEquals: { 'aws:SourceVpc': 'vpc-1a2b' } }),
  },
  'invalid-vpce-format': {
    bad: when({ StringEquals: { 'aws:SourceVpce': 'vpc-1a2b' } }),
    good: when({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b' } }),
  },
  'invalid-condition-multiple-boolean': {
    bad: when({ Bool: { 'aws:SecureTransport': ['true', 'false'] } }),
    good: when({ Bool: { 'aws:SecureTransport': ['true'] } }),
  },
  'invalid-variable-for-operator': {
    bad: when({ NumericEquals: { 's3:max-keys': '${aws:username}' } }),
    good: when({ StringEquals: { 's3:prefix': '${aws:username}' } }),
  },
  'redundant-condition-value': {
    bad: when({ StringLike: { 's3:prefix': ['home/*', 'home/ada'] } }),
    good: when({ StringLike: { 's3:prefix': ['home/*', 'work/*'] } }),
  },
  'mfa-deny-misses-long-term-keys': { bad: noMfa('Bool'), good: noMfa('BoolIfExists') },
  'mfa-allow-without-mfa': {
    bad: when({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
    good: when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  },
  'if-exists-with-allow': {
    bad: when({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    good: when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  },
  'negated-operator-with-allow': {
    bad: when({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b' } }),
    good: when({
      StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b' },
      Null: { 'aws:SourceVpce': 'false' },
    }),
  },
} satisfies Record<keyof typeof conditionRules, RuleCase>)
