import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { TlsFiles } from './config.ts'
import { ConfigError } from './config-error.ts'

/** A certificate chain and its private key, as PEM text. */
export interface TlsPair {
  readonly cert: string
  readonly key: string
}

/**
 * Reads a certificate and its private key.
 * @throws ConfigError when a file cannot be read, is not PEM or too weak, or the key is not the certificate's
 */
export function readTlsFiles({ certFile, keyFile }: TlsFiles): TlsPair {
  const cert = readText('--tls-cert', certFile)
  const key = readText('--tls-key', keyFile)
  const certificate = attempt(
    () => new X509Certificate(cert),
    `--tls-cert is "${certFile}": the file holds no certificate in PEM.`,
  )
  const privateKey = attempt(
    () => createPrivateKey(key),
    `--tls-key is "${keyFile}": the file holds no private key in PEM without a passphrase.`,
  )
  if (!certificate.checkPrivateKey(privateKey))
    throw new ConfigError([`--tls-key is "${keyFile}": it is not the key of "${certFile}".`])
  try {
    createSecureContext({ cert, key })
  } catch (cause) {
    const why = (cause as { reason?: string }).reason ?? (cause as Error).message
    throw new ConfigError([`--tls-cert is "${certFile}": TLS cannot use it (${why}).`], { cause })
  }
  return { cert, key }
}

function readText(flag: string, file: string): string {
  return attempt(
    () => readFileSync(file, 'utf8'),
    `${flag} is "${file}": the file cannot be read; give a file that exists and is readable.`,
  )
}

function attempt<T>(read: () => T, problem: string): T {
  try {
    return read()
  } catch (cause) {
    throw new ConfigError([problem], { cause })
  }
}
