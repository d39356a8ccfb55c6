import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWire, type Wire } from './wire-service.ts'

/**
 * Documents that AWS was recorded to store or to refuse, and with which text when several things are wrong at once.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/iam (recorded 2026-02)
 */
let wire: Wire
before(async () => {
  wire = await openWire()
  await wire.newUser('ada')
})
after(() => wire[Symbol.asyncDispose]())

const bucket = 'arn:aws:s3:::shelf'
const sound = { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket }
/** A document of one statement, or of several. */
const v2012 = (statement: object | readonly object[]): object => ({
  Version: '2012-10-17',
  Statement: statement,
})
const where = (condition: unknown): object => v2012({ ...sound, Condition: condition })
const at = (resource: unknown): object => v2012({ ...sound, Resource: resource })
const doing = (action: unknown): object => v2012({ ...sound, Action: action })
const { Action: _action, ...withoutAction } = sound
const { Resource: _resource, ...withoutResource } = sound
const { Effect: _effect, ...withoutEffect } = sound

const syntax = 'Syntax errors in policy.'
const tooOld = 'Policy document must be version 2012-10-17 or greater.'
const legacy = 'The policy failed legacy parsing'
const noPrincipal = 'Policy document should not specify a principal.'
const noActions = 'Policy statement must contain actions.'
const noResources = 'Policy statement must contain resources.'
const noVendor = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const oneColon = 'Actions/Condition can contain only one colon.'
const sids = 'Statement IDs (SID) in a single policy must be unique.'
const noArn = (text: string) => `Resource ${text} must be in ARN format or "*".`
const partition = (name: string, arn: string) =>
  `Partition "${name}" is not valid for resource "${arn}".`

const refused: readonly (readonly [document: unknown, text: string])[] = [
  ['no JSON at all', syntax],
  ['', 'empty'],
  ['[]', syntax],
  ['"text"', syntax],
  ['{}', syntax],
  ['{"Version":"2012-10-17","Statement":', syntax],
  [{ Statement: sound }, tooOld],
  [{ Version: '2008-10-17', Statement: sound }, tooOld],
  [{ Version: '2013-10-17', Statement: sound }, syntax],
  [{ Version: '2012-10-17' }, syntax],
  [v2012(['text']), syntax],
  [v2012([]), syntax],
  [{ ...v2012(sound), More: 'x' }, syntax],
  [v2012({ ...sound, More: 'x' }), syntax],
  [{ ...v2012(sound), Id: ['x'] }, syntax],
  [{ ...v2012(sound), Id: {} }, syntax],
  [v2012({ ...sound, Effect: 'Maybe' }), syntax],
  [v2012(withoutEffect), syntax],
  [v2012({ ...sound, Sid: {} }), syntax],
  [v2012({ ...sound, Sid: [] }), syntax],
  [v2012({ ...sound, Resource: { a: bucket } }), syntax],
  [at(['shelf', {}]), syntax],
  [
    v2012({ Effect: 'Allow', NotAction: 's3:ListBucket', Resource: bucket, NotResource: [] }),
    syntax,
  ],
  [v2012({ ...sound, NotResource: '*' }), syntax],
  [v2012({ ...sound, NotAction: 'iam:x' }), syntax],
  [v2012({ Effect: 'Allow', NotAction: 's3:x', Action: [], Resource: bucket }), syntax],
  [doing([[]]), syntax],
  [doing({}), syntax],
  [where([]), syntax],
  [where('a'), syntax],
  [where({ a: 'b' }), syntax],
  [where({ DateGreaterThan: 'b' }), syntax],
  [where({ DateGreaterThan: [] }), syntax],
  [where({ DateGreaterThan: { a: {} } }), syntax],
  [v2012({ ...withoutAction, Condition: { DateGreaterThan: { a: {} } } }), syntax],
  [where({ x: { a: '1' } }), syntax],
  [where({ 'ForAnyValue::StringEqualsIfExists': { a: 'b' } }), syntax],
  [where([{ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'Team' } }]), syntax],
  [doing('ListBucket'), noVendor],
  [v2012({ ...withoutAction, NotAction: '' }), noVendor],
  [doing('a a:ListBucket'), 'Vendor a a is not valid'],
  [doing('s3:List:Bucket'), oneColon],
  [
    v2012([
      { ...sound, Action: 's4:List' },
      { ...sound, Action: 's:3:List' },
    ]),
    oneColon,
  ],
  [at('the shelf'), noArn('the shelf')],
  [at(''), noArn('')],
  [at(['shelf']), noArn('shelf')],
  // A resource is looked at before an action.
  [v2012({ Effect: 'Allow', Action: 's:3:List', Resource: 'shelf' }), noArn('shelf')],
  [at('a:there'), partition('there', 'arn:there:*:*:*:*')],
  [at('a:b:there'), partition('b', 'arn:b:there:*:*:*')],
  [at('a:b:c:d:e:f:g:h'), partition('b', 'arn:b:c:d:e:f:g:h')],
  [at('aws:s3:::shelf'), partition('s3', 'arn:s3:::shelf:*')],
  [at(['arn:wrong:s3:::shelf', 'arn:wrong:s3::shelf']), partition('wrong', 'arn:wrong:s3:::shelf')],
  [at('arn:aws'), 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [v2012(withoutResource), noResources],
  [at([]), noResources],
  // What is missing comes before what is wrong with the actions.
  [v2012({ Effect: 'Allow', Action: 'List' }), noResources],
  [v2012(withoutAction), noActions],
  [v2012({ Effect: 'Allow' }), noActions],
  [doing([]), noActions],
  [v2012([{ Effect: 'Deny' }, sound]), noActions],
  [
    at('arn:aws:iam:::shelf'),
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
  ],
  [
    at('arn:aws:iam:us-east-1::shelf'),
    'IAM resource arn:aws:iam:us-east-1::shelf cannot contain region information.',
  ],
  [
    at('arn:aws:s3:us-east-1::shelf'),
    'Resource arn:aws:s3:us-east-1::shelf can not contain region information.',
  ],
  [at('arn:aws:s3::shelf'), legacy],
  [v2012({ ...withoutAction, Resource: 'arn:aws:s3::shelf' }), legacy],
  [at('arn:aws::::shelf'), legacy],
  [at('arn:aws::shelf'), legacy],
  [v2012({ ...withoutResource, NotResource: 'arn:aws:s3::shelf' }), legacy],
  [
    v2012([
      { ...sound, Sid: 'one' },
      { Sid: 'one', Effect: 'Allow' },
    ]),
    sids,
  ],
  [
    {
      Statement: [
        { ...sound, Sid: 'one' },
        { Sid: 'one', Effect: 'Allow' },
      ],
    },
    tooOld,
  ],
  [
    v2012([
      { ...sound, Sid: 'one', Effect: 'aLLow' },
      { Sid: 'one', Effect: 'Allow' },
    ]),
    legacy,
  ],
  [v2012({ ...sound, Effect: 'denY' }), legacy],
  [v2012({ Effect: 'allow', Resource: 'arn:aws:s3:us-east-1::shelf' }), legacy],
  [{ Statement: { ...sound, Effect: 'denY' } }, tooOld],
  [where({ DateGreaterThan: { a: 'soon' } }), legacy],
  [{ Statement: { ...sound, Condition: { DateGreaterThan: { a: 'soon' } } } }, tooOld],
  [v2012({ Effect: 'Allow', Condition: { DateGreaterThan: { a: 'soon' } } }), legacy],
  [
    v2012({ ...sound, Resource: 'arn:wrong:s3:::shelf', Condition: { DateEquals: { a: 'soon' } } }),
    legacy,
  ],
  [where({ DateLessThanEquals: { a: '234-13' } }), legacy],
  [where({ DateLessThanEquals: { a: '2016-12-13t2:00:00.593194+1' } }), legacy],
  [where({ DateLessThanEquals: { a: '2016-12-13t2:00:00.1999999999+10:59' } }), legacy],
  [where({ DateLessThan: { a: '9223372036854775808' } }), legacy],
  [where({ NumericEquals: { a: 'NaN' } }), legacy],
  [where({ NumericEquals: { a: 'no-number' } }), legacy],
  [where({ ArnLike: { a: 'not-an-arn' } }), legacy],
  [where({ IpAddress: { a: 'not-an-ip' } }), legacy],
  [where({ BinaryEquals: { a: 'no-binary' } }), legacy],
  [v2012({ ...sound, Principal: '*' }), noPrincipal],
  [v2012({ Effect: 'Allow', Principal: '*' }), noPrincipal],
  [v2012({ ...sound, NotPrincipal: '*' }), noPrincipal],
  [doing(':GetObject'), 'Vendor  is not valid'],
  [doing('iam :Get'), 'Vendor iam  is not valid'],
  [at('arn:awss3::shelf/*'), legacy],
]

const kept: readonly object[] = [
  at([bucket]),
  at([bucket, '*']),
  doing('*'),
  doing('iam: any thing '),
  doing('unknown-vendor:Action'),
  doing('averyveryverylongvendornamethatnobodyhas:Action'),
  doing('s3-s:ListBucket'),
  doing('s3.s:ListBucket'),
  v2012([sound]),
  at('arn:aws:iam:::user/shelf'),
  at('arn:aws:iam::123456789012:root'),
  at('arn:aws:s33:::shelf'),
  at('arn:aws:shelf'),
  at('arn:aws:unknown:us-east-1::shelf'),
  at('arn:aws:cloudwatch:us-east-1::shelf'),
  at('arn:aws:ec2:region:account-id:instance/*'),
  at('arn:aws:s3:us-west-2:123456789012:accesspoint/door'),
  at('arn:aws:s3:us-west-2:123456789012:accesspoint/door/object/*'),
  at('arn:aws:iam::*:user/${aws:username}'),
  where({}),
  where({ DateGreaterThan: {} }),
  where({ DateGreaterThan: { a: [] } }),
  where({ a: {} }),
  where({ x: {}, y: {} }),
  where({ DateGreaterThan: { a: '01T' } }),
  where({ DateLessThanEquals: { a: '2019-07-01T13:20:15Z' } }),
  where({ DateLessThanEquals: { a: '2016-12-13T21:20:37.593194+00:00' } }),
  where({ DateLessThanEquals: { a: '2016-12-13t2:00:00.593194+23' } }),
  where({ DateLessThan: { a: '-292275054' } }),
  where({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'Team' } }),
  where({ StringEqualsIfExists: { a: 'b' } }),
  where({ 'ForAnyValue:StringEqualsIfExists': { a: 'b' } }),
  where({ StringLike: { 's3:prefix': ['', 'home/', 'home/${aws:userid}/*'] } }),
  where({ NumericEquals: { a: '01' } }),
  where({ Bool: { a: 'TRUE' } }),
  where({ Bool: { a: 'yes' } }),
  where({ Null: { a: 'yes' } }),
  where({ IpAddress: { 'aws:SourceIp': '192.000.002.0/024' } }),
  where({ IpAddress: { 'aws:SourceIp': '2001:db8:::1/128' } }),
  where({ IpAddress: { 'aws:SourceIp': '::ffff:c000:200/120' } }),
  v2012({ ...sound, Sid: 'adequate' }),
  v2012([
    { ...sound, Sid: '' },
    { ...sound, Sid: '' },
  ]),
  v2012([{ ...sound, Sid: 'one' }, sound]),
  v2012({ Effect: 'Allow', NotAction: 's3:ListBucket', Resource: bucket }),
  v2012({ Effect: 'Allow', NotAction: 's3:ListBucket', NotResource: '*' }),
  v2012({ Effect: 'Deny', Action: 's3:*', NotResource: [bucket, `${bucket}/*`] }),
  { ...v2012(sound), Id: 'any' },
]

const textOf = (document: unknown): string =>
  typeof document === 'string' ? document : JSON.stringify(document)

const emptyText =
  "400 ValidationError: 1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: Member must have length greater than or equal to 1"

for (const [index, [document, text]] of refused.entries()) {
  test(`refused: ${textOf(document)}`, async () => {
    const PolicyDocument = textOf(document)
    const expected = text === 'empty' ? emptyText : `400 MalformedPolicyDocument: ${text}`
    const managed = { PolicyName: `refused-${index}`, PolicyDocument }
    const inline = { UserName: 'ada', ...managed }
    assert.equal((await wire.iam(wire.root, 'CreatePolicy', managed)).summary, expected)
    if (text === tooOld) return
    assert.equal((await wire.iam(wire.root, 'PutUserPolicy', inline)).summary, expected)
  })
}

test('only managed policies must be of the present version: inline ones may have the old one or none', async () => {
  for (const document of [{ Statement: sound }, { Version: '2008-10-17', Statement: sound }]) {
    const inline = { UserName: 'ada', PolicyName: 'old', PolicyDocument: textOf(document) }
    assert.equal((await wire.iam(wire.root, 'PutUserPolicy', inline)).summary, '200 OK')
    const got = await wire.iam(wire.root, 'GetUserPolicy', { UserName: 'ada', PolicyName: 'old' })
    assert.equal(decodeURIComponent(got.text('PolicyDocument')), textOf(document))
    const managed = { PolicyName: 'old', PolicyDocument: textOf(document) }
    const refusal = `400 MalformedPolicyDocument: ${tooOld}`
    assert.equal((await wire.iam(wire.root, 'CreatePolicy', managed)).summary, refusal)
  }
  const faulty = textOf({ Statement: { ...sound, Effect: 'denY' } })
  const inline = { UserName: 'ada', PolicyName: 'faulty', PolicyDocument: faulty }
  assert.equal(
    (await wire.iam(wire.root, 'PutUserPolicy', inline)).summary,
    `400 MalformedPolicyDocument: ${legacy}`,
  )
})

for (const [index, document] of kept.entries()) {
  test(`stored as it was sent: ${textOf(document)}`, async () => {
    const PolicyName = `kept-${index}`
    const PolicyDocument = textOf(document)
    const { iam, root } = wire
    assert.equal(
      (await iam(root, 'CreatePolicy', { PolicyName, PolicyDocument })).summary,
      '200 OK',
    )
    const of = { UserName: 'ada', PolicyName }
    assert.equal((await iam(root, 'PutUserPolicy', { ...of, PolicyDocument })).summary, '200 OK')
    const got = await iam(root, 'GetUserPolicy', of)
    assert.equal(decodeURIComponent(got.text('PolicyDocument')), PolicyDocument)
    assert.equal((await iam(root, 'DeleteUserPolicy', of)).summary, '200 OK')
  })
}
