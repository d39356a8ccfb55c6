import type { Form } from './form.ts'

/** Parameters by the parts of their dotted names: `Tags.member.1.Key` lies four levels deep. */
export interface ParameterNode {
  readonly value: string | undefined
  readonly children: ReadonlyMap<string, ParameterNode>
}

interface GrowingNode extends ParameterNode {
  value: string | undefined
  children: Map<string, GrowingNode>
}

/** Deeper names than any shape of the models are left out like other unknown parameters. */
const deepest = 12

/** Shared by the nodes without children, which most are; never written to. */
const noChildren = new Map<string, GrowingNode>()

/** Names of more parts than `deepest` are left out. */
export function parameterTree(form: Form): ParameterNode {
  const root: GrowingNode = { value: undefined, children: noChildren }
  for (const [name, value] of form) {
    let node = root
    if (name.includes('.')) {
      const parts = name.split('.', deepest + 1)
      if (parts.length > deepest) continue
      for (const part of parts) node = childOf(node, part)
    } else node = childOf(node, name)
    node.value ??= value
  }
  return root
}

function childOf(node: GrowingNode, part: string): GrowingNode {
  const known = node.children.get(part)
  if (known) return known
  const child: GrowingNode = { value: undefined, children: noChildren }
  if (node.children === noChildren) node.children = new Map()
  node.children.set(part, child)
  return child
}
