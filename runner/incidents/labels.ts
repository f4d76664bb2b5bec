// None is scoped (`name::value`): of labels with one scope GitLab Premium keeps the last on an issue, and some of these belong together.

/** On merge requests that do not merge by themselves while an incident is open. */
export const HOLD_LABEL = 'renovate-argocd-hold';

/** By it a person lets a change through that mends the application. */
export const FIX_LABEL = 'renovate-argocd-fix';

/** On merge requests that put a version back: they are held by nothing, and undone by nobody but people. On an incident it asks for one. */
export const REVERT_LABEL = 'renovate-argocd-revert';

/** On incidents whose suspect is named, and on the merge requests that are suspected. */
export const SUSPECT_LABEL = 'renovate-argocd-suspect';
