import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientSettings } from './client-settings.ts'

test('commands look where the first start said, unless told otherwise', () => {
  assert.deepEqual(clientSettings({}), {
    endpoint: 'http://127.0.0.1:7878',
    region: 'us-east-1',
    credentials: undefined,
  })
  const environment = {
    AWS_ENDPOINT_URL: 'https://sts.example.com',
    AWS_DEFAULT_REGION: 'eu-west-1',
  }
  assert.equal(clientSettings(environment).endpoint, 'https://sts.example.com')
  assert.equal(clientSettings(environment).region, 'eu-west-1')
  assert.equal(clientSettings(environment, 'http://[::1]:9000').endpoint, 'http://[::1]:9000')
})

test('a variable that is empty is one that is not set, as for AWS tools', () => {
  const empty = { AWS_ENDPOINT_URL: '', AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }
  const { endpoint, region } = clientSettings(empty)
  assert.deepEqual([endpoint, region], ['http://127.0.0.1:7878', 'eu-west-1'])
})

test('an endpoint that is no URL of HTTP is refused with what would be right', () => {
  const right = 'give a URL such as http://127.0.0.1:7878.'
  for (const endpoint of ['localhost:7878', 'nonsense', 'ftp://host', '']) {
    assert.throws(() => clientSettings({}, endpoint), {
      name: 'ConfigError',
      message: `--endpoint is ${JSON.stringify(endpoint)}: ${right}`,
    })
  }
  assert.throws(() => clientSettings({ AWS_ENDPOINT_URL: '127.0.0.1:7878' }), {
    message: `AWS_ENDPOINT_URL is "127.0.0.1:7878": ${right}`,
  })
})
