/** Sets in which conditions, variables and principals decide. */
import { account, allow, ask, type BenchSet, deny, document, roleArn, times } from './bench-set.ts'

const other = '444455556666'

export const conditionSets: readonly BenchSet[] = [
  {
    name: 'conditions, 20 statements of 5',
    identity: [
      document(
        ...times(20, (i) =>
          allow('s3:GetObject', 'arn:aws:s3:::app-data/*', {
            StringEquals: { 'aws:PrincipalTag/team': `team-${i}` },
            StringLike: { 'aws:UserAgent': 'aws-sdk-*' },
            IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
            Bool: { 'aws:SecureTransport': 'true' },
            NumericLessThan: { 's3:max-keys': '100' },
          }),
        ),
      ),
    ],
    requests: times(8, (i) =>
      ask('allow', 's3:GetObject', `arn:aws:s3:::app-data/k${i}`, {
        'aws:PrincipalTag/team': 'team-19',
        'aws:UserAgent': 'aws-sdk-js/3',
        'aws:SourceIp': '10.1.2.3',
        'aws:SecureTransport': 'true',
        's3:max-keys': '50',
      }),
    ),
  },
  {
    name: '2,000 statements that differ in a condition, no match',
    identity: times(60, (p) =>
      document(
        ...times(p < 20 ? 34 : 33, (i) =>
          allow('s3:GetObject', '*', { StringEquals: { 'aws:PrincipalTag/team': `t-${p}-${i}` } }),
        ),
      ),
    ),
    requests: times(8, (i) =>
      ask('implicit-deny', 's3:GetObject', `arn:aws:s3:::app-data/k${i}`, {
        'aws:PrincipalTag/team': `none-${i}`,
      }),
    ),
    atLeast: 100_000,
  },
  {
    name: '2,000 statements that differ in a wildcard condition, no match',
    identity: times(60, (p) =>
      document(
        ...times(p < 20 ? 34 : 33, (i) =>
          allow('s3:GetObject', '*', { StringLike: { 'aws:PrincipalTag/team': `t-${p}-${i}-*` } }),
        ),
      ),
    ),
    requests: times(8, (i) =>
      ask('implicit-deny', 's3:GetObject', `arn:aws:s3:::app-data/k${i}`, {
        'aws:PrincipalTag/team': `none-${i}`,
      }),
    ),
    atLeast: 100_000,
  },
  {
    name: 'variables in Resource',
    identity: [
      document(
        allow('s3:ListBucket', 'arn:aws:s3:::home'),
        allow('s3:*', 'arn:aws:s3:::home/${aws:PrincipalTag/name}/*'),
        allow('s3:GetObject', 'arn:aws:s3:::shared/${aws:PrincipalTag/team}/*'),
      ),
    ],
    requests: times(8, (i) =>
      ask('allow', 's3:GetObject', `arn:aws:s3:::shared/blue/k${i}`, {
        'aws:PrincipalTag/name': 'ada',
        'aws:PrincipalTag/team': 'blue',
      }),
    ),
    notInCedar: 'no variables in patterns',
  },
  {
    name: 'variables in conditions',
    identity: [
      document(
        ...times(10, (i) =>
          allow('dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${account}:table/t${i}`, {
            StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' },
          }),
        ),
      ),
    ],
    requests: times(8, () =>
      ask('allow', 'dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${account}:table/t9`, {
        'aws:ResourceTag/team': 'blue',
        'aws:PrincipalTag/team': 'blue',
      }),
    ),
  },
  {
    name: 'set operators',
    identity: [
      document(
        allow('ec2:CreateTags', '*', {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'env', 'cost', 'owner'] },
          Null: { 'aws:TagKeys': 'false' },
        }),
        deny('ec2:CreateTags', '*', {
          'ForAnyValue:StringEquals': { 'aws:TagKeys': ['root', 'admin'] },
        }),
      ),
    ],
    requests: times(8, (i) =>
      ask('allow', 'ec2:CreateTags', `arn:aws:ec2:eu-west-1:${account}:instance/i-${i}`, {
        'aws:TagKeys': ['team', 'env', 'cost'],
      }),
    ),
  },
  {
    name: 'cross-account',
    identity: [document(allow('sqs:*', '*')), document(allow('s3:*', '*'))],
    resourcePolicy: document(
      ...times(10, (i) => ({
        ...allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${other}:orders`),
        Principal: { AWS: i === 9 ? roleArn : `arn:aws:iam::${account}:role/other-${i}` },
      })),
    ),
    resourceAccount: other,
    requests: times(8, () =>
      ask('allow', 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${other}:orders`),
    ),
  },
]
