import type { IamInputs, IamOutputs } from './generated/iam.ts'
import type { StsInputs, StsOutputs } from './generated/sts.ts'

/** Input and output of every operation by its name; no two services share one. */
export type OperationInputs = StsInputs & IamInputs
export type OperationOutputs = StsOutputs & IamOutputs

export type StsOperationName = keyof StsInputs
export type IamOperationName = keyof IamInputs
