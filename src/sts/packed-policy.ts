import { deflateRawSync } from 'node:zlib'
import { ApiError } from '../catalog/api-error.ts'
import type { Tag } from '../directory/records/tag.ts'

/**
 * How much of its space a session's policies and tags take, in percent. AWS does not publish its packing; ours is
 * deflate over a dictionary of common policy words, against a limit that comes near the sizes AWS has reported.
 * @see docs/decisions/packed-policy-size.md
 */
export interface PackedContent {
  readonly policy: string | undefined
  readonly policyArns: readonly string[]
  readonly tags: readonly Tag[]
}

const packedLimitBytes = 512
/** Characters of the inline policy and the ARNs together, before packing. */
const plainLimit = 2048

const dictionary = Buffer.from(
  'sts:AssumeRolekms:Decryptdynamodb:GetItemiam:PassRoleec2:Describelambda:InvokeFunctions3:ListBuckets3:PutObject' +
    's3:GetObject*","arn:aws:iam::aws:policy/arn:aws:s3:::"Condition":{"StringLike":{"StringEquals":{"aws:PrincipalTag/' +
    '"NotAction":"NotResource":{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Deny","Effect":"Allow",' +
    '"Action":["*"],"Action":"*","Resource":["*"]}]}"Resource":"*"}]}',
)

/** Undefined when nothing was passed: AWS then leaves the member out. */
export function packedPolicySize(content: PackedContent): number | undefined {
  const { policy, policyArns, tags } = content
  if (policy === undefined && policyArns.length === 0 && tags.length === 0) return undefined
  const plain = (policy?.length ?? 0) + policyArns.reduce((sum, arn) => sum + arn.length, 0)
  const text = [policy ?? '', ...policyArns, ...tags.map(({ Key, Value }) => `${Key}=${Value}`)]
  const packed = deflateRawSync(Buffer.from(text.join('\n')), { level: 9, dictionary })
  const percent = Math.max(1, Math.ceil((packed.length * 100) / packedLimitBytes))
  return plain > plainLimit ? Math.max(percent, Math.ceil((plain * 100) / plainLimit)) : percent
}

/** @throws ApiError PackedPolicyTooLarge when more than the whole space would be taken */
export function checkPackedPolicySize(content: PackedContent): number | undefined {
  const percent = packedPolicySize(content)
  if (percent !== undefined && percent > 100) {
    throw new ApiError(
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    )
  }
  return percent
}
