# Registers Holdgate as a run task and attaches it to a workspace, with HashiCorp's own provider.
# The platform tests the address when the task is created: Holdgate has to be running by then.

terraform {
  required_providers {
    tfe = {
      source  = "hashicorp/tfe"
      version = ">= 0.60"
    }
  }
}

variable "organization" { type = string }
variable "workspace_id" { type = string }

variable "holdgate_url" {
  description = "Where Holdgate is reachable, such as https://holdgate.acme.workers.dev"
  type        = string
}

variable "hmac_key" {
  description = "The value of HOLDGATE_HMAC_KEY, at least 16 characters"
  type        = string
  sensitive   = true
}

resource "tfe_organization_run_task" "holdgate" {
  organization = var.organization
  name         = "holdgate"
  description  = "Holds risky plans for a person"
  url          = "${var.holdgate_url}/run-task"
  hmac_key     = var.hmac_key
  enabled      = true
}

resource "tfe_workspace_run_task" "holdgate" {
  workspace_id = var.workspace_id
  task_id      = tfe_organization_run_task.holdgate.id
  # Only a mandatory task holds anything; begin with "advisory" and the policy phase "observe".
  enforcement_level = "mandatory"
  stages            = ["post_plan", "pre_apply"]
}
