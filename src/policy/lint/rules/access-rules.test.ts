import type { accessRules } from './access-rules.ts'
import { allow, onBucket, policy, type RuleCase, testRules, trust } from './rule-case.fixture.ts'

const principal = (Principal: unknown): object => trust({ Principal })
const by = (AWS: string | readonly string[]): object => onBucket({ Principal: { AWS } })
const github = 'token.actions.githubusercontent.com'
const githubArn = `arn:aws:iam::111122223333:oidc-provider/${github}`
const web = (Federated: string, Condition?: object): object =>
  trust({ Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition })
const saml = (Condition?: object): object =>
  trust({
    Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/corp' },
    Action: 'sts:AssumeRoleWithSAML',
    Condition,
  })
const all = (Action: string | readonly string[], Condition?: object): object =>
  policy(allow({ Action, Resource: '*', Condition }))
const role = 'arn:aws:iam::111122223333:role/build'

testRules({
  'invalid-principal-format': { kind: 'resource', bad: by('111122223'), good: by('111122223333') },
  'invalid-principal-key': {
    kind: 'resource',
    bad: onBucket({ Principal: { Aws: '111122223333' } }),
    good: by('111122223333'),
  },
  'unsupported-wildcard-in-principal': {
    kind: 'resource',
    bad: by('arn:aws:iam::111122223333:role/*'),
    good: by('arn:aws:iam::111122223333:role/build'),
  },
  'unsupported-principal': {
    kind: 'resource',
    bad: by('arn:aws:iam::111122223333:group/builders'),
    good: by('arn:aws:iam::111122223333:user/ada'),
  },
  'deleted-principal': { kind: 'resource', bad: by('AROAABCDEFGHIJKLMNOPQ'), good: by(role) },
  'invalid-service-principal-format': {
    kind: 'trust',
    bad: principal({ Service: 'ec2.amazonaws.con' }),
    good: principal({ Service: 'ec2.amazonaws.com' }),
  },
  'unknown-federation-source': {
    kind: 'trust',
    bad: web('accounts.google.org', { StringEquals: { 'accounts.google.com:aud': 'a' } }),
    good: web('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': 'a' } }),
  },
  'redundant-principal': { kind: 'resource', bad: by([role, role]), good: by([role, `${role}2`]) },
  'principal-action-mismatch': {
    kind: 'trust',
    bad: trust({ Action: 'sts:AssumeRoleWithSAML' }),
    good: saml({ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }),
  },
  'allow-with-not-principal': {
    kind: 'resource',
    bad: policy(allow({ NotPrincipal: { AWS: '111122223333' } })),
    good: policy(allow({ Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } })),
  },
  'allow-with-not-action': {
    bad: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    good: policy({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }),
  },
  'allow-with-not-resource': {
    bad: policy({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::reports/*' }),
    good: policy({ Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::reports/*' }),
  },
  'public-access': {
    kind: 'resource',
    bad: onBucket({ Principal: '*' }),
    good: onBucket({
      Principal: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    }),
  },
  'trust-of-all-principals': {
    kind: 'trust',
    bad: principal({ AWS: '*' }),
    good: trust({
      Principal: { AWS: '*' },
      Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
    }),
  },
  'restrict-access-to-service-principal': {
    kind: 'trust',
    bad: principal({ Service: 'cloudtrail.amazonaws.com' }),
    good: trust({
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    }),
  },
  'missing-condition-key-for-oidc-principal': {
    kind: 'trust',
    bad: web('accounts.google.com'),
    good: web('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': 'app' } }),
  },
  'missing-github-repo-condition-key': {
    kind: 'trust',
    bad: web(githubArn, { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } }),
    good: web(githubArn, { StringLike: { [`${github}:sub`]: 'repo:acme/app:*' } }),
  },
  'missing-saml-audience': {
    kind: 'trust',
    bad: saml(),
    good: saml({ StringEquals: { 'saml:aud': 'https://signin.aws.amazon.com/saml' } }),
  },
  'missing-external-id': {
    kind: 'trust',
    bad: principal({ AWS: 'arn:aws:iam::111122223333:root' }),
    good: trust({
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Condition: { StringEquals: { 'sts:ExternalId': 'a1' } },
    }),
  },
  'full-admin-access': { bad: all('*'), good: all('s3:*') },
  'pass-role-with-star-in-resource': {
    bad: all('iam:PassRole'),
    good: all('iam:PassRole', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }),
  },
  'pass-role-with-star-in-action-and-resource': { bad: all('iam:*'), good: all('iam:Get*') },
  'create-slr-with-star-in-resource': {
    bad: all('iam:CreateServiceLinkedRole'),
    good: all('iam:CreateServiceLinkedRole', {
      StringEquals: { 'iam:AWSServiceName': 'ecs.amazonaws.com' },
    }),
  },
  'pass-role-with-not-resource': {
    bad: policy({ Effect: 'Allow', Action: 'iam:PassRole', NotResource: role }),
    good: policy({ Effect: 'Allow', Action: 'iam:PassRole', Resource: role }),
  },
  'privilege-escalation': {
    bad: all(['iam:PassRole', 'ec2:RunInstances']),
    good: all(['iam:GetRole', 'ec2:RunInstances']),
  },
  'resource-policy-privilege-escalation': {
    bad: all(['s3:GetObject', 's3:PutBucketPolicy']),
    good: all(['s3:GetObject', 's3:GetBucketPolicy']),
  },
} satisfies Record<keyof typeof accessRules, RuleCase>)
