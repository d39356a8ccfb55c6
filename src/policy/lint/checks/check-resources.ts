import type { Statement, Text, TextList } from '../../document.ts'
import {
  didYouMean,
  guess,
  type LintContext,
  quoted,
  replaceText,
  report,
  spend,
} from '../context.ts'
import { matchedActions } from '../matched-actions.ts'
import { overlaps } from '../overlap.ts'
import {
  arnPatternsOf,
  arnServiceNames,
  type ResourcePattern,
  type ServiceAction,
} from '../service-data.ts'
import { withoutVariables } from '../without-variables.ts'
import { reportRedundant } from './report-redundant.ts'

/** Longer resources are compared with no pattern: no name that AWS gives comes near. */
const longestResource = 2048

/** Resource and NotResource: each is an ARN of a type that exists and that an action takes. */
export function checkResources(context: LintContext): void {
  for (const statement of context.document.statements) {
    for (const list of [statement.resource, statement.notResource]) {
      if (list === undefined) continue
      const sound = list.items.filter((item) => checkResource(context, item))
      reportRedundant(context, 'redundant-resource', list.items)
      if (list === statement.resource && sound.length === list.items.length) {
        checkAgainstActions(context, statement, list)
      }
    }
  }
}

export interface Arn extends ResourcePattern {
  readonly partition: string
}

export function arnOf(text: string): Arn | undefined {
  const [head, partition, service, region, account, ...resource] = text.split(':')
  if (head !== 'arn' || partition === undefined || service === undefined) return undefined
  if (region === undefined || account === undefined || resource.length === 0) return undefined
  return { partition, service, region, account, resource: resource.join(':') }
}

export const partitions = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]

/** @returns whether nothing is wrong with it */
function checkResource(context: LintContext, entry: Text): boolean {
  const { value } = entry
  const text = withoutVariables(value)
  if (text === '*') return true
  const count = context.findings.length
  if (!text.startsWith('arn:') && !/^\*/.test(text)) {
    const right = /^(?:ARN|Arn|aws|am|an|rn|ar):/.exec(text)
    const whole = right === null ? undefined : value.replace(/^[A-Za-z]+:/, 'arn:')
    const message = `A resource is an ARN or *, unlike ${quoted(value)}.`
    const fix = whole?.startsWith('arn:aws') ? replaceText(entry, whole) : undefined
    report(context, 'invalid-arn-prefix', entry, message, fix)
    return false
  }
  const arn = arnOf(text)
  if (arn === undefined) {
    // Only a variable may stand for several parts at once.
    if (value.startsWith('${')) return true
    const message = `${quoted(value)} lacks a part of arn:partition:service:region:account:resource.`
    report(context, 'missing-arn-field', entry, message)
    return false
  }
  checkArn(context, entry, arn)
  return context.findings.length === count
}

function checkArn(context: LintContext, entry: Text, arn: Arn): void {
  const { partition, service, region, account } = arn
  if (!/[*?]/.test(partition) && !partitions.includes(partition)) {
    const right = guess(context, partition, partitions) ?? 'aws'
    const whole = entry.value.replace(/^arn:[^:]*/, `arn:${right}`)
    const message = `The partition ${quoted(partition)} does not exist.${didYouMean(right)}`
    report(context, 'invalid-partition', entry, message, replaceText(entry, whole))
  }
  if (/[*?]/.test(service)) {
    if (service === '*' && entry.value.includes('${')) return
    const message = `The service of ${quoted(entry.value)} takes no wildcard.`
    report(context, 'wildcard-in-arn-service', entry, message)
    return
  }
  const patterns = arnPatternsOf(service)
  if (patterns === undefined) {
    unknownService(context, entry, service)
    return
  }
  if (!isRegion(region)) {
    const message = `${quoted(region)} has no form of a region.`
    report(context, 'invalid-arn-region', entry, message)
  } else if (!isAccount(account) && !patterns.some((one) => one.account === account)) {
    const message = `The account of an ARN has twelve digits, unlike ${quoted(account)}.`
    report(context, 'invalid-arn-account', entry, message)
  } else checkType(context, entry, arn, patterns)
}

function unknownService(context: LintContext, entry: Text, service: string): void {
  const lower = service.toLowerCase()
  if (lower !== service && arnPatternsOf(lower) !== undefined) {
    const whole = entry.value.replace(`:${service}:`, `:${lower}:`)
    const message = `The service of an ARN is in lower case: ${quoted(lower)}.`
    report(context, 'invalid-arn-service-case', entry, message, replaceText(entry, whole))
    return
  }
  const right = guess(context, service, arnServiceNames())
  const message = `No service has ARNs of ${quoted(service)}.${didYouMean(right)}`
  const whole = right === undefined ? undefined : entry.value.replace(`:${service}:`, `:${right}:`)
  const fix = whole === undefined ? undefined : replaceText(entry, whole)
  report(context, 'invalid-service-in-arn', entry, message, fix)
}

const isRegion = (region: string): boolean =>
  region === '' ||
  /[*?]/.test(region) ||
  /^(?:[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}|global)$/.test(region)

const isAccount = (account: string): boolean =>
  account === '' || account === 'aws' || /[*?]/.test(account) || /^\d{12}$/.test(account)

/** Whether an ARN pattern of a policy can be an ARN of the type. Types of `*` alone take anything. */
function fitsType(arn: ResourcePattern, type: ResourcePattern): boolean {
  return (
    arn.service === type.service &&
    partFits(arn.region, type.region) &&
    (partFits(arn.account, type.account) || isOwnedByAws(arn)) &&
    resourceFits(arn.resource, type.resource)
  )
}

/** The documents of Systems Manager that AWS itself owns have no account. */
const isOwnedByAws = (arn: ResourcePattern): boolean => arn.service === 'ssm' && arn.account === ''

function partFits(written: string, wanted: string): boolean {
  if (written === wanted || /[*?]/.test(written)) return true
  return wanted === '*' ? written !== '' : overlaps(written, wanted)
}

const resourceFits = (written: string, wanted: string): boolean =>
  written === '*' || wanted === '*' || overlaps(written, wanted)

function checkType(
  context: LintContext,
  entry: Text,
  arn: Arn,
  patterns: readonly ResourcePattern[],
): void {
  if (patterns.length === 0 || arn.resource.length > longestResource) return
  if (!spend(context, patterns.length * (1 + arn.resource.length))) return
  if (patterns.some((pattern) => fitsType(arn, pattern))) return
  const ofForm = patterns.filter((pattern) => resourceFits(arn.resource, pattern.resource))
  if (ofForm.length === 0) {
    const message = `${arn.service} has no resource of the form ${quoted(arn.resource)}.`
    report(context, 'invalid-arn-resource', entry, message)
    return
  }
  const closest = ofForm.find((one) => one.resource !== '*') ?? ofForm[0]
  if (closest === undefined) return
  const { region, account } = closest
  const put = (newRegion: string, newAccount: string): string =>
    `arn:${arn.partition}:${arn.service}:${newRegion}:${newAccount}:${arn.resource}`
  const plain = entry.value === put(arn.region, arn.account)
  if (region === '' && arn.region !== '') {
    const fix = plain ? replaceText(entry, put('', account === '' ? '' : arn.account)) : undefined
    const message = 'ARNs of this resource have no region.'
    report(context, 'arn-region-not-allowed', entry, message, fix)
  } else if (account === '' && arn.account !== '') {
    const fix = plain ? replaceText(entry, put(arn.region, '')) : undefined
    const message = 'ARNs of this resource have no account.'
    report(context, 'arn-account-not-allowed', entry, message, fix)
  } else if (region !== '' && arn.region === '') {
    const fix = plain ? replaceText(entry, put('*', arn.account)) : undefined
    const message = 'ARNs of this resource have a region; write * for any.'
    report(context, 'missing-arn-region', entry, message, fix)
  } else if (account !== '' && arn.account === '') {
    const fix = plain ? replaceText(entry, put(arn.region, '*')) : undefined
    const message = 'ARNs of this resource have an account; write * for any.'
    report(context, 'missing-arn-account', entry, message, fix)
  } else {
    const message = `${arn.service} has no such resource in ${quoted(entry.value)}.`
    report(context, 'invalid-arn-resource', entry, message)
  }
}

/** Only where every action is known and every resource is an ARN: elsewhere nothing can be told. */
function checkAgainstActions(context: LintContext, statement: Statement, list: TextList): void {
  const { action } = statement
  if (action === undefined || list.items.length === 0) return
  const arns: Arn[] = []
  for (const { value } of list.items) {
    const arn = arnOf(withoutVariables(value))
    if (arn === undefined || /[*?]/.test(arn.service) || value.startsWith('${')) return
    arns.push(arn)
  }
  const actions: { entry: Text; matched: readonly ServiceAction[] }[] = []
  for (const entry of action.items) {
    const matched = matchedActions(context, entry.value)
    if (matched === undefined) return
    actions.push({ entry, matched })
  }
  const used = new Set<number>()
  const idle: { entry: Text; matched: readonly ServiceAction[] }[] = []
  for (const { entry, matched } of actions) {
    let fits = false
    for (const pattern of new Set(matched.flatMap(({ resources }) => resources))) {
      if (!spend(context, list.end.offset - list.start.offset)) return
      for (const [index, arn] of arns.entries()) {
        if (arn.resource.length <= longestResource && !fitsType(arn, pattern)) continue
        fits = true
        used.add(index)
      }
    }
    if (!fits && matched.length > 0) idle.push({ entry, matched })
  }
  for (const { entry, matched } of idle) {
    const known = matched.some(({ resources }) => resources.length > 0)
    const message = known
      ? `No resource of the statement is one that ${quoted(entry.value)} works on.`
      : `${quoted(entry.value)} knows no resources: it needs Resource *.`
    report(context, used.size === 0 ? 'resource-mismatch' : 'ineffective-action', entry, message)
  }
  if (used.size === 0) return
  for (const [index, item] of list.items.entries()) {
    if (used.has(index)) continue
    const message = `No action of the statement works on ${quoted(item.value)}.`
    report(context, 'unused-resource', item, message)
  }
}
