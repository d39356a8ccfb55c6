import { isIP } from 'node:net'
import * as v from 'valibot'
import { isAccountId } from '../primitives/arn.ts'
import { logLevels } from './config.ts'
import { keyringText } from './keyring-text.ts'

/**
 * One row a setting: how it is given, what its text must be and what it then means. Flags and environment,
 * the help text and the did-you-mean all read this table. A message says what would be right.
 */
export interface Setting {
  /** The flag without its dashes; secrets have none, for command lines are public to the whole machine. */
  readonly flag?: string
  readonly environment: string
  /** Shown in help as the flag's argument; a switch has none. */
  readonly argument?: string
  readonly help: string
  /** Its value is never repeated in an error. */
  readonly secret?: true
  readonly schema: v.GenericSchema<string, unknown>
}

const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.check(
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `give a whole number from ${min} to ${max}`,
    ),
    v.transform(Number),
  )

const onOff = v.pipe(
  v.string(),
  v.check((text) => ['true', '1', 'false', '0'].includes(text), 'give true or false'),
  v.transform((text) => text === 'true' || text === '1'),
)

const filePath = v.pipe(
  v.string(),
  v.check((text) => !text.includes('\0'), 'give a path'),
)

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

export const settings = {
  port: {
    flag: 'port',
    environment: 'WATCHWORD_PORT',
    argument: 'NUMBER',
    help: 'port to listen on, 0 for any that is free (7878)',
    schema: wholeNumber(0, 65_535),
  },
  host: {
    flag: 'host',
    environment: 'WATCHWORD_HOST',
    argument: 'ADDRESS',
    help: 'address to listen on (127.0.0.1)',
    schema: v.pipe(
      v.string(),
      v.check(
        (text) => isIP(text) !== 0 || isHostName(text),
        'give an IP address or a host name, such as 127.0.0.1, 0.0.0.0 or ::',
      ),
    ),
  },
  data: {
    flag: 'data',
    environment: 'WATCHWORD_DATA',
    argument: 'DIR',
    help: 'directory to keep state in (./watchword-data)',
    schema: filePath,
  },
  memory: {
    flag: 'memory',
    environment: 'WATCHWORD_MEMORY',
    help: 'keep state in memory only; it is gone when the service stops',
    schema: onOff,
  },
  account: {
    flag: 'account',
    environment: 'WATCHWORD_ACCOUNT',
    argument: 'ID',
    help: 'id of the first account (random; 123456789012 with --dev)',
    schema: v.pipe(v.string(), v.check(isAccountId, 'give an account id: 12 digits')),
  },
  dev: {
    flag: 'dev',
    environment: 'WATCHWORD_DEV',
    help: 'for development: known account, reset and clock routes; listens on loopback only',
    schema: onOff,
  },
  tlsCert: {
    flag: 'tls-cert',
    environment: 'WATCHWORD_TLS_CERT',
    argument: 'FILE',
    help: 'certificate chain in PEM: answer HTTPS; needs --tls-key',
    schema: filePath,
  },
  tlsKey: {
    flag: 'tls-key',
    environment: 'WATCHWORD_TLS_KEY',
    argument: 'FILE',
    help: 'private key of the certificate in PEM',
    schema: filePath,
  },
  regions: {
    flag: 'regions',
    environment: 'WATCHWORD_REGIONS',
    argument: 'NAMES',
    help: 'region names accepted in signatures, with commas between (any)',
    schema: v.pipe(
      v.string(),
      v.transform((text) => text.split(',').map((name) => name.trim())),
      v.check(
        (names) => names.every((name) => /^[a-z][a-z0-9-]{1,62}[a-z0-9]$/.test(name)),
        'give region names with commas between, such as us-east-1,eu-central-1',
      ),
      v.transform((names) => [...new Set(names)]),
    ),
  },
  logLevel: {
    flag: 'log-level',
    environment: 'WATCHWORD_LOG_LEVEL',
    argument: 'LEVEL',
    help: `${logLevels.join(', ')} (info)`,
    schema: v.pipe(v.string(), v.picklist(logLevels, `give one of ${logLevels.join(', ')}`)),
  },
  maxBodyBytes: {
    flag: 'max-body-bytes',
    environment: 'WATCHWORD_MAX_BODY_BYTES',
    argument: 'NUMBER',
    help: 'largest request body (1048576)',
    schema: wholeNumber(1, 100 * 1024 * 1024),
  },
  rootAccessKeyId: {
    environment: 'WATCHWORD_ROOT_ACCESS_KEY_ID',
    help: "access key id of the first account's root user; needs the secret",
    // What fits the Credential of an Authorization header: no slash, comma, space or `%`.
    schema: v.pipe(
      v.string(),
      v.regex(
        /^[A-Za-z0-9_.~+=@:-]{1,128}$/,
        'give 1 to 128 letters, digits or any of _ . ~ + = @ : - (a slash would end it early)',
      ),
    ),
  },
  rootSecretAccessKey: {
    environment: 'WATCHWORD_ROOT_SECRET_ACCESS_KEY',
    help: 'secret of that key',
    secret: true,
    schema: v.pipe(
      v.string(),
      v.regex(/^[\x21-\x7e]{1,256}$/, 'give 1 to 256 printable ASCII characters without spaces'),
    ),
  },
  keyring: {
    environment: 'WATCHWORD_KEYRING',
    help: 'master keys, 32 bytes each in base64, oldest first with commas between',
    secret: true,
    schema: keyringText,
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings

/** What each setting means once read; a setting not given is undefined. */
export type SettingValues = {
  readonly [Name in SettingName]: v.InferOutput<(typeof settings)[Name]['schema']> | undefined
}

/** Digits and dots that are no IP address are a slip of the pen, not a host name. */
function isHostName(text: string): boolean {
  return hostName.test(text) && !/^[\d.]+$/.test(text)
}
