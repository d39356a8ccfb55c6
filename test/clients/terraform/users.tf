resource "aws_iam_user" "ci" {
  name                 = "ci"
  path                 = local.changed ? "/robots/v2/" : "/robots/"
  force_destroy        = true
  permissions_boundary = aws_iam_policy.prefixed.arn
  tags                 = { kind = local.changed ? "user-2" : "user" }
}

resource "aws_iam_access_key" "ci" {
  user   = aws_iam_user.ci.name
  status = local.changed ? "Inactive" : "Active"
}

resource "aws_iam_user_policy" "ci" {
  name   = "own"
  user   = aws_iam_user.ci.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_user_policy_attachment" "ci" {
  user       = aws_iam_user.ci.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user" "dev" {
  name = "dev@example.com"
}

resource "aws_iam_group" "devs" {
  name = local.changed ? "developers" : "devs"
  path = "/teams/"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy" "devs" {
  name   = "own"
  group  = aws_iam_group.devs.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group_policy_attachment" "devs" {
  group      = aws_iam_group.devs.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_group_membership" "devs" {
  name  = "devs"
  group = aws_iam_group.devs.name
  users = local.changed ? [aws_iam_user.dev.name] : [aws_iam_user.dev.name, aws_iam_user.ci.name]
}

resource "aws_iam_user_group_membership" "ci" {
  user   = aws_iam_user.ci.name
  groups = [aws_iam_group.ops.name]
}

resource "aws_iam_user_policies_exclusive" "ci" {
  user_name    = aws_iam_user.ci.name
  policy_names = [aws_iam_user_policy.ci.name]
}

resource "aws_iam_user_policy_attachments_exclusive" "ci" {
  user_name   = aws_iam_user.ci.name
  policy_arns = [aws_iam_user_policy_attachment.ci.policy_arn]
}

resource "aws_iam_group_policies_exclusive" "devs" {
  group_name   = aws_iam_group.devs.name
  policy_names = [aws_iam_group_policy.devs.name]
}
