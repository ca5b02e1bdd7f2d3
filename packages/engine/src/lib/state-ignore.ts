/** What `.breakwater/.gitignore` says: local state stays quiet in `git status` until a team decides otherwise. */
export const STATE_IGNORE =
  '# Written by Breakwater. To keep the evidence log in git, replace the line below by /last-run.json and /fix/.\n*\n';
