import { safeParse } from 'valibot'
import { type Config, defaultDirectory } from './config.ts'
import { ConfigError } from './config-error.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Environment } from './environment.ts'
import { isLoopback } from './loopback.ts'
import { type Setting, type SettingName, type SettingValues, settings } from './settings.ts'

/** Flags as a command-line parser gives them: by camel-case name, switches as booleans. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

const prefix = 'WATCHWORD_'
const names = Object.keys(settings) as readonly SettingName[]
const tableOf = (name: SettingName): Setting => settings[name]

/**
 * Reads the configuration: a flag wins over its environment variable, an unknown setting is refused.
 *
 * @param flags - by camel-case name (`maxBodyBytes`); text, or true for a switch
 * @param environment - `process.env`: every `WATCHWORD_…` of it must be a setting
 * @returns a frozen configuration; nothing has been opened or resolved yet
 * @throws ConfigError telling every problem at once: the setting, the value unless secret, and what is right
 */
export function readConfig(flags: Flags, environment: Environment): Config {
  const problems = [...unknownFlags(flags), ...unknownVariables(environment)]
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const given = givenText(name, flags, environment)
    if (given === undefined) continue
    const setting = tableOf(name)
    if (given.text === '') {
      problems.push(`${given.by} is empty: give a value or leave it out.`)
      continue
    }
    const read = safeParse(setting.schema, given.text)
    if (read.success) values[name] = read.output
    else {
      const shown = setting.secret ? 'has a value that does not fit' : JSON.stringify(given.text)
      const verb = setting.secret ? '' : 'is '
      problems.push(`${given.by} ${verb}${shown}: ${read.issues[0]?.message ?? 'not valid'}.`)
    }
  }
  // Rules between settings are only told once each of them can be read.
  if (problems.length === 0) problems.push(...conflicts(values as SettingValues))
  if (problems.length > 0) throw new ConfigError(problems)
  return configOf(values as SettingValues)
}

/** A body must hold a policy of 131,072 characters that are two bytes each in UTF-8, every byte as `%XX`: 768 KiB. */
const defaultMaxBodyBytes = 1024 * 1024

function configOf(given: SettingValues): Config {
  const dev = given.dev ?? false
  const { tlsCert, tlsKey, rootAccessKeyId, rootSecretAccessKey } = given
  return deepFreeze({
    port: given.port ?? 7878,
    host: given.host ?? '127.0.0.1',
    storage: given.memory
      ? { kind: 'memory' }
      : { kind: 'disk', directory: given.data ?? defaultDirectory },
    account: given.account ?? (dev ? '123456789012' : undefined),
    dev,
    tls: tlsCert && tlsKey ? { certFile: tlsCert, keyFile: tlsKey } : undefined,
    regions: given.regions,
    logLevel: given.logLevel ?? 'info',
    maxBodyBytes: given.maxBodyBytes ?? defaultMaxBodyBytes,
    rootKey:
      rootAccessKeyId && rootSecretAccessKey
        ? { accessKeyId: rootAccessKeyId, secretAccessKey: rootSecretAccessKey }
        : undefined,
    masterKeys: given.keyring,
  })
}

function conflicts(given: SettingValues): string[] {
  const problems: string[] = []
  const needs = (name: SettingName, other: SettingName): void => {
    if (given[name] !== undefined && given[other] === undefined)
      problems.push(`${label(name)} is given without ${label(other)}: give both or neither.`)
  }
  needs('tlsCert', 'tlsKey')
  needs('tlsKey', 'tlsCert')
  needs('rootAccessKeyId', 'rootSecretAccessKey')
  needs('rootSecretAccessKey', 'rootAccessKeyId')
  if (given.memory && given.data !== undefined)
    problems.push(`${label('memory')} and ${label('data')} are both given: give one of them.`)
  if (given.dev && given.host !== undefined && !isLoopback(given.host))
    problems.push(
      `${label('host')} is "${given.host}" together with ${label('dev')}: development mode lets anyone reset it, so it listens on loopback only; give 127.0.0.1, ::1 or localhost.`,
    )
  return problems
}

function givenText(
  name: SettingName,
  flags: Flags,
  environment: Environment,
): { readonly text: string; readonly by: string } | undefined {
  const { flag, environment: variable } = tableOf(name)
  const value = flag === undefined ? undefined : flags[name]
  if (value !== undefined) return { text: String(value), by: `--${flag}` }
  const text = environment[variable]
  if (text === undefined || isServiceLink(variable, text)) return undefined
  return { text, by: variable }
}

function unknownFlags(flags: Flags): string[] {
  const known = names.filter((name) => tableOf(name).flag !== undefined)
  return Object.keys(flags)
    .filter((name) => flags[name] !== undefined && !known.some((k) => k === name))
    .map((name) => {
      const near = didYouMean(name, known)
      const meant = known.find((k) => k === near)
      return `--${kebab(name)} is not a setting${meant ? `; did you mean --${tableOf(meant).flag}?` : '.'}`
    })
}

function unknownVariables(environment: Environment): string[] {
  const known = names.map((name) => tableOf(name).environment)
  return Object.keys(environment)
    .filter((name) => name.toUpperCase().startsWith(prefix) && !known.includes(name))
    .filter((name) => !isServiceLink(name, environment[name] ?? ''))
    .map((name) => {
      const meant = didYouMean(name.slice(prefix.length), known.map(withoutPrefix))
      return `${name} is not a setting${meant ? `; did you mean ${prefix}${meant}?` : '.'}`
    })
}

/**
 * Kubernetes puts variables for each service into every container; for one named `watchword` they look like ours.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
function isServiceLink(name: string, value: string): boolean {
  return (
    /^WATCHWORD_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_\w+)?)$/.test(name) ||
    (name === 'WATCHWORD_PORT' && /^(tcp|udp|sctp):\/\//.test(value))
  )
}

function label(name: SettingName): string {
  const { flag, environment } = tableOf(name)
  return flag === undefined ? environment : `--${flag} (${environment})`
}

const withoutPrefix = (variable: string): string => variable.slice(prefix.length)
const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** Byte arrays cannot be frozen and are left; they are only read by the keyring. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}
