data "aws_iam_role" "app" {
  name = aws_iam_role.app.name
}

data "aws_iam_policy" "by_arn" {
  arn = aws_iam_policy.read.arn
}

data "aws_iam_policy" "by_name" {
  name        = "read"
  path_prefix = "/teams/"
  depends_on  = [aws_iam_policy.read]
}

data "aws_iam_policy" "managed" {
  name = "AdministratorAccess"
}

data "aws_iam_users" "robots" {
  path_prefix = "/robots/"
  depends_on  = [aws_iam_user.ci, aws_iam_user.dev]
}

data "aws_iam_roles" "teams" {
  path_prefix = "/teams/"
  depends_on  = [aws_iam_role.app]
}

data "aws_iam_roles" "regex" {
  name_regex = "^(app|excl.*)$"
  depends_on = [aws_iam_role.app, aws_iam_role.exclusive]
}

data "aws_iam_user" "ci" {
  user_name = aws_iam_user.ci.name
}

data "aws_iam_group" "devs" {
  group_name = aws_iam_group.devs.name
  depends_on = [aws_iam_group_membership.devs]
}

data "aws_iam_instance_profile" "app" {
  name = aws_iam_instance_profile.app.name
}

data "aws_iam_instance_profiles" "app" {
  role_name  = aws_iam_role.app.name
  depends_on = [aws_iam_instance_profile.app]
}

data "aws_iam_account_alias" "main" {
  depends_on = [aws_iam_account_alias.main]
}

data "aws_iam_session_context" "me" {
  arn        = "arn:aws:sts::123456789012:assumed-role/app/session"
  depends_on = [aws_iam_role.app]
}

data "aws_iam_access_keys" "ci" {
  user       = aws_iam_user.ci.name
  depends_on = [aws_iam_access_key.ci]
}

data "aws_iam_principal_policy_simulation" "dev" {
  policy_source_arn = aws_iam_user.dev.arn
  action_names      = ["iam:GetUser", "iam:CreateUser"]
  resource_arns     = [aws_iam_user.dev.arn]
  depends_on        = [aws_iam_policy_attachment.view]
}

output "simulated" {
  value = { for each in data.aws_iam_principal_policy_simulation.dev.results : each.action_name => each.decision }
}

output "account" {
  value = data.aws_caller_identity.me.account_id
}

output "ids" {
  value = {
    role            = data.aws_iam_role.app.unique_id
    policy          = data.aws_iam_policy.by_name.policy_id
    user            = data.aws_iam_user.ci.user_id
    group           = data.aws_iam_group.devs.group_id
    role_of_profile = data.aws_iam_instance_profile.app.role_id
  }
}

output "robots" {
  value = data.aws_iam_users.robots.names
}

output "roles" {
  value = [data.aws_iam_roles.teams.names, data.aws_iam_roles.regex.names]
}

output "members" {
  value = [for user in data.aws_iam_group.devs.users : user.user_name]
}

output "profiles" {
  value = data.aws_iam_instance_profiles.app.names
}

output "issuer" {
  value = data.aws_iam_session_context.me.issuer_arn
}

output "alias" {
  value = data.aws_iam_account_alias.main.account_alias
}

output "managed_policy" {
  value = data.aws_iam_policy.managed.arn
}

output "key_states" {
  value = [for key in data.aws_iam_access_keys.ci.access_keys : key.status]
}
