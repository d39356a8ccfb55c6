import type { Algorithm } from './signable-request.ts'

/** What a signed request claims, well formed and in time; only `verifySignature` says whether it is true. */
export interface Authentication {
  /** In the `Authorization` header, or in the query string (presigned). */
  readonly form: 'header' | 'query'
  readonly algorithm: Algorithm
  /** The access key id and its scope, as signed. */
  readonly credential: string
  readonly accessKeyId: string
  /** `region` is empty for SigV4A, whose regions are in `regionSet`. */
  readonly scope: { readonly date: string; readonly region: string; readonly service: string }
  /** The `X-Amz-Region-Set` of SigV4A as sent; empty for SigV4. */
  readonly regionSet: string
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** Epoch milliseconds. */
  readonly requestTime: number
  /** The request time as the string to sign has it, `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string
  readonly sessionToken: string | undefined
}

/** The credential scope: the credential without its access key id. */
export const scopeText = ({ algorithm, scope }: Authentication): string =>
  algorithm === 'AWS4-HMAC-SHA256'
    ? `${scope.date}/${scope.region}/${scope.service}/aws4_request`
    : `${scope.date}/${scope.service}/aws4_request`
