import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { XmlValue } from './read-xml.ts'
import {
  account,
  allow,
  openWire,
  type Parameters,
  startTime,
  trusting,
  type Wire,
} from './wire-service.ts'

/**
 * The members of every answer, those left out included, on entities made with all there is and with nothing.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/iam (recorded 2026-02)
 */
export interface Answers {
  readonly wire: () => Wire
  /** What root is told: exactly this, but for unique ids. */
  answer(action: string, parameters: Parameters, expected: XmlValue): Promise<void>
}

/** A service for the tests of one file. */
export function openAnswers(prepare: (wire: Wire) => Promise<unknown> = async () => {}): Answers {
  let wire: Wire
  before(async () => {
    wire = await openWire()
    await prepare(wire)
  })
  after(() => wire[Symbol.asyncDispose]())
  return {
    wire: () => wire,
    async answer(action, parameters, expected) {
      const got = await wire.iam(wire.root, action, parameters)
      assert.equal(got.summary, '200 OK', action)
      assert.deepEqual(masked(got.result), expected, action)
    },
  }
}

export const arn = (resource: string): string => `arn:aws:iam::${account}:${resource}`
export const document = JSON.stringify(allow('s3:ListBucket'))
export const trust = JSON.stringify(trusting('*'))
export const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
export const shownBoundary = { PermissionsBoundaryArn: boundary, PermissionsBoundaryType: 'Policy' }
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[*'()!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
export const team = [{ Key: 'Team', Value: 'red' }]
export const empty = { IsTruncated: 'false' }

/** Unique ids by their prefix: everything else must be exactly so. */
export const masked = (value: XmlValue): XmlValue =>
  JSON.parse(JSON.stringify(value).replace(/"(A[A-Z]{3})[A-Z2-7]{17}"/g, '"<$1>"')) as XmlValue

export const user = (name: string, path = '/') => ({
  Path: path,
  UserName: name,
  UserId: '<AIDA>',
  Arn: arn(`user${path}${name}`),
  CreateDate: startTime,
})

export const role = (name: string, path = '/') => ({
  Path: path,
  RoleName: name,
  RoleId: '<AROA>',
  Arn: arn(`role${path}${name}`),
  CreateDate: startTime,
  AssumeRolePolicyDocument: encoded(trust),
})
