import { KNOWN_CHARTS } from './known-charts.ts';
import type { KnownNames } from './rule.ts';

/**
 * What Renovate's registries know (44.121.2, modules/datasource/api.js and modules/versioning/api.js). A constant, because asking them loads every
 * datasource; test/src/lint/known-names.test.ts holds it against them.
 */
export const KNOWN_NAMES: KnownNames = {
  charts: KNOWN_CHARTS,
  datasources: [
    'apk', 'artifactory', 'aws-eks-addon', 'aws-machine-image', 'aws-rds', 'azure-bicep-resource', 'azure-pipelines-tasks', 'azure-tags',
    'bazel', 'bitbucket-server-tags', 'bitbucket-tags', 'bitrise', 'buildpacks-registry', 'cdnjs', 'clojure', 'conan', 'conda', 'cpan',
    'crate', 'custom', 'dart', 'dart-version', 'deb', 'deno', 'devbox', 'docker', 'dotnet-version', 'elm-package', 'endoflife-date',
    'flutter-version', 'forgejo-releases', 'forgejo-tags', 'galaxy', 'galaxy-collection', 'git-refs', 'git-tags', 'gitea-releases',
    'gitea-tags', 'github-digest', 'github-release-attachments', 'github-releases', 'github-runners', 'github-tags', 'gitlab-packages',
    'gitlab-releases', 'gitlab-tags', 'glasskube-packages', 'go', 'golang-version', 'gradle-version', 'hackage', 'helm', 'hermit', 'hex',
    'hexpm-bob', 'java-version', 'jenkins-plugins', 'jsr', 'kubernetes-api', 'maven', 'nextcloud', 'node-version', 'npm', 'nuget', 'orb',
    'packagist', 'pod', 'puppet-forge', 'pypi', 'python-version', 'repology', 'rpm', 'ruby-version', 'rubygems', 'rust-version', 'sbt-package',
    'sbt-plugin', 'terraform-module', 'terraform-provider', 'typst', 'unity3d', 'unity3d-packages',
  ],
  versionings: [
    'apk', 'aws-eks-addon', 'aws-machine-image', 'azure-rest-api', 'bazel-module', 'cargo', 'composer', 'conan', 'conda', 'deb', 'debian',
    'deno', 'devbox', 'docker', 'elm', 'exact', 'git', 'github-actions', 'glasskube', 'go-mod-directive', 'gomod', 'gradle', 'hashicorp',
    'helm', 'hermit', 'hex', 'ivy', 'kubernetes-api', 'lambda-node', 'loose', 'maven', 'nixpkgs', 'node', 'npm', 'nuget', 'paket', 'pep440',
    'perl', 'poetry', 'pvp', 'python', 'redhat', 'regex', 'rez', 'rpm', 'ruby', 'rust-release-channel', 'same-major', 'semver',
    'semver-coerced', 'semver-partial', 'swift', 'ubuntu', 'unity3d', 'unity3d-packages',
  ],
  // as rules name them (modules/manager/api.js, custom/api.js): `jsonata` and `regex` never fit, only their custom.… names
  managers: [
    'ansible', 'ansible-galaxy', 'ant', 'apm', 'argocd', 'asdf', 'azure-pipelines', 'batect', 'batect-wrapper', 'bazel', 'bazel-module',
    'bazelisk', 'bicep', 'bitbucket-pipelines', 'bitrise', 'buildkite', 'buildpacks', 'bun', 'bun-version', 'bundler', 'cake', 'cargo',
    'cdnurl', 'circleci', 'cloudbuild', 'cocoapods', 'composer', 'conan', 'copier', 'cpanfile', 'crossplane', 'crow', 'custom.jsonata',
    'custom.regex', 'deno', 'deps-edn', 'devbox', 'devcontainer', 'docker-compose', 'dockerfile', 'droneci', 'fleet', 'flux', 'fvm',
    'git-submodules', 'github-actions', 'gitlabci', 'gitlabci-include', 'glasskube', 'gleam', 'gomod', 'gradle', 'gradle-wrapper',
    'haskell-cabal', 'helm-requirements', 'helm-values', 'helmfile', 'helmsman', 'helmv3', 'hermit', 'homeassistant-manifest', 'homebrew',
    'html', 'jenkins', 'jsonnet-bundler', 'kotlin-script', 'kubernetes', 'kustomize', 'leiningen', 'maven', 'maven-wrapper', 'meteor', 'mint',
    'mise', 'mix', 'nix', 'nodenv', 'npm', 'nuget', 'nvm', 'ocb', 'osgi', 'pep621', 'pep723', 'pip-compile', 'pip_requirements', 'pip_setup',
    'pipenv', 'pixi', 'poetry', 'pre-commit', 'proto', 'pub', 'puppet', 'pyenv', 'quadlet', 'renovate-config', 'ruby-version',
    'runtime-version', 'rust-toolchain', 'sbt', 'scalafmt', 'setup-cfg', 'smithy', 'sveltos', 'swift', 'tekton', 'terraform',
    'terraform-version', 'terragrunt', 'terragrunt-version', 'tflint-plugin', 'travis', 'typst', 'unity3d', 'velaci', 'vendir', 'woodpecker',
    'xcodegen',
  ],
  categories: [
    'ansible', 'batect', 'bazel', 'c', 'cd', 'ci', 'custom', 'dart', 'docker', 'dotnet', 'elixir', 'golang', 'haskell', 'helm', 'iac', 'java',
    'js', 'kubernetes', 'node', 'perl', 'php', 'python', 'ruby', 'rust', 'swift', 'terraform',
  ],
  // config/options/index.js; without the blocks of managers and the matchers
  mergeable: [
    'addLabels', 'additionalReviewers', 'allowedEnv', 'commitTrailers', 'constraints', 'constraintsVersioning', 'customDatasources', 'customManagers',
    'description', 'digest', 'force', 'group', 'hostRules', 'ignoreDeps', 'lockFileMaintenance', 'logLevelRemap', 'major', 'managerFilePatterns',
    'minor', 'onboardingConfig', 'packageRules', 'patch', 'pin', 'pinDigest', 'postUpdateOptions', 'prBodyDefinitions', 'prBodyHeadingDefinitions',
    'prBodyNotes', 'productLinks', 'registryAliases', 'replacement', 'rollback', 'secrets', 'statusCheckNames', 'statusCheckWhen',
    'suppressNotifications', 'variables', 'vulnerabilityAlerts',
  ],
  // releaseTimestampSupport in modules/datasource/*; without custom ones, whose transformation may give a date
  withoutReleaseDates: [
    'aws-eks-addon', 'aws-rds', 'azure-bicep-resource', 'azure-pipelines-tasks', 'azure-tags', 'bazel', 'bitbucket-server-tags', 'cdnjs', 'conan',
    'dart-version', 'deb', 'git-refs', 'git-tags', 'github-runners', 'glasskube-packages', 'hackage', 'hermit', 'java-version', 'kubernetes-api',
    'nextcloud', 'pod', 'python-version', 'repology', 'rpm', 'sbt-plugin', 'typst', 'unity3d-packages',
  ],
};
