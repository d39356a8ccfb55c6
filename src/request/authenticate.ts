import { ApiError } from '../catalog/api-error.ts'
import type { Clock } from '../primitives/clock.ts'
import {
  type Authentication,
  checkTarget,
  parseAuthentication,
  SignatureError,
  type SigningKeyCache,
  signatureDoesNotMatch,
  verifySignature,
} from '../sigv4/index.ts'
import type { Caller } from './caller.ts'
import { findCredential } from './find-credential.ts'
import type { HttpRequest } from './http.ts'
import type { Services } from './services.ts'
import { whenReady } from './when-ready.ts'

/** What the service takes as a signed request. */
export interface AuthenticationRules {
  readonly signingKeys: SigningKeyCache
  /** Region names accepted in a credential scope; undefined accepts any. */
  readonly regions: readonly string[] | undefined
  /**
   * For development, where the service's clock may be moved: the machine's, by which a request may be dated too. Not
   * every client corrects its clock by the service's answers.
   */
  readonly machineClock?: Clock | undefined
}

/** What a signature that holds tells of its request. */
export interface AuthenticatedRequest {
  readonly caller: Caller
  /** The region of the signature's scope: `aws:RequestedRegion`. */
  readonly region: string
}

/**
 * Says who signed a request, or refuses it: form and scope first, then the key, then the signature, in AWS's order.
 *
 * @param service - the signing name that the request must be scoped to
 * @param now - milliseconds since the epoch
 * @throws ApiError with AWS's code and text
 */
export function authenticate(
  request: HttpRequest,
  service: string,
  now: number,
  rules: AuthenticationRules,
  services: Services,
): AuthenticatedRequest | Promise<AuthenticatedRequest> {
  const authentication = readAuthentication(request, service, now, rules)
  const { accessKeyId, sessionToken } = authentication
  const found = findCredential(accessKeyId, sessionToken, now, services)
  return whenReady(found, ({ caller, secretAccessKey }) => {
    if (!verifySignature(request, authentication, secretAccessKey, rules.signingKeys)) {
      throw asApiError(signatureDoesNotMatch())
    }
    const region = regionOf(authentication)
    noteUse(caller, service, region, now, services)
    return { caller, region }
  })
}

function readAuthentication(
  request: HttpRequest,
  service: string,
  now: number,
  { regions, machineClock }: AuthenticationRules,
): Authentication {
  const services = [service]
  const read = (at: number) =>
    parseAuthentication(request, { now: at, services, expectedService: service, regions })
  try {
    return read(now)
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    if (machineClock === undefined) throw asApiError(error)
    try {
      return read(machineClock.now())
    } catch {
      // What is wrong is told by the service's own clock.
      throw asApiError(error)
    }
  }
}

/**
 * Checked before it is known what is asked, as AWS's front end does.
 *
 * @returns false for a path that is answered 400 without a body
 * @throws ApiError MalformedQueryString
 */
export function hasSoundTarget(request: HttpRequest): boolean {
  try {
    checkTarget(request)
    return true
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    if (error.code === 'BadRequest') return false
    throw asApiError(error)
  }
}

/** A path fault comes this far only where `hasSoundTarget` was not asked: there it is a code like the others. */
const asApiError = ({ code, message }: SignatureError): ApiError =>
  new ApiError(
    code === 'AuthorizationQueryParametersError' || code === 'BadRequest'
      ? 'MalformedQueryString'
      : code,
    message,
  )

/** SigV4A signs for a set of regions; the first that is no pattern stands for it. */
function regionOf({ scope, regionSet }: Authentication): string {
  if (scope.region !== '') return scope.region
  return regionSet.split(',').find((region) => !region.includes('*')) ?? 'us-east-1'
}

function noteUse(
  caller: Caller,
  service: string,
  region: string,
  at: number,
  { lastUses }: Services,
): void {
  // A user's session is no key that anyone can ask about.
  if (caller.session && caller.type !== 'role') return
  const id = caller.type === 'role' ? caller.role.id : caller.accessKeyId
  lastUses.note(caller.account.account, { id, at, service, region })
}
