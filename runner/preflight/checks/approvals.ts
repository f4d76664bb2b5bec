import type { ApprovalRule } from '../../gitlab/schema.ts';
import { ok, problem, warning, whenKnown, type Check } from '../check.ts';
import type { ProjectFacts } from '../facts.ts';

const PLACE = 'Settings > Merge requests > Merge request approvals';

export const approvals: Check<ProjectFacts> = {
  name: 'approvals',
  title: 'No approval is missing that the bot cannot give',
  why: 'The bot is the author and does not approve. Every automerge waits for a person then; GitLab merges when that person has approved.',
  run({ approvalRules, protectedBranches, project, automerges, bot }) {
    return whenKnown(approvalRules, PLACE, (rules) => {
      const owners = protectedBranches.known && protectedBranches.value.some(({ name, codeOwners }) => codeOwners && name === project.defaultBranch);
      const binding = (rules ?? []).filter((rule) => isBinding(rule, project.defaultBranch, bot.username));
      if (binding.length > 0) {
        const remedy = `Set the rule to 0 for the default branch (${PLACE}), or let a second account approve: autoApprove with RENOVATE_X_GITLAB_AUTO_APPROVE_TOKEN. Not gitLabIgnoreApprovals: it deletes the rules of its merge requests.`;
        return (automerges ? problem : warning)(binding.map(named).join('; '), remedy);
      }
      if (owners) return warning(`changes of files with code owners wait for these on ${project.defaultBranch}`, 'Take the files of chart versions out of CODEOWNERS, or switch "Code owner approval" off: Settings > Repository > Protected branches.');
      return ok(rules === null ? 'this GitLab has no approval rules' : 'none is required');
    });
  },
};

/**
 * A rule whose approvers are all gone, or only the author, GitLab lets pass (ApprovalWrappedRule.invalid_rule?, but for security policies), and a report's rule holds only when the scan has found something.
 */
function isBinding({ required, type, approvers, hiddenApprovers, branches }: ApprovalRule, defaultBranch: string | null, bot: string): boolean {
  if (required === 0 || type === 'report_approver' || type === 'code_owner') return false;
  if (branches.length > 0 && (defaultBranch === null || !branches.includes(defaultBranch))) return false;
  const others = approvers.filter((name) => name !== bot);
  return type === 'any_approver' || hiddenApprovers || others.length >= required;
}

const SHOWN = 3;

function named({ name, required, type, approvers }: ApprovalRule): string {
  const shown = approvers.slice(0, SHOWN).map((approver) => `@${approver}`);
  const who = type === 'any_approver' || shown.length === 0 ? '' : ` by ${shown.join(', ')}${approvers.length > SHOWN ? ` and ${approvers.length - SHOWN} more` : ''}`;
  return `${JSON.stringify(name)} asks for ${required} ${required === 1 ? 'approval' : 'approvals'}${who}`;
}
