import {
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
} from 'node:crypto'
import { sigv4a } from './signable-request.ts'

/** The order of P-256 less two, the largest candidate that may become a private key. */
const largestCandidate = Buffer.from(
  'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f',
  'hex',
)

/**
 * Derives the key pair that SigV4A signs with from an ordinary secret (NIST SP 800-108, counter mode).
 * A candidate outside the curve's range is skipped: it comes up about once in four thousand million keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function ecdsaKeys(
  accessKeyId: string,
  secretAccessKey: string,
): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  for (let counter = 1; counter <= 254; counter++) {
    const candidate = createHmac('sha256', `AWS4A${secretAccessKey}`)
      .update(Buffer.from([0, 0, 0, 1]))
      .update(sigv4a)
      .update(Buffer.from([0]))
      .update(accessKeyId)
      .update(Buffer.from([counter, 0, 0, 1, 0]))
      .digest()
    if (Buffer.compare(candidate, largestCandidate) <= 0) return keyPair(increment(candidate))
  }
  throw new Error('no SigV4A key can be derived from this secret')
}

/** Adds one; the candidate is below the curve's order, so the carry never leaves the 32 bytes. */
function increment(candidate: Buffer): Buffer {
  for (let i = candidate.length - 1; i >= 0; i--) {
    const byte = candidate[i] ?? 0
    candidate[i] = (byte + 1) & 0xff
    if (byte !== 0xff) break
  }
  return candidate
}

function keyPair(scalar: Buffer) {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(scalar)
  const point = curve.getPublicKey()
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.toString('base64url', 1, 33),
    y: point.toString('base64url', 33, 65),
  }
  return {
    privateKey: createPrivateKey({
      key: { ...jwk, d: scalar.toString('base64url') },
      format: 'jwk',
    }),
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
  }
}
