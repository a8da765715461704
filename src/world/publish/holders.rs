//! Who holds a folder open, as far as the system tells: whose current folder it is (a shell, a small server
//! that was started in it), who has it open, who listens for changes in it, who has it mounted. To them it
//! would be gone once another one has its name.
//!
//! The processes of other people tell nothing; a container among them may have anything mounted, and counts.

use std::collections::BTreeSet;
use std::path::Path;

/// Whether somebody holds one of some folders, given by their numbers, or that cannot be told.
#[cfg(target_os = "linux")]
pub fn are_any(out: &Path, folders: &BTreeSet<(u64, u64)>) -> bool {
    let Ok(processes) = std::fs::read_dir("/proc") else { return true };
    let is_process =
        |name: &std::ffi::OsStr| name.to_string_lossy().bytes().all(|byte| byte.is_ascii_digit());
    let processes = processes.flatten().filter(|entry| is_process(&entry.file_name()));
    processes
        .map(|entry| Process { folder: entry.path(), out, folders })
        .any(|process| process.holds())
}

/// No other system tells who is in a folder.
#[cfg(not(target_os = "linux"))]
pub fn are_any(_: &Path, _: &BTreeSet<(u64, u64)>) -> bool {
    true
}

#[cfg(target_os = "linux")]
struct Process<'a> {
    folder: std::path::PathBuf,
    out: &'a Path,
    folders: &'a BTreeSet<(u64, u64)>,
}

#[cfg(target_os = "linux")]
impl Process<'_> {
    fn holds(&self) -> bool {
        self.is_in("cwd") || self.is_in("root") || self.has_open() || self.has_mounted()
    }

    /// Whether a link of the system leads to one of the folders.
    fn is_in(&self, link: &str) -> bool {
        use std::os::unix::fs::MetadataExt;
        let found = self.folder.join(link).metadata();
        found.is_ok_and(|found| found.is_dir() && self.folders.contains(&(found.dev(), found.ino())))
    }

    fn has_open(&self) -> bool {
        let names = std::fs::read_dir(self.folder.join("fd"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name());
        names.map(|name| name.to_string_lossy().into_owned()).any(|number| {
            match std::fs::read_link(self.folder.join("fd").join(&number)) {
                Ok(what) if what.as_os_str() == "anon_inode:inotify" => self.listens(&number),
                Ok(what) if what.is_absolute() => self.is_in(&format!("fd/{number}")),
                _ => false,
            }
        })
    }

    /// A listener tells the numbers of what it listens to, without the disk: `inotify wd:1 ino:9e7e
    /// sdev:800013 …`.
    fn listens(&self, number: &str) -> bool {
        let told = std::fs::read_to_string(self.folder.join("fdinfo").join(number)).unwrap_or_default();
        let heard = told
            .lines()
            .filter_map(|line| line.split_once(" ino:")?.1.split(' ').next());
        let mut heard = heard.filter_map(|digits| u64::from_str_radix(digits, 16).ok());
        heard.any(|ino| self.folders.iter().any(|(_, folder)| *folder == ino))
    }

    /// Whether the process has mounts of its own, and the output among them.
    fn has_mounted(&self) -> bool {
        let mounts = |folder: &Path| std::fs::read_link(folder.join("ns/mnt"));
        match (mounts(&self.folder), mounts(Path::new("/proc/self"))) {
            (Ok(its), Ok(ours)) if its == ours => false,
            (Ok(_), _) => self.mounts(),
            (Err(_), _) => self.is_in_a_container(),
        }
    }

    /// The fourth word of a mount is the folder of its disk that is mounted: the end of our path, however
    /// that disk is mounted here.
    fn mounts(&self) -> bool {
        let told = std::fs::read_to_string(self.folder.join("mountinfo")).unwrap_or_default();
        let mut mounted = told
            .lines()
            .filter_map(|line| line.split(' ').nth(3))
            .map(|root| root.trim_start_matches('/'));
        mounted.any(|root| !root.is_empty() && self.out.ends_with(root))
    }

    fn is_in_a_container(&self) -> bool {
        let group = std::fs::read_to_string(self.folder.join("cgroup")).unwrap_or_default();
        ["docker", "containerd", "libpod", "kubepods", "lxc", "crio"]
            .iter()
            .any(|word| group.contains(word))
    }
}
