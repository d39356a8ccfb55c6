/** The Resource texts IAM refuses, in its words. */
import type { PolicyDocument, Text } from '../document.ts'
import { legacyText, refuse } from './check-grammar.ts'

const partitions = /^(?:aws(?:-[a-z]+)*|.*[*?$].*)$/

const iamResources = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]

/** Accepted although AWS's text does not list them. */
const unlistedIamResources = ['u2f/', 'delegation-request/', 'context-provider/']

export function checkResources(document: PolicyDocument): void {
  for (const { resource, notResource } of document.statements) {
    for (const text of (resource ?? notResource)?.items ?? []) {
      const message = resourceFault(text.value)
      if (message !== undefined) refuse('resource', message, text)
    }
  }
}

const braced = /\$\{(?:\$|[^}$]*)\}/g

/** A variable may hold anything, so it is judged as one character that stands for all. */
const masked = (text: string): string => text.replace(braced, '$')

/** @returns AWS's text, or undefined for a resource that IAM accepts */
function resourceFault(resource: string): string | undefined {
  const text = masked(resource)
  if (text === '*') return undefined
  if (!text.includes(':')) {
    return text.includes('$') ? undefined : `Resource ${resource} must be in ARN format or "*".`
  }
  const [, partition = '', service, ...rest] = text.split(':')
  if (!partitions.test(partition)) return partitionFault(resource)
  if (service === undefined || /[*?]/.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.'
  }
  const [region, account = ''] = rest
  const hasRegion = !(rest.length > 1 && (region === '' || region === '$'))
  if (service === 'iam' && hasRegion) {
    return `IAM resource ${resource} cannot contain region information.`
  }
  // Buckets have neither; access points, jobs and the like have a region and an account.
  if (service === 's3' && hasRegion && account === '') {
    return `Resource ${resource} can not contain region information.`
  }
  return service === 'iam' ? iamPathFault(rest.slice(2).join(':')) : undefined
}

function partitionFault(resource: string): string {
  const [, partition = '', ...after] = resource.split(':')
  const rest = after.length === 1 && after[0] === '' ? [] : after
  const parts = [rest[0] ?? '*', rest[1] ?? '*', rest[2] ?? '*', rest.slice(3).join(':') || '*']
  return `Partition "${partition}" is not valid for resource "arn:${partition}:${parts.join(':')}".`
}

function iamPathFault(path: string): string | undefined {
  if (path === '*' || path === 'root' || path.startsWith('$')) return undefined
  for (const start of iamResources) if (path.startsWith(start)) return undefined
  for (const start of unlistedIamResources) if (path.startsWith(start)) return undefined
  return `IAM resource path must either be "*", root, or start with ${iamResources.join(', ')}.`
}

/** Twelve digits, wildcards, a variable, or a name of AWS's own such as `aws`: no placeholder left in. */
const accountField = /^[a-z0-9*?$-]*$/
/** A vendor, one colon and a name, unlike what a template left behind: `${account}`, `${AWS::AccountId}`. */
const variable = /^\$\{[a-z0-9.-]+:[^:]+\}$/i

/** IAM's older parser, which runs before: an ARN cut short, without a service, or of no account that could be. */
export function checkLegacyResources(document: PolicyDocument): void {
  for (const { resource, notResource } of document.statements) {
    for (const text of (resource ?? notResource)?.items ?? []) {
      if (failsLegacyParsing(text)) refuse('resource', legacyText, text)
    }
  }
}

function failsLegacyParsing({ value }: Text): boolean {
  const text = value.replace(braced, (found) => (variable.test(found) ? '$' : '!'))
  const parts = text.split(':')
  if (parts[0] === 'arn' && parts[2] === '') return true
  if (text === '*' || resourceFault(value) !== undefined) return false
  const [, , , region = '', account = '', ...rest] = parts
  if (rest.length > 0 && (region.includes('!') || !accountField.test(account))) return true
  if (/[$!]/.test(text)) return false
  return parts.length < 6 && text.includes('::')
}
