import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../catalog/api-error.ts'
import { serviceModels } from '../catalog/model.ts'
import { dispatch } from './dispatch.ts'
import { parseForm } from './form.ts'
import { operationNamed } from './samples.fixture.ts'
import { writeJsonOutput } from './write-json-output.ts'
import { writeJsonError, writeQueryError } from './write-query-error.ts'
import { writeQueryOutput } from './write-query-output.ts'

const asked = (query: string, signedFor?: string) =>
  dispatch(parseForm(query) ?? new Map(), signedFor)
const refused = (query: string, message: string, signedFor?: string): void => {
  assert.throws(() => asked(query, signedFor), { code: 'InvalidAction', message })
}

test('the signature says which service, and without one of ours the version', () => {
  for (const signedFor of [undefined, 's3', 'constructor']) {
    const identity = asked('Action=GetCallerIdentity&Version=2011-06-15', signedFor)
    assert.equal(identity?.service.name, 'sts')
    assert.equal(asked('Action=GetUser&Version=2010-05-08', signedFor)?.service.name, 'iam')
  }
  const wrong = 'Could not find operation GetUser for version 2010-05-08'
  refused('Action=GetUser&Version=2010-05-08', wrong, 'sts')
  assert.equal(asked('Version=2010-05-08', 'iam'), undefined)
})

test('an action that is not found is named with its version, however little was sent', () => {
  refused('Action=&Version=2011-06-15', 'Could not find operation  for version 2011-06-15')
  refused('Action=Nope&Version=2011-06-15', 'Could not find operation Nope for version 2011-06-15')
  refused(
    'Action=getCallerIdentity&Version=2011-06-15',
    'Could not find operation getCallerIdentity for version 2011-06-15',
  )
  refused(
    'Action=GetCallerIdentity',
    'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED',
  )
  refused(
    'Action=GetCallerIdentity&Version=',
    'Could not find operation GetCallerIdentity for version ',
  )
  refused(
    'Action=GetCallerIdentity&Version=2000-01-01',
    'Could not find operation GetCallerIdentity for version 2000-01-01',
  )
  refused(
    'Action=__proto__&Version=2011-06-15',
    'Could not find operation __proto__ for version 2011-06-15',
  )
  refused(
    'Action=GetUser&Version=constructor',
    'Could not find operation GetUser for version constructor',
  )
})

test('an answer holds what is given, an empty list included, and leaves out what is not', () => {
  assert.equal(
    writeQueryOutput(operationNamed('ListUsers'), { Users: [], IsTruncated: false }, 'r'),
    '<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUsersResult><Users/><IsTruncated>false</IsTruncated></ListUsersResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListUsersResponse>',
  )
  assert.equal(
    writeQueryOutput(operationNamed('DeleteUser'), {}, 'r'),
    '<DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteUserResponse>',
  )
})

const at = Date.UTC(2026, 8, 11, 18, 36, 46, 507)

test('times are whole seconds, but for the expiry of a web identity token', () => {
  const session = {
    Credentials: { AccessKeyId: 'A', SecretAccessKey: 's', SessionToken: 't', Expiration: at },
  }
  assert.match(
    writeQueryOutput(operationNamed('GetSessionToken'), session, 'r'),
    /<Expiration>2026-09-11T18:36:46Z</,
  )
  assert.match(
    writeQueryOutput(
      operationNamed('GetWebIdentityToken'),
      { WebIdentityToken: 't', Expiration: at },
      'r',
    ),
    /<Expiration>2026-09-11T18:36:46.507Z</,
  )
})

test('text is escaped, and what XML cannot carry is replaced', () => {
  const xml = writeQueryOutput(
    operationNamed('GetCallerIdentity'),
    { UserId: `<&>"'\u0000\u001f\r\n\t\ud800é𐀀\ufffe`, Account: '1', Arn: 'a' },
    'r',
  )
  assert.ok(
    xml.includes(`<UserId>&lt;&amp;&gt;&quot;'\ufffd\ufffd&#xD;\n\t\ufffdé𐀀\ufffd</UserId>`),
    xml,
  )
})

test('an answer in JSON has the same names and times in seconds', () => {
  assert.deepEqual(
    JSON.parse(
      writeJsonOutput(
        operationNamed('GetCallerIdentity'),
        { UserId: 'u', Account: '1', Arn: 'a' },
        'r',
      ),
    ),
    {
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: { UserId: 'u', Account: '1', Arn: 'a' },
        ResponseMetadata: { RequestId: 'r' },
      },
    },
  )
})

test('what is absent is left out of XML and null in JSON', () => {
  const Credentials = { AccessKeyId: 'k', SecretAccessKey: 's', SessionToken: 't', Expiration: 0 }
  const AssumedRoleUser = { AssumedRoleId: 'i', Arn: 'a' }
  const operation = operationNamed('AssumeRole')
  const output = { Credentials, AssumedRoleUser }
  assert.ok(!writeQueryOutput(operation, output, 'r').includes('PackedPolicySize'))
  assert.deepEqual(JSON.parse(writeJsonOutput(operation, output, 'r')).AssumeRoleResponse, {
    AssumeRoleResult: { ...output, PackedPolicySize: null, SourceIdentity: null },
    ResponseMetadata: { RequestId: 'r' },
  })
})

test('an error names who is to blame', () => {
  assert.equal(
    writeQueryError(serviceModels.sts, new ApiError('ValidationError', 'a < b'), 'r'),
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>a &lt; b</Message></Error><RequestId>r</RequestId></ErrorResponse>',
  )
  assert.match(
    writeQueryError(serviceModels.iam, new ApiError('InternalFailure', ''), 'r'),
    /<Type>Receiver</,
  )
  assert.match(
    writeQueryError(serviceModels.iam, new ApiError('InvalidAction', ''), 'r'),
    /xmlns="http:\/\/webservices\.amazon\.com\/AWSFault\/2005-15-09"/,
  )
  assert.deepEqual(JSON.parse(writeJsonError(new ApiError('AccessDenied', 'no'), 'r')), {
    Error: { Code: 'AccessDenied', Message: 'no', Type: 'Sender' },
    RequestId: 'r',
  })
})

test('an error without a message has no such element', () => {
  const error = new ApiError('MalformedInput', '')
  assert.match(
    writeQueryError(serviceModels.sts, error, 'r'),
    /<Code>MalformedInput<\/Code><\/Error>/,
  )
  assert.equal(JSON.parse(writeJsonError(error, 'r')).Error.Message, null)
})
