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

const policyLimitBytes = 512
const tagLimitBytes = 434
const freeTagBytes = 12
/** Characters of the inline policy and the ARNs together, before packing. */
const plainLimit = 2048

const dictionary = Buffer.from(
  'sts:AssumeRolekms:Decryptdynamodb:GetItemiam:PassRoleec2:Describelambda:InvokeFunctions3:ListBuckets3:PutObject' +
    's3:GetObject*","arn:aws:iam::aws:policy/arn:aws:s3:::"Condition":{"StringLike":{"StringEquals":{"aws:PrincipalTag/' +
    '"NotAction":"NotResource":{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Deny","Effect":"Allow",' +
    '"Action":["*"],"Action":"*","Resource":["*"]}]}"Resource":"*"}]}',
)

/** Undefined when nothing was passed: AWS then leaves the member out. */
export function packedPolicySize({ policy, policyArns, tags }: PackedContent): number | undefined {
  if (policy === undefined && policyArns.length === 0 && tags.length === 0) return undefined
  return Math.max(1, Math.ceil(policyPercent(policy, policyArns) + tagPercent(tags)))
}

/** @throws ApiError PackedPolicyTooLarge when more than the whole space would be taken */
export function checkPackedPolicySize(content: PackedContent): number | undefined {
  const percent = packedPolicySize(content)
  if (percent === undefined || percent <= 100) return percent
  const tagsAlone = Math.ceil(tagPercent(content.tags))
  throw new ApiError(
    'PackedPolicyTooLarge',
    tagsAlone > 100
      ? `Packed size of session tags consumes ${tagsAlone}% of allotted space.`
      : `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  )
}

function policyPercent(policy: string | undefined, arns: readonly string[]): number {
  if (policy === undefined && arns.length === 0) return 0
  const text = [policy ?? '', ...arns].join('\n')
  const packed = deflateRawSync(Buffer.from(text), { level: 9, dictionary })
  const percent = (packed.length * 100) / policyLimitBytes
  const plain = (policy?.length ?? 0) + arns.reduce((sum, arn) => sum + arn.length, 0)
  return plain > plainLimit ? Math.max(percent, (plain * 100) / plainLimit) : percent
}

/** Tags are not compressed: nine values of 250 equal letters were seen to take 498 %. Fifty short ones must fit. */
function tagPercent(tags: readonly Tag[]): number {
  const sizeOf = ({ Key, Value }: Tag): number =>
    Math.max(1, Buffer.byteLength(Key) + Buffer.byteLength(Value) - freeTagBytes)
  return (tags.reduce((sum, tag) => sum + sizeOf(tag), 0) * 100) / tagLimitBytes
}
