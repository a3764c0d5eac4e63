/** Ending a process that does not end by itself, with everything that it started. */
import { spawnSync } from 'node:child_process';

/** Kills the process and its descendants. Where there is no `ps`, the process alone. */
export function killTree(root: number): void {
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const processes = (listed.stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [root];
  // It grows while it is walked: the children of children too.
  for (const id of tree)
    tree.push(...processes.flatMap(([pid, parent]) => (pid && parent === id ? [pid] : [])));
  for (const id of tree) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}
