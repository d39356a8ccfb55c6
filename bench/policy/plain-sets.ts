/** Sets that differ in how much there is to look through. */
import { allow, ask, type BenchSet, type Document, deny, document, times } from './bench-set.ts'

const objectOf = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`

const small = document(
  allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::app-data/*'),
  allow('s3:ListBucket', 'arn:aws:s3:::app-data'),
  deny('s3:*', 'arn:aws:s3:::app-data/secret/*'),
)

const services = ['s3', 'sqs', 'dynamodb', 'sns', 'kms', 'lambda', 'ec2', 'logs', 'iam', 'ssm']

const mediumPolicies = times(10, (p) => {
  const service = services[p] ?? 's3'
  return document(
    ...times(20, (i) =>
      allow(
        `${service}:${i % 2 === 0 ? 'Get' : 'Put'}Object`,
        `arn:aws:${service}:::team-${i}/*`,
        i % 5 === 0 ? { StringEquals: { 'aws:PrincipalTag/team': `team-${i}` } } : undefined,
      ),
    ),
  )
})

const everything = document(allow('*', '*'))

/** 60 policies, 2,000 statements, 8 services, most of them about one resource each. */
function large(...last: Document['Statement']): Document[] {
  const documents = times(60, (p) =>
    document(
      ...times(p < 20 ? 34 : 33, (i) =>
        allow(
          [`${services[i % 8]}:GetObject`, `${services[i % 8]}:PutObject`],
          `arn:aws:${services[i % 8]}:::b-${p}-${i}/*`,
        ),
      ),
    ),
  )
  const end = documents[59]
  if (end === undefined) return documents
  return [...documents.slice(0, 59), document(...end.Statement.slice(last.length), ...last)]
}

export const plainSets: readonly BenchSet[] = [
  {
    name: 'small, allowed',
    identity: [small],
    requests: times(8, (i) => ask('allow', 's3:GetObject', objectOf('app-data', `k${i}`))),
    atLeast: 1_000_000,
    timesIamSimulate: 25,
  },
  {
    name: 'small, denied',
    identity: [small],
    requests: times(8, (i) =>
      ask('explicit-deny', 's3:GetObject', objectOf('app-data', `secret/k${i}`)),
    ),
    atLeast: 1_000_000,
    timesIamSimulate: 25,
  },
  {
    name: 'medium, boundary + session + 2 SCPs',
    identity: mediumPolicies,
    boundary: document(allow(['s3:*', 'sqs:*', 'dynamodb:*'], '*')),
    session: document(allow('s3:*', 'arn:aws:s3:::team-*')),
    scps: [everything, document(allow('*', '*'), deny('iam:*', '*'))],
    requests: times(8, (i) =>
      ask('allow', 's3:GetObject', objectOf('team-8', `k${i}`), {
        'aws:PrincipalTag/team': 'team-8',
      }),
    ),
  },
  {
    name: 'large, hit first',
    identity: large(),
    requests: times(8, (i) => ask('allow', 's3:GetObject', objectOf('b-0-0', `k${i}`))),
  },
  {
    name: 'large, hit late',
    identity: large(),
    requests: times(8, (i) => ask('allow', 's3:PutObject', objectOf('b-59-32', `k${i}`))),
  },
  {
    name: 'large, no match',
    identity: large(),
    requests: times(8, (i) => ask('implicit-deny', 's3:GetObject', objectOf(`c-${i}`, 'k'))),
    atLeast: 100_000,
  },
  {
    name: 'large, deny last',
    identity: large(deny('s3:GetObject', 'arn:aws:s3:::b-0-0/*')),
    requests: times(8, (i) => ask('explicit-deny', 's3:GetObject', objectOf('b-0-0', `k${i}`))),
  },
  {
    name: 'wildcards, 200 statements',
    identity: [
      document(
        ...times(200, (i) => allow('s3:Get*', `arn:aws:s3:::*-logs-${i}/*/year=*/part-*.gz`)),
      ),
    ],
    requests: times(8, (i) =>
      ask('allow', 's3:GetObject', `arn:aws:s3:::eu-logs-199/app${i}/year=2026/part-7.gz`),
    ),
  },
  {
    name: 'wildcards, 200 statements, no match',
    identity: [
      document(
        ...times(200, (i) => allow('s3:Get*', `arn:aws:s3:::*-logs-${i}/*/year=*/part-*.gz`)),
      ),
    ],
    requests: times(8, (i) =>
      ask('implicit-deny', 's3:GetObject', `arn:aws:s3:::eu-logs-250/app${i}/year=2026/part-7`),
    ),
  },
  ...[100, 1000].map(
    (length): BenchSet => ({
      name: `adversarial wildcards, ${length} characters`,
      identity: [document(allow('s3:GetObject', `arn:aws:s3:::b/${'a*'.repeat(length / 2)}b`))],
      requests: times(4, (i) =>
        ask('implicit-deny', 's3:GetObject', `arn:aws:s3:::b/${'a'.repeat(length + i)}`),
      ),
    }),
  ),
]
