//! Whether a folder lies on a file system that tells of no change made elsewhere: a share of the network, a
//! folder that a container or a virtual machine is lent.

use std::path::Path;

/// File systems whose changes are made by somebody whom this system's kernel does not hear.
const DEAF: &[(&str, &str)] = &[
    ("nfs", "a network share"),
    ("nfs4", "a network share"),
    ("cifs", "a network share"),
    ("smb3", "a network share"),
    ("smbfs", "a network share"),
    ("afs", "a network share"),
    ("ceph", "a network share"),
    ("9p", "a folder of the system that this one runs in"),
    ("drvfs", "a folder of the system that this one runs in"),
    ("virtiofs", "a folder of the system that this one runs in"),
    ("vboxsf", "a folder of the system that this one runs in"),
    ("prl_fs", "a folder of the system that this one runs in"),
    ("fakeowner", "a folder of the system that this one runs in"),
    ("fuse.grpcfuse", "a folder of the system that this one runs in"),
    ("fuse.osxfs", "a folder of the system that this one runs in"),
    ("fuse.vmhgfs-fuse", "a folder of the system that this one runs in"),
    ("fuse.sshfs", "a network share"),
    ("fuse.rclone", "a network share"),
    ("fuse.gvfsd-fuse", "a network share"),
];

/// What the folder lies on, where changes in it may not be heard. `mounts`: Linux' `/proc/self/mountinfo`;
/// `folder`: absolute, links resolved.
pub fn deaf(mounts: &str, folder: &Path) -> Option<String> {
    // The last of equal ones lies over the others
    let (_, kind) = mounts
        .lines()
        .filter_map(mount)
        .filter(|(point, _)| folder.starts_with(point))
        .max_by_key(|(point, _)| point.len())?;
    DEAF.iter()
        .find(|(name, _)| *name == kind)
        .map(|(name, what)| format!("{what} ({name})"))
}

/// "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw" → ("/mnt2", "ext3")
fn mount(line: &str) -> Option<(String, &str)> {
    let (before, after) = line.split_once(" - ")?;
    let point = before.split(' ').nth(4)?;
    Some((unescaped(point), after.split(' ').next()?))
}

/// White space and backslashes stand there as three octal digits.
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (code, c)| text.replace(code, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:50 / /home/x/share rw shared:5 - nfs4 server:/x rw
31 22 0:51 / /mnt/c\\040d rw - 9p C: rw
32 30 0:52 / /home/x/share/local rw - tmpfs none rw
";

    #[test]
    fn the_innermost_mount_counts() {
        let check = |folder: &str| deaf(MOUNTS, Path::new(folder));
        assert_eq!(check("/home/x/dossier"), None);
        assert_eq!(check("/home/x/share/dossier").as_deref(), Some("a network share (nfs4)"));
        assert_eq!(check("/home/x/shared"), None);
        assert_eq!(check("/home/x/share/local/d"), None);
        assert_eq!(
            check("/mnt/c d/dossier").as_deref(),
            Some("a folder of the system that this one runs in (9p)")
        );
    }

    #[test]
    fn what_cannot_be_read_is_no_mount() {
        assert_eq!(deaf("", Path::new("/")), None);
        assert_eq!(deaf("rubbish\n - \n1 2 3 4 - nfs", Path::new("/")), None);
    }
}
