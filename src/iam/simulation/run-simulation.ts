import { setImmediate } from 'node:timers/promises'
import type { OperationInputs } from '../../catalog/operations.ts'
import { isAccountId, parseArn } from '../../primitives/arn.ts'
import type { TrustedRole } from '../../request/role-trust.ts'
import type { Scope } from '../../request/scope.ts'
import { invalidInput } from '../errors.ts'
import { paged, pageEnd } from '../paging.ts'
import { readContextEntries } from './context-entries.ts'
import { checkResourceArn, readOrganizationPolicies, readResourcePolicy } from './read-documents.ts'
import { loadResourceNames } from './resource-names.ts'
import { type EvaluationResult, type Simulation, simulateAction } from './simulate.ts'
import { namedCaller, unnamedCaller } from './simulated-caller.ts'
import { checkEffort } from './simulation-effort.ts'

type Input = OperationInputs['SimulateCustomPolicy'] | OperationInputs['SimulatePrincipalPolicy']

/** What the two operations differ in: whose policies are tried. */
export interface SimulatedSide {
  readonly operation: 'SimulateCustomPolicy' | 'SimulatePrincipalPolicy'
  /** The caller unless the request names another. */
  readonly defaultCaller: string | undefined
  readonly policies: Pick<Simulation['sources'], 'identity' | 'boundary'>
  readonly trust: ReadonlyMap<string, TrustedRole>
}

/**
 * What both operations share once it is known whose policies are tried: the rest of the input, then a page of actions.
 * @throws ApiError InvalidInput
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */
export async function runSimulation(
  input: Input,
  side: SimulatedSide,
  scope: Scope,
): Promise<{ EvaluationResults: EvaluationResult[]; IsTruncated: boolean; Marker?: string }> {
  checkActions(input.ActionNames)
  const simulation = await readSimulation(input, side, scope)
  // AWS's marker counts actions and does not care whether they are the same ones.
  const start = (after: string | undefined): number => (after === undefined ? 0 : Number(after) + 1)
  const { page, ...end } = paged(
    scope,
    side.operation,
    'actions',
    input,
    (after) => [...input.ActionNames.entries()].slice(start(after)),
    ([index]) => String(index),
    () => invalidInput('Invalid marker for pagination.'),
  )
  const EvaluationResults: EvaluationResult[] = []
  const turn = takeTurns()
  for (const [, action] of page) {
    EvaluationResults.push(await simulateAction(action, simulation, turn))
  }
  return { EvaluationResults, ...(pageEnd(end) as { IsTruncated: boolean; Marker?: string }) }
}

/** After so long other requests get their turn: what one evaluation takes depends on what was sent. */
const millisecondsAtOnce = 10

function takeTurns(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < millisecondsAtOnce) return undefined
    return setImmediate().then(() => {
      began = performance.now()
    })
  }
}

async function readSimulation(
  input: Input,
  { defaultCaller, policies, trust }: SimulatedSide,
  scope: Scope,
): Promise<Simulation> {
  const { CallerArn = defaultCaller } = input
  const supplied = readContextEntries(input.ContextEntries)
  if (input.ResourcePolicy !== undefined && CallerArn === undefined) {
    throw invalidInput('Invalid caller - Caller cannot be null or empty.')
  }
  const caller = CallerArn === undefined ? unnamedCaller(scope) : namedCaller(CallerArn, scope)
  const resources = readResources(input)
  checkHandlingOption(input, resources)
  const simulation: Simulation = {
    principal: caller.principal,
    resourceAccount: ownerAccount(input.ResourceOwner) ?? caller.account,
    context: new Map<string, string | readonly string[]>([...caller.context, ...supplied.values]),
    supplied: new Set(supplied.values.keys()),
    multivaluedKeys: supplied.multivalued,
    resources,
    sources: { ...policies, scps: scpsOf(input) },
    resourcePolicy: readResourcePolicy(input.ResourcePolicy),
    trust,
    names: await loadResourceNames(),
  }
  checkEffort(simulation)
  return simulation
}

function checkActions(actions: readonly string[]): void {
  for (const action of actions) {
    if (!action.includes(':')) {
      throw invalidInput('The action is invalid since it is missing names')
    }
  }
}

/** A policy on resources needs resources that it can be on. */
function readResources({ ResourceArns, ResourcePolicy }: Input): readonly string[] | undefined {
  const resources = ResourceArns && ResourceArns.length > 0 ? ResourceArns : undefined
  if (ResourcePolicy !== undefined && (resources === undefined || resources.includes('*'))) {
    throw invalidInput('Invalid Entity Arn: * does not clearly define entity type and name.')
  }
  for (const resource of resources ?? []) if (resource !== '*') checkResourceArn(resource)
  return resources
}

/** Actions that AWS has resource scenarios for; none of them changes what a policy says. */
const actionsWithOptions = new Set([
  'ec2:runinstances',
  'cloudwatch:tagresource',
  'cloudwatch:untagresource',
  'devicefarm:schedulerun',
])

function checkHandlingOption(input: Input, resources: readonly string[] | undefined): void {
  if (input.ResourceHandlingOption === undefined || resources === undefined) return
  const other = input.ActionNames.find((action) => !actionsWithOptions.has(action.toLowerCase()))
  if (other === undefined) return
  throw invalidInput(
    `Invalid input resource handling options. Action does not support resource handling options: ${other}. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html`,
  )
}

function ownerAccount(owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined
  const arn = parseArn(owner)
  if (arn?.service !== 'iam' || !isAccountId(arn.account)) {
    throw invalidInput(`'${owner}' is not a valid as a Resource Owner.`)
  }
  return arn.account
}

const scpsOf = (input: Input): Simulation['sources']['scps'] =>
  'OrderedOrganizationPolicyInputList' in input
    ? readOrganizationPolicies(input.OrderedOrganizationPolicyInputList)
    : undefined
