import type { ParseOptions } from './parse-authentication.ts'
import type { SignableRequest } from './signable-request.ts'

export const now = Date.UTC(2026, 0, 2, 12)
export const options: ParseOptions = { now, services: ['sts'], regions: ['us-east-1'] }
export const credential = 'AKIDEXAMPLE/20260102/us-east-1/sts/aws4_request'
export const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=00`

export const request = (changes: Partial<SignableRequest> = {}): SignableRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: ['Host', 'sts.amazonaws.com', 'X-Amz-Date', '20260102T120000Z'],
  body: new Uint8Array(),
  ...changes,
})
export const signed = (header: string, date = '20260102T120000Z', dateName = 'X-Amz-Date') =>
  request({
    headers: ['Host', 'sts.amazonaws.com', dateName, date, 'Authorization', header],
  })
const parameters = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': credential.replaceAll('/', '%2F'),
  'X-Amz-Date': '20260102T120000Z',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '00',
}
export const presigned = (changes: Record<string, string | undefined> = {}, extra = '') => {
  const kept = Object.entries({ ...parameters, ...changes }).filter(
    ([, value]) => value !== undefined,
  )
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&') + extra
  return request({ method: 'GET', query, headers: ['Host', 'sts.amazonaws.com'] })
}
