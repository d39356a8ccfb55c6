resource "aws_iam_role" "app" {
  name                  = "app"
  path                  = "/teams/"
  description           = local.changed ? "Runs the app (2)" : "Runs the app"
  assume_role_policy    = data.aws_iam_policy_document.trust.json
  max_session_duration  = local.changed ? 7200 : 3600
  permissions_boundary  = local.changed ? null : aws_iam_policy.prefixed.arn
  force_detach_policies = true
  tags                  = local.changed ? { tier = "two", extra = "é /=+-@:" } : { tier = "one", gone = "" }
}

resource "aws_iam_role" "with_inline" {
  name               = "with-inline"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  inline_policy {
    name   = "first"
    policy = data.aws_iam_policy_document.read.json
  }
  dynamic "inline_policy" {
    for_each = local.changed ? [] : [1]
    content {
      name   = "second"
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "s3:*", Resource = "*" }] })
    }
  }
  managed_policy_arns = [aws_iam_policy.read.arn, "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"]
}

resource "aws_iam_role" "exclusive" {
  name               = "exclusive"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policies_exclusive" "exclusive" {
  role_name    = aws_iam_role.exclusive.name
  policy_names = [aws_iam_role_policy.exclusive.name]
}

resource "aws_iam_role_policy" "exclusive" {
  name   = "only"
  role   = aws_iam_role.exclusive.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role_policy_attachments_exclusive" "exclusive" {
  role_name   = aws_iam_role.exclusive.name
  policy_arns = local.changed ? [local.kept] : [local.kept, "arn:aws:iam::aws:policy/ReadOnlyAccess"]
}

# Destroying the exclusive list detaches nothing, on AWS either: the attachment itself goes before the policy.
resource "aws_iam_role_policy_attachment" "exclusive_read" {
  role       = aws_iam_role.exclusive.name
  policy_arn = aws_iam_policy.read.arn
}

locals {
  kept = aws_iam_role_policy_attachment.exclusive_read.policy_arn
}

resource "aws_iam_role_policy_attachment" "app_read" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role_policy_attachment" "app_ec2" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"
}

resource "aws_iam_role_policy" "app" {
  name_prefix = "inline-"
  role        = aws_iam_role.app.id
  policy      = data.aws_iam_policy_document.read.json
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  path = "/teams/"
  role = local.changed ? aws_iam_role.exclusive.name : aws_iam_role.app.name
  tags = { kind = local.changed ? "profile-2" : "profile" }
}

resource "aws_iam_service_linked_role" "autoscaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "clients"
  description      = local.changed ? "scales more" : "scales"
}
