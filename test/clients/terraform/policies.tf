data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.ci.arn, data.aws_caller_identity.me.account_id]
    }
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com", "lambda.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = local.changed ? ["o-1", "o-2"] : ["o-1"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "Read"
    actions   = local.changed ? ["iam:Get*", "iam:List*"] : ["iam:Get*"]
    resources = ["*"]
  }
  statement {
    sid       = "Assume"
    actions   = ["sts:AssumeRole"]
    resources = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.me.account_id}:role/teams/*"]
  }
}

resource "aws_iam_policy" "read" {
  name        = "read"
  path        = "/teams/"
  description = "Reads identities"
  policy      = data.aws_iam_policy_document.read.json
  tags        = { kind = local.changed ? "policy-2" : "policy" }
}

resource "aws_iam_policy" "prefixed" {
  name_prefix = "bound-"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy_attachment" "view" {
  name       = "view"
  policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
  groups     = [aws_iam_group.ops.name]
  users      = [aws_iam_user.dev.name]
  roles      = [aws_iam_role.app.name]
}
