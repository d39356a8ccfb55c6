import type { OperationInputs, OperationOutputs } from '../catalog/operations.ts'
import type { Transaction } from '../directory/account-records.ts'
import type { JournalEntry } from '../store/journal.ts'
import type { Access } from './access.ts'
import type { Scope } from './scope.ts'

/**
 * One API operation: who must be allowed what, then what happens. The pipeline asks `access` and decides
 * before it calls `perform`; there is no other way to reach it.
 */
export type Operation = ReadOperation | WriteOperation | IssueOperation

interface CommonOperation {
  readonly name: OperationName
  readonly access: (input: never, scope: Scope) => Access | Promise<Access>
}

interface ReadOperation extends CommonOperation {
  readonly kind: 'read'
  readonly perform: (input: never, scope: Scope) => unknown
}

/** See `writeOperation`. */
export interface WriteOperation extends CommonOperation {
  readonly kind: 'write'
  readonly perform: (input: never, scope: WriteScope) => unknown
}

/** See `issueOperation`. */
interface IssueOperation extends CommonOperation {
  readonly kind: 'issue'
  readonly perform: (input: never, scope: Scope) => Issued | Promise<Issued>
}

/** The answer that gives a session's credentials out, and what is on record of it before that. */
export interface Issued<Output = unknown> {
  readonly output: Output
  readonly record: JournalEntry
  /** When the session ends: seconds since the epoch. */
  readonly expiresAt: number
}

export type OperationName = keyof OperationInputs & keyof OperationOutputs

/** An operation whose answer has no members returns nothing. */
type Result<Name extends OperationName> = keyof OperationOutputs[Name] extends never
  ? // biome-ignore lint/suspicious/noConfusingVoidType: only ever the result type of `perform`
    void
  : OperationOutputs[Name]

/** What a writing operation sees: `tx` is at once the newest records and the way to change them. */
export interface WriteScope extends Scope {
  readonly tx: Transaction
}

/** What an operation is declared by. */
interface Definition<Name extends OperationName, SeenScope, Done> {
  readonly access: (input: OperationInputs[Name], scope: Scope) => Access | Promise<Access>
  readonly perform: (input: OperationInputs[Name], scope: SeenScope) => Done
}

/** Answers from memory, and changes no record. */
export function readOperation<Name extends OperationName>(
  name: Name,
  definition: Definition<Name, Scope, Result<Name> | Promise<Result<Name>>>,
): Operation {
  return { kind: 'read', name, ...definition }
}

/**
 * Changes records of the caller's account. `perform` is synchronous and may run more than once, each time on
 * fresh records: its changes become durable together before the caller is answered.
 */
export function writeOperation<Name extends OperationName>(
  name: Name,
  definition: Definition<Name, WriteScope, Result<Name>>,
): Operation {
  return { kind: 'write', name, ...definition }
}

/** Issues credentials. The pipeline journals the session, and answers when it is on record: an operation cannot forget. */
export function issueOperation<Name extends OperationName>(
  name: Name,
  definition: Definition<Name, Scope, Issued<Result<Name>> | Promise<Issued<Result<Name>>>>,
): Operation {
  return { kind: 'issue', name, ...definition }
}

/** Stands in the table for an operation of AWS that Watchword does not have yet: 501 NotImplemented. */
export const notBuilt = 'not built'

/** One row an operation of the service: one that is missing does not compile. */
export type OperationTable<Names extends string> = Readonly<
  Record<Names, Operation | typeof notBuilt>
>
