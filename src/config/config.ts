import type { MasterKey } from '../primitives/keyring.ts'

/** Everything an operator may decide, read once at start; frozen. `settings.ts` says how each is given. */
export interface Config {
  /** 0 asks the system for a free port. */
  readonly port: number
  readonly host: string
  /** Where state lives: a directory, or nothing that outlives the process. */
  readonly storage:
    | { readonly kind: 'memory' }
    | { readonly kind: 'disk'; readonly directory: string }
  /** The first account's id; undefined lets the service draw one when it makes that account. */
  readonly account: string | undefined
  readonly dev: boolean
  readonly tls: TlsFiles | undefined
  /** Region names accepted in a credential scope; undefined accepts any. */
  readonly regions: readonly string[] | undefined
  readonly logLevel: LogLevel
  readonly maxBodyBytes: number
  /** The first account's root key, when the operator brings one. */
  readonly rootKey: RootKey | undefined
  /** Master keys given by the environment, oldest first; undefined keeps them with the state. */
  readonly masterKeys: readonly MasterKey[] | undefined
}

/** Paths of a certificate chain and its private key, both PEM. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** A long-term key of the root user, as an operator gives and keeps it. */
export interface RootKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Where state lives unless told otherwise. */
export const defaultDirectory = './watchword-data'

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]
