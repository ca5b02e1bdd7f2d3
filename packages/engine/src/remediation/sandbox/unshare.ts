/** A sandbox from util-linux alone: own user, network, process and mount namespaces, and a root made of what the tests may see. */
import type { Tools } from './tools.ts';

/**
 * Runs as the first process of the new namespaces: `root project layered (path)… -- (blank)… -- command…`. The new root is a small tmpfs with
 * read-only binds; pivot_root takes the old one away, so that a process that is root in its own namespace cannot walk back. `lo` is
 * brought up because tests speak to servers that they start themselves; it leads nowhere else.
 */
export const SETUP = `set -eu
kept=$PATH; PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1; project=$2; layered=$3; shift 3
mount -t tmpfs -o size=16m,mode=755,nosuid,nodev tmpfs "$root"
show() {
  if [ -L "$1" ]; then
    mkdir -p "$root$(dirname "$1")"; ln -s "$(readlink "$1")" "$root$1"; return
  elif [ -d "$1" ]; then mkdir -p "$root$1"
  else mkdir -p "$root$(dirname "$1")"; : > "$root$1"
  fi
  mount --rbind "$1" "$root$1"
}
while [ "$1" != -- ]; do show "$1"; shift; done; shift
while [ "$1" != -- ]; do mount --bind /dev/null "$root$1"; shift; done; shift
for device in null zero full random urandom; do [ -e /dev/$device ] && show /dev/$device; done
grep -F " $root/" /proc/self/mountinfo | cut -d' ' -f5 | while read -r point; do
  case "$point" in "$root"/dev/*) ;; *) mount -o remount,bind,ro "$point" ;; esac
done
mkdir -p "$root/proc" "$root/tmp" "$root/project" "$root/old" "$root/dev/shm"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o size=1g,mode=1777,nosuid,nodev tmpfs "$root/tmp"
mount -t tmpfs -o size=64m,mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
if [ "$layered" = yes ]; then
  mkdir "$root/layer"
  mount -t tmpfs -o size=2g,mode=755,nosuid,nodev tmpfs "$root/layer"
  mkdir "$root/layer/upper" "$root/layer/work"
  mount -t overlay -o "lowerdir=$project,upperdir=$root/layer/upper,workdir=$root/layer/work,userxattr" overlay "$root/project"
  umount -l "$root/layer"
else mount --bind "$project" "$root/project"
fi
mkdir "$root/tmp/home"
ln -s /proc/self/fd "$root/dev/fd"
{ ip link set lo up || ifconfig lo up || perl -e 'use Socket; socket(S,PF_INET,SOCK_DGRAM,0); ioctl(S,0x8914,pack("a16sx14","lo",1)) or exit 1'; } 2>/dev/null
cd "$root"
pivot_root . old
umount -l /old
mount -o remount,bind,ro /
cd /project
PATH=$kept
exec "$@"`;

export interface UnshareTools {
  readonly unshare: string;
  readonly setpriv: string;
  readonly prlimit: string;
}

/** A user that owns nothing: root of the machine must not be root of what it can still see, and limits do not bind root. */
export const NOBODY = 65_534;

export const unshareCommand = (
  tools: Tools,
  programs: UnshareTools,
  folders: { readonly root: string; readonly project: string; readonly layered: boolean },
  asRoot: boolean,
  command: readonly string[],
): readonly string[] => [
  ...(asRoot ? [programs.setpriv, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all', '--'] : []),
  ...[programs.unshare, '--user', '--map-root-user', '--net', '--pid', '--ipc', '--uts', '--mount', '--fork', '--kill-child=SIGKILL', '--'],
  ...[
    '/bin/sh',
    '-c',
    SETUP,
    'setup',
    folders.root,
    folders.project,
    folders.layered ? 'yes' : 'no',
    ...tools.shown,
    '--',
    ...tools.blank,
    '--',
  ],
  ...limited(programs, command),
];

/** No capability is left, none can be had again; a fork bomb, a runaway file and a runaway heap end at a wall. */
const limited = (programs: UnshareTools, command: readonly string[]): readonly string[] => [
  ...[programs.prlimit, ...LIMITS, '--'],
  ...[programs.setpriv, '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs', '--'],
  ...command,
];

/** Address space is left free: V8 reserves more than it uses. Data counts what is written to. */
export const LIMITS = ['--nproc=512', '--nofile=4096', '--fsize=1073741824', '--data=4294967296', '--cpu=1800', '--core=0'];
