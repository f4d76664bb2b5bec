import { sourcePins } from '../flux-source.ts';
import type { Idiom } from '../idiom.ts';

/** `spec.ref` of a GitRepository: a tag, a commit, a branch or a range of tags. */
export const fluxGitRepository: Idiom = {
  name: 'flux-git-repository',
  summary: 'spec.ref of a GitRepository (Flux): tag, commit, branch, semver or name',
  find(reading) {
    const flux = reading.flux();
    return flux.resources.filter(({ kind }) => kind === 'GitRepository').flatMap((source) => sourcePins(flux, source, 'flux-git-repository'));
  },
};
