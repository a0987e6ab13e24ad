// A failure that somebody can do something about ends in one sentence; anything else is a bug.

/** An expected failure. Its message is one sentence for whoever sits at the terminal. */
export class Failure extends Error {
  exitCode = 1;
}

const causes = [
  {
    sign: /ENOSPC|no space left on device|You don't have enough free space/i,
    sentence: () => "the disk is full: make some room and try again",
  },
  {
    sign: /EACCES|EPERM|permission denied/i,
    sentence: (source) =>
      `${source} may not be used by this user: look at the rights and try again`,
  },
  {
    sign: /Could not get lock|Unable to acquire the dpkg/i,
    sentence: () => "another package manager is running: wait until it is done and try again",
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET)|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|CERT_|SELF_SIGNED|Could not (resolve|connect)|Temporary failure resolving|Failed to fetch/i,
    sentence: (source, remedy) =>
      `${source} cannot be reached: check the network${remedy} and try again`,
  },
];

/**
 * Why a tool failed, from what it printed; undefined where the output says nothing known.
 * `source` is what it was fetching from; `remedy` is what helps beside the network.
 */
export const explain = (output, { source, remedy = "" }) =>
  causes.find(({ sign }) => sign.test(output))?.sentence(source, remedy);
