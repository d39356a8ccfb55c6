import { regionSetCovers } from './region-set.ts'
import { type Algorithm, sigv4 } from './signable-request.ts'
import { SignatureError } from './signature-error.ts'

/** A credential taken apart. `region` is empty for SigV4A. */
export interface CredentialParts {
  /** The whole, without slashes at its end. */
  readonly credential: string
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
}

/**
 * Splits `keyid/date/region/service/term`, or the four parts of SigV4A; slashes at the end do not count.
 *
 * @throws SignatureError `IncompleteSignature` for any other number of parts
 */
export function splitCredential(sent: string, algorithm: Algorithm): CredentialParts {
  let end = sent.length
  while (end > 0 && sent.charCodeAt(end - 1) === 0x2f) end--
  const credential = end === sent.length ? sent : sent.slice(0, end)
  const hasRegion = algorithm === sigv4
  // Each begins behind its slash, and at 0 when there is none. Cut so, it costs half of a split.
  const date = credential.indexOf('/') + 1
  const region = hasRegion ? credential.indexOf('/', date) + 1 : date
  const service = credential.indexOf('/', region) + 1
  const terminator = credential.indexOf('/', service) + 1
  const isWhole = date > 0 && region > 0 && service > 0 && terminator > 0
  if (!isWhole || credential.includes('/', terminator)) {
    throw hasRegion
      ? wrongParts('5', 'keyid/date/region/service/term', sent)
      : wrongParts('4', 'keyid/date/service/term', sent)
  }
  return {
    credential,
    accessKeyId: credential.slice(0, date - 1),
    date: credential.slice(date, (hasRegion ? region : service) - 1),
    region: hasRegion ? credential.slice(region, service - 1) : '',
    service: credential.slice(service, terminator - 1),
    terminator: credential.slice(terminator),
  }
}

const wrongParts = (count: string, example: string, credential: string): SignatureError =>
  new SignatureError(
    'IncompleteSignature',
    `Credential must have exactly ${count} slash-delimited elements, e.g. ${example}, got '${credential}'`,
  )

/** What a server takes as a valid scope. */
export interface AcceptedScope {
  /** Signing names served here. */
  readonly services: readonly string[]
  /** The one service that the request is for, when that is known. */
  readonly expectedService?: string | undefined
  /** Undefined accepts any region name. */
  readonly regions?: readonly string[] | undefined
}

/**
 * Checks every part of the scope and names all that is wrong in one message, as AWS does.
 *
 * @param timestamp - the request time in basic form; its day must be the scope's
 * @throws SignatureError `SignatureDoesNotMatch`
 */
export function checkScope(
  parts: CredentialParts,
  algorithm: Algorithm,
  regionSet: string,
  timestamp: string,
  accepted: AcceptedScope,
): void {
  const faults: string[] = []
  const region = algorithm === sigv4 ? parts.region : regionSet
  const regionHolds =
    algorithm === sigv4
      ? isAcceptedRegion(region, accepted.regions)
      : regionSetCovers(regionSet, accepted.regions)
  if (!regionHolds) faults.push(`Credential should be scoped to a valid region, not '${region}'.`)

  const { expectedService } = accepted
  const serviceHolds =
    expectedService === undefined
      ? accepted.services.includes(parts.service)
      : parts.service === expectedService
  if (!serviceHolds) {
    const wanted = expectedService ?? accepted.services[0] ?? ''
    faults.push(`Credential should be scoped to correct service: '${wanted}'.`)
  }
  if (parts.terminator !== 'aws4_request') {
    faults.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${parts.terminator}'.`,
    )
  }
  if (parts.date.length !== 8 || !timestamp.startsWith(parts.date)) {
    faults.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${parts.date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    )
  }
  if (faults.length > 0) throw new SignatureError('SignatureDoesNotMatch', faults.join(' '))
}

function isAcceptedRegion(region: string, accepted: readonly string[] | undefined): boolean {
  if (accepted !== undefined) return accepted.includes(region)
  if (region === '') return false
  for (let i = 0; i < region.length; i++) {
    const code = region.charCodeAt(i)
    const fits = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d
    if (!fits) return false
  }
  return true
}
